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

/** Another owner, who has yet to confirm. */
@Controller
class TransferController {
    record TransferForm(String version, @NotBlank String owner, @NotBlank @Size(max = 2_000) String reason) {}

    private final Desk desk;
    private final People people;

    TransferController(Desk desk, People people) {
        this.desk = desk;
        this.people = people;
    }

    @PostMapping("/desk/complaints/{number}/transfer")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute TransferForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("transfer", result, t, List.of("version", "owner", "reason"));
        return desk.perform(
                number,
                who,
                typed,
                t,
                () -> new Command.TransferOwnership(people.active("/owner", form.owner()), form.reason()));
    }
}
