package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Somebody stands up for the complaint: the first human answer. */
@Controller
class OwnershipController {
    record OwnershipForm(String version) {}

    private final Desk desk;

    OwnershipController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/ownership")
    Page create(SentForm<OwnershipForm> sent) {
        var typed = Typed.of("ownership", sent, List.of("version"));
        return desk.perform(
                sent, typed, form -> new Command.ConfirmOwnership(sent.who().id()));
    }
}
