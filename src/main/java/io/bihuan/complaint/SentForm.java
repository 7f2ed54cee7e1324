package io.bihuan.complaint;

import io.bihuan.identity.SignedIn;
import io.bihuan.web.AsParameters;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * A form about a complaint as somebody sent it; the one parameter of the handlers under {@code /desk/complaints/{number}}.
 *
 * @param number of the complaint, as it stands in the address
 * @param form what was typed
 * @param binding whether it could be read and is valid
 */
@AsParameters
public record SentForm<F>(
        @PathVariable String number,
        @Valid @ModelAttribute F form,
        BindingResult binding,
        @AuthenticationPrincipal SignedIn who,
        Texts t) {
    /** What is wrong with it, in the words of whoever sent it. */
    public FieldErrors errors() {
        return FieldErrors.of(binding, t);
    }
}
