package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
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

/** New facts, by which clocks that allow it begin anew. */
@Controller
class FactsController {
    record FactsForm(
            String version, @NotBlank @Size(max = 20_000) String facts) {}

    private final Desk desk;

    FactsController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/facts")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute FactsForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("facts", result, t, List.of("version", "facts"));
        return desk.perform(number, who, typed, t, () -> new Command.AddFacts(form.facts()));
    }
}
