package io.bihuan.complaint.web;

import io.bihuan.clock.ExtensionReason;
import io.bihuan.complaint.ClockChoices;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.SentForm;
import io.bihuan.platform.Refused;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
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
    Page create(SentForm<ExtensionForm> sent) {
        var typed = Typed.of("extensions", sent, List.of("version", "clock", "why", "note", "told"));
        return desk.perform(sent, typed, form -> {
            granted(sent, desk.complaint(sent.number(), sent.who()));
            return new Command.ExtendClock(
                    form.clock(),
                    Given.constant(ExtensionReason.class, "why", form.why()).name(),
                    form.note(),
                    Given.told(form.told()));
        });
    }

    /** Who may not grant the next step is told who may; what cannot be extended at all, the command says. */
    private void granted(SentForm<ExtensionForm> sent, Complaint complaint) {
        choices.of(complaint)
                .extension(sent.form().clock())
                .filter(each -> !ClockActs.mayGrant(each.step(), sent.who()))
                .ifPresent(each -> {
                    throw new Refused(
                            "complaint.refused.extension-role", ClockActs.approverText(each.step(), sent.t()));
                });
    }
}
