package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Confirmation;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The customer's answer to the result, or the end of waiting for it. */
@Controller
class DeskConfirmationController {
    record ConfirmationForm(String version, @NotBlank String answer, @Size(max = 2_000) String comment, String rating) {}

    private final Desk desk;

    DeskConfirmationController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/confirmation")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute ConfirmationForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("confirmation", result, t, List.of("version", "answer", "comment", "rating"));
        return desk.perform(number, who, typed, t, () -> command(form));
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
