package io.bihuan.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is to bring.
 *
 * @param id by which the provider can be asked; the same in every try
 * @param providerId by which the provider knows it
 * @param handedAt when it was first handed over
 */
public record Errand(
        UUID id,
        UUID messageId,
        String subject,
        UUID subjectId,
        Category category,
        String purpose,
        Recipient to,
        Content content,
        @Nullable String providerId,
        Instant handedAt) {}
