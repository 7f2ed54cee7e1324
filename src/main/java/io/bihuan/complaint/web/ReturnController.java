package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** One stage back. */
@Controller
class ReturnController {

    private final Desk desk;

    ReturnController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/return")
    Page create(SentForm<ReasonForm> sent) {
        var typed = Typed.of("return", sent, List.of("version", "reason"));
        return desk.perform(sent, typed, form -> new Command.Return(form.reason()));
    }
}
