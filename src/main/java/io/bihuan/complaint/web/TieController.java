package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.LinkKind;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.BadInput;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
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
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute TieForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("ties", result, t, List.of("version", "other", "way", "reason"));
        Optional<ComplaintNumber> other = other(form.other(), who);
        if (!typed.errors().any() && other.isEmpty()) {
            typed = typed.wrong("other", t.of("complaint.more.ties.other.unknown"));
        }
        return other.isEmpty()
                ? desk.invalid(number, who, typed, t)
                : desk.perform(number, who, typed, t, () -> command(form, other.get()));
    }

    @PostMapping("/desk/complaints/{number}/tie-ends")
    Page destroy(
            @PathVariable String number,
            @Valid @ModelAttribute EndForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        ComplaintNumber other = ComplaintNumber.read(String.valueOf(form.other()))
                .orElseThrow(() -> new BadInput("/other", "web.field.unreadable"));
        return desk.add(
                number,
                who,
                Typed.of("tie-ends", result, t, List.of("version", "other")),
                t,
                List.of(),
                () -> new Command.Unlink(other));
    }

    @PostMapping("/desk/complaints/{number}/separation")
    Page separate(
            @PathVariable String number,
            @Valid @ModelAttribute ReasonForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("separation", result, t, List.of("version", "reason"));
        return desk.perform(number, who, typed, t, () -> new Command.Separate(form.reason()));
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
