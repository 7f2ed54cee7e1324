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

/** Asks the customer for something: pausable clocks stand. */
@Controller
class QuestionController {
    record QuestionForm(String version, @NotBlank @Size(max = 2_000) String question) {}

    private final Desk desk;

    QuestionController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/question")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute QuestionForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("question", result, t, List.of("version", "question"));
        return desk.perform(number, who, typed, t, () -> new Command.AskCustomer(form.question()));
    }
}
