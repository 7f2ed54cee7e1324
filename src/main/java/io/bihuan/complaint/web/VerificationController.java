package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Finding;
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

@Controller
class VerificationController {
    record VerificationForm(String version, @NotBlank String finding, @NotBlank @Size(max = 20_000) String account) {}

    private final Desk desk;

    VerificationController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/verification")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute VerificationForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("verification", result, t, List.of("version", "finding", "account"));
        return desk.perform(number, who, typed, t, () -> new Command.Verify(Given.constant(Finding.class, "finding", form.finding()), form.account()));
    }
}
