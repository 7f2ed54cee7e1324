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

/** What the clocks stood still for is over. */
@Controller
class PauseEndController {
    record PauseEndForm(
            String version,
            @NotBlank String reason,
            @NotBlank @Size(max = 2_000) String note) {}

    private final Desk desk;

    PauseEndController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/pause-ends")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute PauseEndForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("pause-ends", result, t, List.of("version", "reason", "note"));
        return desk.perform(number, who, typed, t, () -> new Command.ResumeClocks(form.reason(), form.note()));
    }
}
