package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** The customer takes the complaint back. */
@Controller
class WithdrawalController {

    private final Desk desk;

    WithdrawalController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/withdrawal")
    Page create(SentForm<ReasonForm> sent) {
        var typed = Typed.of("withdrawal", sent, List.of("version", "reason"));
        return desk.perform(sent, typed, form -> new Command.Withdraw(form.reason()));
    }
}
