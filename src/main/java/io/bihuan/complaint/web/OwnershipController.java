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

/** Somebody stands up for the complaint: the first human answer. */
@Controller
class OwnershipController {
    record OwnershipForm(String version) {}

    private final Desk desk;

    OwnershipController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/ownership")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute OwnershipForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("ownership", result, t, List.of("version"));
        return desk.perform(number, who, typed, t, () -> new Command.ConfirmOwnership(who.id()));
    }
}
