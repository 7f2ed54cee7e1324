package io.bihuan.customer;

import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a customer came with, over all channels; the module that knows provides it for the customer's page. */
public interface CustomerHistory {
    /** A page of it, newest first; of one kind or of all. */
    Page page(Person person, @Nullable Kind kind, @Nullable String cursor, SignedIn who, Texts t);

    /** How much of it is still open; may stop counting at {@link #MOST_COUNTED}. */
    int open(KnownPerson person, SignedIn who);

    int MOST_COUNTED = 100;

    /** One page; {@code next} is the cursor of the following one, null on the last. */
    record Page(List<Line> lines, @Nullable String next) {}

    /**
     * One thing somebody came with, in the words of the reader.
     *
     * @param number as it is read
     * @param state how far it has come
     * @param dueAt null where nothing is due
     */
    record Line(
            String number,
            String href,
            String title,
            String kind,
            String channel,
            String state,
            boolean isOpen,
            Instant receivedAt,
            @Nullable Instant dueAt) {}
}
