package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The customer takes the complaint back. */
@Controller
class WithdrawalController {

    private final Desk desk;

    WithdrawalController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/withdrawal")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute ReasonForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("withdrawal", result, t, List.of("version", "reason"));
        return desk.perform(number, who, typed, t, () -> new Command.Withdraw(form.reason()));
    }
}
