package io.bihuan.screening.web;

import io.bihuan.complaint.Worklist;
import io.bihuan.intake.MessageStep.Deed;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Waiting;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for somebody, and what can be done with it.
 *
 * @param holder who is to take it up, or did
 * @param isHeld whether somebody else has claimed it
 * @param contact what is known of the sender, masked until it is shown for a reason
 * @param problems what is wrong, in words
 * @param raw the text of the original; null until it is shown for a reason
 * @param suggestions complaints to which it may belong
 * @param typed what was typed into the form of which deed, and what is wrong with it
 */
public record MessagePage(
        Waiting waiting,
        ParkReason reason,
        String title,
        String content,
        List<Fact> contact,
        String holder,
        boolean isMine,
        boolean isHeld,
        boolean isLate,
        String decidedBy,
        List<String> problems,
        List<File> files,
        @Nullable String raw,
        List<Step> steps,
        List<Worklist.Row> suggestions,
        List<Option> people,
        List<Option> channels,
        boolean canReply,
        List<Option> reasons,
        Typed typed) {
    /** Something that is known. */
    public record Fact(String label, String value) {}

    /** A file that was found in it. */
    public record File(String name, String sha256, long size) {}

    /** Something that was done with it. */
    public record Step(Deed what, Instant at, String who, String person, String note) {}

    /** What was typed into the form of a deed. */
    public record Typed(String deed, Map<String, String> values, FieldErrors errors) {
        public static final Typed NOTHING = new Typed("", Map.of(), FieldErrors.NONE);

        public Typed {
            values = Map.copyOf(values);
        }

        public boolean is(String other) {
            return deed.equals(other);
        }

        public String value(String of, String name, String usual) {
            return is(of) ? values.getOrDefault(name, "") : usual;
        }

        public @Nullable String error(String of, String name) {
            return is(of) ? errors.of(name) : null;
        }
    }

    public String path() {
        return BoardQuery.PATH + "/" + waiting.message().id();
    }

    /** A complaint to which it may belong, as a list shows it. */
    public String line(Worklist.Row row, Texts t) {
        return Excerpts.masked(row.headline(t));
    }

    public boolean mayDecide() {
        return waiting.isOpen() && !isHeld;
    }
}
