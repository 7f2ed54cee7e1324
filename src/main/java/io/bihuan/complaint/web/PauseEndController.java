package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
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
    Page create(SentForm<PauseEndForm> sent) {
        var typed = Typed.of("pause-ends", sent, List.of("version", "reason", "note"));
        return desk.perform(sent, typed, form -> new Command.ResumeClocks(form.reason(), form.note()));
    }
}
