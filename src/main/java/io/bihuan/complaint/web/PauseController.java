package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
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

/** Clocks stand still for a reason that their policies allow. */
@Controller
class PauseController {
    record PauseForm(
            String version,
            @NotBlank String reason,
            @NotBlank @Size(max = 2_000) String note,
            @Nullable String told) {}

    private final Desk desk;

    PauseController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/pauses")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute PauseForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("pauses", result, t, List.of("version", "reason", "note", "told"));
        return desk.perform(
                number,
                who,
                typed,
                t,
                () -> new Command.PauseClocks(form.reason(), form.note(), Given.told(form.told())));
    }
}
