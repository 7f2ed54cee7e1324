package io.bihuan.intake;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message turned out to be. */
public sealed interface Reading {
    Alongside alongside();

    /** Something new. When the pack does not take it, it waits for the screener with its problems. */
    record Opens(Submission submission, Alongside alongside) implements Reading {}

    /** The customer's addition to a case. */
    record Adds(ComplaintNumber to, String text, List<Attachment> attachments, Alongside alongside) implements Reading {
        public Adds {
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * Waits for the screener of the channel.
     *
     * @param draft what is known so far; null when nothing could be read
     * @param arguments details of the reason, in any language; they may hold personal data
     */
    record Parks(ParkReason reason, @Nullable Submission draft, List<String> arguments, Alongside alongside)
            implements Reading {
        public Parks {
            arguments = List.copyOf(arguments);
        }

        public static Parks because(ParkReason reason, @Nullable Submission draft, String... arguments) {
            return new Parks(reason, draft, List.of(arguments), Alongside.NOTHING);
        }
    }

    /** Nobody has to do anything; it is kept with the note. */
    record Ends(String note, Alongside alongside) implements Reading {}
}
