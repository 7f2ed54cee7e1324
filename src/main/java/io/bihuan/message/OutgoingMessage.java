package io.bihuan.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to be said to a customer.
 *
 * @param id the same id twice is said once
 * @param subject what kind of thing it is about, such as {@code complaint}
 * @param purpose what it is for, such as {@code result}: providers know the template by it
 * @param ways in the order in which they are tried
 * @param contents one for each way
 * @param notBefore null: now
 */
public record OutgoingMessage(
        UUID id,
        String subject,
        UUID subjectId,
        Recipient to,
        Category category,
        String purpose,
        List<Way> ways,
        Map<Way, Content> contents,
        @Nullable Instant notBefore) {
    public OutgoingMessage {
        ways = ways.stream().distinct().toList();
        contents = Map.copyOf(contents);
    }
}
