package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Contact;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** A timed attempt to get the customer's answer. */
@Controller
class AttemptController {
    record AttemptForm(String version, @NotBlank String way, @NotBlank @Size(max = 2_000) String note) {}

    private final Desk desk;

    AttemptController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/attempts")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute AttemptForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("attempts", result, t, List.of("version", "way", "note"));
        return desk.perform(number, who, typed, t, () -> new Command.RecordAttempt(Given.constant(Contact.class, "way", form.way()), form.note()));
    }
}
