package io.bihuan.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail of ours says.
 *
 * @param to an address
 * @param inReplyTo the id of the mail that it answers
 * @param references the ids of its thread, the oldest first
 */
record OutgoingMail(
        String to,
        @Nullable String replyTo,
        String subject,
        String text,
        @Nullable String inReplyTo,
        List<String> references) {
    OutgoingMail {
        references = List.copyOf(references);
    }
}
