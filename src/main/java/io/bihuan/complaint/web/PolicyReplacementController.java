package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** A clock goes on by the rule in force. */
@Controller
class PolicyReplacementController {
    record PolicyReplacementForm(
            String version,
            @NotBlank String clock,
            @NotBlank @Size(max = 2_000) String reason) {}

    private final Desk desk;

    PolicyReplacementController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/policy-replacements")
    Page create(SentForm<PolicyReplacementForm> sent) {
        var typed = Typed.of("policy-replacements", sent, List.of("version", "clock", "reason"));
        return desk.perform(sent, typed, form -> new Command.ReplacePolicy(form.clock(), form.reason()));
    }
}
