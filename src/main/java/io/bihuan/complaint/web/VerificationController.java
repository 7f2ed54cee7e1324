package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class VerificationController {
    record VerificationForm(
            String version,
            @NotBlank String finding,
            @NotBlank @Size(max = 20_000) String account) {}

    private final Desk desk;

    VerificationController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/verification")
    Page create(SentForm<VerificationForm> sent) {
        var typed = Typed.of("verification", sent, List.of("version", "finding", "account"));
        return desk.perform(
                sent,
                typed,
                form -> new Command.Verify(Given.constant(Finding.class, "finding", form.finding()), form.account()));
    }
}
