package io.bihuan.bulk.web;

import io.bihuan.bulk.Deed;
import io.bihuan.bulk.Macro;
import io.bihuan.bulk.Macros;
import io.bihuan.bulk.MessagePart;
import io.bihuan.bulk.TaskPart;
import io.bihuan.bulk.Wish;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.LinkKind;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Texts;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was typed: for a deed, or for a macro.
 *
 * @param to {@code d:} and a department, {@code p:} and a person, or empty: the department of the complaint
 */
public record WishForm(
        String deed,
        String owner,
        @Size(max = 2_000) String reason,
        @Size(max = 5_000) String note,
        @Size(max = 200) String title,
        @Size(max = 5_000) String what,
        String to,
        String minutes,
        String purpose,
        @Size(max = 2_000) String words,
        @Size(max = 40) String other,
        String kind,
        String macro,
        @Size(max = 60) String name,
        String department) {
    static final WishForm EMPTY = new WishForm("", "", "", "", "", "", "", "", "", "", "", "", "", "", "");
    private static final int LEAST_MINUTES = 15;
    private static final int MOST_MINUTES = 60 * 24 * 90;

    /** A field that was left empty or cannot be read. */
    static final class Misfilled extends RuntimeException {
        private final String field;
        private final String key;

        Misfilled(String field, String key) {
            super(field + " " + key);
            this.field = field;
            this.key = key;
        }

        FieldErrors errors(Texts t) {
            return FieldErrors.NONE.with(field, t.of(key));
        }
    }

    public WishForm {
        deed = given(deed);
        owner = given(owner);
        reason = given(reason).strip();
        note = given(note).strip();
        title = given(title).strip();
        what = given(what).strip();
        to = given(to);
        minutes = given(minutes);
        purpose = given(purpose);
        words = given(words).strip();
        other = given(other).strip();
        kind = given(kind);
        macro = given(macro);
        name = given(name).strip();
        department = given(department);
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** As a macro would be typed. */
    static WishForm of(Macro macro) {
        TaskPart task = macro.parts().task();
        MessagePart message = macro.parts().message();
        return new WishForm(
                "",
                "",
                "",
                given(macro.parts().note()),
                task == null ? "" : task.title(),
                task == null ? "" : given(task.what()),
                task == null ? "" : to(task),
                task == null ? "" : String.valueOf(task.minutes()),
                message == null ? "" : message.purpose().name(),
                message == null ? "" : given(message.words()),
                "",
                "",
                "",
                macro.name(),
                given(macro.department()));
    }

    private static String to(TaskPart task) {
        if (task.assignee() != null) {
            return Choices.PERSON + task.assignee();
        }
        return task.department() == null ? "" : Choices.DEPARTMENT + task.department();
    }

    Deed chosen() {
        return Arrays.stream(Deed.values())
                .filter(each -> each.name().equals(deed))
                .findFirst()
                .orElseThrow(() -> new NotFound("deed " + deed));
    }

    Wish wish(Macros macros, CasePages pages, SignedIn who) {
        return switch (chosen()) {
            case OWNER -> Wish.handOver(id("owner", owner), needed("reason", reason));
            case TASK -> Wish.give(task());
            case NOTE -> Wish.note(needed("note", note));
            case MACRO -> Wish.apply(macros.find(id("macro", macro), who));
            case LINK -> link(pages, who);
        };
    }

    private Wish link(CasePages pages, SignedIn who) {
        String number;
        try {
            number = pages.complaint(needed("other", other), who).number().digits();
        } catch (NotFound unknown) {
            throw new Misfilled("other", "bulk.refused.other");
        }
        LinkKind chosen = List.of(LinkKind.SAME_CAUSE, LinkKind.RELATED).stream()
                .filter(each -> each.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Misfilled("kind", "web.field.missing"));
        return Wish.link(number, chosen);
    }

    /** The parts of a macro: those that were filled in. */
    Macro.Parts parts() {
        boolean hasTask = !title.isEmpty() || !what.isEmpty();
        return new Macro.Parts(
                note.isEmpty() ? null : note,
                hasTask ? task() : null,
                purpose.isEmpty() && words.isEmpty() ? null : message());
    }

    private TaskPart task() {
        int due;
        try {
            due = Integer.parseInt(minutes);
        } catch (NumberFormatException e) {
            throw new Misfilled("minutes", "web.field.missing");
        }
        if (due < LEAST_MINUTES || due > MOST_MINUTES) {
            throw new Misfilled("minutes", "web.field.unreadable");
        }
        return new TaskPart(
                needed("title", title),
                what.isEmpty() ? null : what,
                to.startsWith(Choices.DEPARTMENT) ? to.substring(Choices.DEPARTMENT.length()) : null,
                to.startsWith(Choices.PERSON) ? id("to", to.substring(Choices.PERSON.length())) : null,
                due);
    }

    private MessagePart message() {
        Purpose chosen = Arrays.stream(Purpose.values())
                .filter(each -> each.name().equals(purpose))
                .findFirst()
                .orElse(Purpose.PROGRESS);
        return new MessagePart(chosen, words.isEmpty() ? null : words);
    }

    private static String needed(String field, String value) {
        if (value.isEmpty()) {
            throw new Misfilled(field, "web.field.missing");
        }
        return value;
    }

    private static UUID id(String field, String value) {
        try {
            return UUID.fromString(needed(field, value));
        } catch (IllegalArgumentException e) {
            throw new Misfilled(field, "web.field.unreadable");
        }
    }

    /** What of it a rule refused, for the form. */
    static FieldErrors errors(Refused refused, Texts t) {
        return FieldErrors.NONE.with("", t.of(refused));
    }
}
