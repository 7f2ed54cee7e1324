package io.bihuan.bulk;

import io.bihuan.complaint.LinkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to each complaint. A macro stands in it as it was when it was chosen: who changes it later changes no run.
 *
 * @param owner the new one
 * @param reason for a change of owner
 * @param other the complaint to be linked to
 * @param macro its name, for people
 */
public record Wish(
        Deed deed,
        @Nullable UUID owner,
        @Nullable String reason,
        @Nullable String note,
        @Nullable TaskPart task,
        @Nullable MessagePart message,
        @Nullable String other,
        @Nullable LinkKind kind,
        @Nullable String macro) {
    public static Wish handOver(UUID owner, String reason) {
        return new Wish(Deed.OWNER, owner, reason, null, null, null, null, null, null);
    }

    public static Wish give(TaskPart task) {
        return new Wish(Deed.TASK, null, null, null, task, null, null, null, null);
    }

    public static Wish note(String note) {
        return new Wish(Deed.NOTE, null, null, note, null, null, null, null, null);
    }

    public static Wish link(String other, LinkKind kind) {
        return new Wish(Deed.LINK, null, null, null, null, null, other, kind, null);
    }

    public static Wish apply(Macro macro) {
        Macro.Parts parts = macro.parts();
        return new Wish(Deed.MACRO, null, null, parts.note(), parts.task(), parts.message(), null, null, macro.name());
    }

    /** What it comes to, in the order in which it is done. */
    public List<Step> steps() {
        var steps = new ArrayList<Step>();
        add(steps, Step.NOTE, note);
        add(steps, Step.TASK, task);
        add(steps, Step.MESSAGE, message);
        add(steps, Step.OWNER, owner);
        add(steps, Step.LINK, other);
        return steps;
    }

    private static void add(List<Step> steps, Step step, @Nullable Object given) {
        if (given != null) {
            steps.add(step);
        }
    }
}
