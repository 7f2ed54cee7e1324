package io.bihuan.mail.web;

import io.bihuan.complaint.ComplaintNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A received mail.
 *
 * @param isUnreadable whether only its header could be read
 * @param complaint the one that it opened or was added to
 * @param hasHtml whether it can also be shown as it was sent
 */
public record MailPage(
        UUID id,
        boolean isUnreadable,
        @Nullable ComplaintNumber complaint,
        Instant receivedAt,
        String subject,
        String from,
        String to,
        String cc,
        String text,
        String quoted,
        boolean hasHtml,
        List<String> files,
        List<Map.Entry<String, String>> headers) {}
