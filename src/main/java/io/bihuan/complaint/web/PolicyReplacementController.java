package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
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

/** A clock goes on by the rule in force. */
@Controller
class PolicyReplacementController {
    record PolicyReplacementForm(
            String version,
            @NotBlank String clock,
            @NotBlank @Size(max = 2_000) String reason) {}

    private final Desk desk;

    PolicyReplacementController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/policy-replacements")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute PolicyReplacementForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("policy-replacements", result, t, List.of("version", "clock", "reason"));
        return desk.perform(number, who, typed, t, () -> new Command.ReplacePolicy(form.clock(), form.reason()));
    }
}
