package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class ArchivingController {
    record ArchivingForm(String version, @Size(max = 2_000) String cause) {}

    private final Desk desk;

    ArchivingController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/archiving")
    Page create(SentForm<ArchivingForm> sent) {
        var typed = Typed.of("archiving", sent, List.of("version", "cause"));
        return desk.perform(sent, typed, form -> new Command.Archive(form.cause()));
    }
}
