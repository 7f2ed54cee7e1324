package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Another owner, who has yet to confirm. */
@Controller
class TransferController {
    record TransferForm(
            String version,
            @NotBlank String owner,
            @NotBlank @Size(max = 2_000) String reason) {}

    private final Desk desk;
    private final People people;

    TransferController(Desk desk, People people) {
        this.desk = desk;
        this.people = people;
    }

    @PostMapping("/desk/complaints/{number}/transfer")
    Page create(SentForm<TransferForm> sent) {
        var typed = Typed.of("transfer", sent, List.of("version", "owner", "reason"));
        return desk.perform(
                sent,
                typed,
                form -> new Command.TransferOwnership(people.active("/owner", form.owner()), form.reason()));
    }
}
