package io.bihuan.complaint;

import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything known when a complaint comes in (ISO 10002 §7.2).
 *
 * @param origin the source of the external number (a token, an import, a regulator); with it the external number is unique
 * @param receivedAt when it reached the company: clocks run from here
 * @param acknowledged whether the customer got the number in the same moment (portal, API, hotline)
 * @param pack the version by which it was checked and judged, so that another that comes into force meanwhile does not meet its
 *     answers; null for the one in force
 * @param archive for a case that was closed before it came here: no clocks, no messages
 */
public record Registration(
        String businessLine,
        Channel channel,
        Kind kind,
        @Nullable String category,
        Severity severity,
        Priority priority,
        @Nullable String department,
        int customersAffected,
        @Nullable Personal title,
        Personal content,
        Customer customer,
        Map<String, Personal> product,
        @Nullable String remedySought,
        @Nullable String origin,
        @Nullable String externalNumber,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        boolean acknowledged,
        UUID owner,
        boolean ownerConfirmed,
        List<Attachment> attachments,
        @Nullable Archive archive,
        @Nullable Pack pack) {
    /** Under the version in force. */
    public Registration(
            String businessLine,
            Channel channel,
            Kind kind,
            @Nullable String category,
            Severity severity,
            Priority priority,
            @Nullable String department,
            int customersAffected,
            @Nullable Personal title,
            Personal content,
            Customer customer,
            Map<String, Personal> product,
            @Nullable String remedySought,
            @Nullable String origin,
            @Nullable String externalNumber,
            @Nullable Instant occurredAt,
            Instant receivedAt,
            boolean acknowledged,
            UUID owner,
            boolean ownerConfirmed,
            List<Attachment> attachments,
            @Nullable Archive archive) {
        this(
                businessLine,
                channel,
                kind,
                category,
                severity,
                priority,
                department,
                customersAffected,
                title,
                content,
                customer,
                product,
                remedySought,
                origin,
                externalNumber,
                occurredAt,
                receivedAt,
                acknowledged,
                owner,
                ownerConfirmed,
                attachments,
                archive,
                null);
    }

    /** The answer that was given elsewhere, and when. */
    public record Archive(@Nullable Personal reply, Instant closedAt) {}
}
