package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
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
    Page create(SentForm<FactsForm> sent) {
        var typed = Typed.of("facts", sent, List.of("version", "facts"));
        return desk.perform(sent, typed, form -> new Command.AddFacts(form.facts()));
    }
}
