package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** The customer's answer to the result, or the end of waiting for it. */
@Controller
class DeskConfirmationController {
    record ConfirmationForm(
            String version,
            @NotBlank String answer,
            @Size(max = 2_000) String comment,
            String rating) {}

    private final Desk desk;

    DeskConfirmationController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/confirmation")
    Page create(SentForm<ConfirmationForm> sent) {
        var typed = Typed.of("confirmation", sent, List.of("version", "answer", "comment", "rating"));
        return desk.perform(sent, typed, DeskConfirmationController::command);
    }

    private static Command command(ConfirmationForm form) {
        String comment = form.comment() == null ? "" : form.comment();
        return switch (Given.constant(Confirmation.class, "answer", form.answer())) {
            case CONFIRMED -> new Command.Confirm(comment, rating(form.rating()));
            case NOT_SATISFIED -> new Command.RefuseResult(comment);
            case UNREACHED -> new Command.CloseUnreached(comment);
        };
    }

    private static @Nullable Integer rating(@Nullable String given) {
        Integer rating = Given.number("rating", given);
        if (rating != null && (rating < 1 || rating > 5)) {
            throw Given.unreadable("rating");
        }
        return rating;
    }
}
