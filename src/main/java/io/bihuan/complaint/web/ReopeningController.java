package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class ReopeningController {

    private final Desk desk;

    ReopeningController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/reopening")
    Page create(SentForm<ReasonForm> sent) {
        var typed = Typed.of("reopening", sent, List.of("version", "reason"));
        return desk.perform(sent, typed, form -> new Command.Reopen(form.reason()));
    }
}
