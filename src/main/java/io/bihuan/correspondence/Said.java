package io.bihuan.correspondence;

import io.bihuan.complaint.Contact;
import io.bihuan.message.State;
import io.bihuan.platform.Actor;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was said to the customer.
 *
 * @param way the one by which it went last
 * @param text empty once the complaint was erased
 */
public record Said(
        UUID message,
        Purpose purpose,
        @Nullable Notice notice,
        Actor by,
        Contact way,
        State state,
        String text,
        Instant at,
        @Nullable Instant sentAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @Nullable Instant failedAt) {
    /** What a result has to say, whatever the letter of the pack says. */
    private static final List<Placeholder> RESULT =
            List.of(Placeholder.MEASURES, Placeholder.GUARANTEE, Placeholder.ROUTES);

    static boolean tellsResult(Purpose purpose) {
        return purpose == Purpose.RESULT || purpose == Purpose.REJECTION;
    }

    /** What has to be said with such a purpose, also where the letter has no place for it. */
    public static List<Placeholder> partsOf(Purpose purpose) {
        return tellsResult(purpose) ? RESULT : List.of();
    }

    public boolean tellsResult() {
        return tellsResult(purpose);
    }
}
