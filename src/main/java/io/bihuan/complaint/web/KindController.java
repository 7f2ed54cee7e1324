package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What came in as a complaint is an inquiry, or the other way round. */
@Controller
class KindController {
    record KindForm(
            @Nullable String version,
            @NotBlank String kind,
            @NotBlank @Size(max = 2_000) String reason) {}

    private final Desk desk;

    KindController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/kind")
    Page update(
            @PathVariable String number,
            @Valid @ModelAttribute KindForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return desk.perform(
                number,
                who,
                Typed.of("kind", result, t, List.of("version", "kind", "reason")),
                t,
                () -> new Command.ConvertKind(Given.constant(Kind.class, "kind", form.kind()), form.reason()));
    }
}
