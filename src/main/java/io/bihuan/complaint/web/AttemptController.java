package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** A timed attempt to get the customer's answer. */
@Controller
class AttemptController {
    record AttemptForm(
            String version,
            @NotBlank String way,
            @NotBlank @Size(max = 2_000) String note) {}

    private final Desk desk;

    AttemptController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/attempts")
    Page create(SentForm<AttemptForm> sent) {
        var typed = Typed.of("attempts", sent, List.of("version", "way", "note"));
        return desk.perform(
                sent,
                typed,
                form -> new Command.RecordAttempt(Given.constant(Contact.class, "way", form.way()), form.note()));
    }
}
