package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
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
    Page create(SentForm<PauseForm> sent) {
        var typed = Typed.of("pauses", sent, List.of("version", "reason", "note", "told"));
        return desk.perform(
                sent, typed, form -> new Command.PauseClocks(form.reason(), form.note(), Given.told(form.told())));
    }
}
