package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class SolutionController {
    record SolutionForm(
            String version,
            @NotBlank String outcome,
            @NotBlank @Size(max = 20_000) String measures,
            @Size(max = 20_000) String routes) {}

    private final Desk desk;

    SolutionController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/solution")
    Page create(SentForm<SolutionForm> sent) {
        var typed = Typed.of("solution", sent, List.of("version", "outcome", "measures", "routes"));
        return desk.perform(
                sent,
                typed,
                form -> new Command.Solve(
                        Given.constant(Outcome.class, "outcome", form.outcome()), form.measures(), form.routes()));
    }
}
