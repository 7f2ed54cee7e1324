package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Outcome;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class SolutionController {
    record SolutionForm(String version, @NotBlank String outcome, @NotBlank @Size(max = 20_000) String measures, @Size(max = 20_000) String routes) {}

    private final Desk desk;

    SolutionController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/solution")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute SolutionForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("solution", result, t, List.of("version", "outcome", "measures", "routes"));
        return desk.perform(number, who, typed, t, () -> new Command.Solve(Given.constant(Outcome.class, "outcome", form.outcome()), form.measures(), form.routes()));
    }
}
