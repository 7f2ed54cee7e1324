package io.bihuan.complaint.web;

import io.bihuan.clock.ExtensionReason;
import io.bihuan.complaint.ClockChoices;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
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

/** A clock is made longer by whoever its policy says may grant it. */
@Controller
class ExtensionController {
    record ExtensionForm(
            String version,
            @NotBlank String clock,
            @NotBlank String why,
            @NotBlank @Size(max = 2_000) String note,
            @Nullable String told) {}

    private final Desk desk;
    private final ClockChoices choices;

    ExtensionController(Desk desk, ClockChoices choices) {
        this.desk = desk;
        this.choices = choices;
    }

    @PostMapping("/desk/complaints/{number}/extensions")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute ExtensionForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("extensions", result, t, List.of("version", "clock", "why", "note", "told"));
        return desk.perform(number, who, typed, t, () -> {
            granted(desk.complaint(number, who), form.clock(), who, t);
            return new Command.ExtendClock(
                    form.clock(),
                    Given.constant(ExtensionReason.class, "why", form.why()).name(),
                    form.note(),
                    Given.told(form.told()));
        });
    }

    /** Who may not grant the next step is told who may; what cannot be extended at all, the command says. */
    private void granted(Complaint complaint, String clock, SignedIn who, Texts t) {
        choices.of(complaint)
                .extension(clock)
                .filter(each -> !ClockActs.mayGrant(each.step(), who))
                .ifPresent(each -> {
                    throw new Refused("complaint.refused.extension-role", ClockActs.approverText(each.step(), t));
                });
    }
}
