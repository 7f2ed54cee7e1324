package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.LinkKind;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.BadInput;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** What a complaint has to do with another one: it is the same, its repeat, or only alike. */
@Controller
class TieController {
    /** A duplicate goes on in the other one; all other ways leave both as they are. */
    private static final String JOIN = "JOIN";

    static final List<String> WAYS = List.of(
            JOIN,
            LinkKind.REPEAT.name(),
            LinkKind.RELATED.name(),
            LinkKind.SAME_CAUSE.name(),
            LinkKind.DIFFERENT.name());

    record TieForm(
            @Nullable String version,
            @NotBlank @Size(max = 40) String other,
            @NotBlank String way,
            @Nullable @Size(max = 2_000) String reason) {}

    record EndForm(@Nullable String version, @NotBlank String other) {}

    private final Desk desk;

    TieController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/ties")
    Page create(SentForm<TieForm> sent) {
        var typed = Typed.of("ties", sent, List.of("version", "other", "way", "reason"));
        Optional<ComplaintNumber> other = other(sent.form().other(), sent.who());
        if (!typed.errors().any() && other.isEmpty()) {
            typed = typed.wrong("other", sent.t().of("complaint.more.ties.other.unknown"));
        }
        return other.isEmpty()
                ? desk.invalid(sent.number(), sent.who(), typed, sent.t())
                : desk.perform(sent, typed, form -> command(form, other.get()));
    }

    @PostMapping("/desk/complaints/{number}/tie-ends")
    Page destroy(SentForm<EndForm> sent) {
        ComplaintNumber other = ComplaintNumber.read(String.valueOf(sent.form().other()))
                .orElseThrow(() -> new BadInput("/other", "web.field.unreadable"));
        return desk.add(
                sent.number(),
                sent.who(),
                Typed.of("tie-ends", sent, List.of("version", "other")),
                sent.t(),
                List.of(),
                () -> new Command.Unlink(other));
    }

    @PostMapping("/desk/complaints/{number}/separation")
    Page separate(SentForm<ReasonForm> sent) {
        var typed = Typed.of("separation", sent, List.of("version", "reason"));
        return desk.perform(sent, typed, form -> new Command.Separate(form.reason()));
    }

    /** Only what the person may know of. */
    private Optional<ComplaintNumber> other(@Nullable String typed, SignedIn who) {
        if (typed == null || typed.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(desk.complaint(typed, who).number());
        } catch (NotFound unknown) {
            return Optional.empty();
        }
    }

    private static Command command(TieForm form, ComplaintNumber other) {
        if (form.way().equals(JOIN)) {
            return new Command.Join(other, form.reason() == null ? "" : form.reason());
        }
        return new Command.Link(other, Given.constant(LinkKind.class, "way", form.way()));
    }
}
