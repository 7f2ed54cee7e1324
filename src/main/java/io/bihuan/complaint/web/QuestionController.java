package io.bihuan.complaint.web;

import io.bihuan.complaint.Questions;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Asks the customer for something: pausable clocks stand, and the customer is told. */
@Controller
class QuestionController {
    record QuestionForm(
            String version, @NotBlank @Size(max = 2_000) String question) {}

    private final Desk desk;
    private final Questions questions;

    QuestionController(Desk desk, Questions questions) {
        this.desk = desk;
        this.questions = questions;
    }

    @PostMapping("/desk/complaints/{number}/question")
    Page create(SentForm<QuestionForm> sent) {
        var typed = Typed.of("question", sent, List.of("version", "question"));
        return desk.perform(
                sent,
                typed,
                (number, version) -> questions.ask(
                        number,
                        version,
                        sent.form().question(),
                        null,
                        sent.who().actor()));
    }
}
