package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** The work goes on although the customer has not answered. */
@Controller
class ResumptionController {

    private final Desk desk;

    ResumptionController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/resumption")
    Page create(SentForm<ReasonForm> sent) {
        var typed = Typed.of("resumption", sent, List.of("version", "reason"));
        return desk.perform(sent, typed, form -> new Command.ResumeWork(form.reason()));
    }
}
