package io.bihuan.message;

import io.bihuan.message.Course.Leg;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What providers report about what they took: each report once, in whatever order. One that comes before we know what it is about is kept
 * until we do.
 */
@Component
public class Receipts {
    private static final Duration KEPT = Duration.ofDays(8);
    private static final int BATCH = 1_000;

    /**
     * One report.
     *
     * @param reference our id or the provider's
     * @param state DELIVERED, READ or FAILED
     */
    public record Receipt(
            String reference,
            State state,
            Instant at,
            @Nullable String error) {}

    private record Found(UUID message, Way way) {}

    private final JdbcClient jdbc;
    private final MessageRows rows;
    private final Messages messages;
    private final InstantSource time;

    Receipts(JdbcClient jdbc, MessageRows rows, Messages messages, InstantSource time) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.messages = messages;
        this.time = time;
    }

    /** Keeps reports and changes what they are about, all or nothing. */
    @Transactional
    public void record(List<Receipt> receipts) {
        Instant now = time.instant();
        // In the order of the references, so that two requests with the same reports do not wait for each other in
        // turn.
        for (Receipt receipt : receipts.stream()
                .sorted(java.util.Comparator.comparing(Receipt::reference).thenComparing(Receipt::state))
                .toList()) {
            jdbc.sql("""
                insert into message.receipt (reference, state, at, error, received_at)
                values (:reference, :state, :at, :error, :now) on conflict do nothing
                """)
                    .param("reference", receipt.reference())
                    .param("state", receipt.state().name())
                    .param("at", receipt.at().atOffset(ZoneOffset.UTC))
                    .param("error", MessageRows.cut(receipt.error()))
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
            find(receipt.reference())
                    .ifPresent(
                            found -> rows.change(found.message(), course -> apply(course, found.way(), receipt, now)));
        }
        messages.bell().ring();
    }

    private Optional<Found> find(String reference) {
        UUID id = id(reference);
        return jdbc.sql("select message_id, way from message.leg where id = :id or provider_id = :reference limit 1")
                .param("id", id, java.sql.Types.OTHER)
                .param("reference", reference)
                .query((row, number) ->
                        new Found(row.getObject("message_id", UUID.class), Way.valueOf(row.getString("way"))))
                .optional();
    }

    private static @Nullable UUID id(String reference) {
        try {
            return UUID.fromString(reference);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** With what was reported before it was known what it is about; within the lock of the message. */
    Course withKnown(Course course, Way way, Instant now) {
        Leg leg = course.leg(way);
        var references = new ArrayList<>(List.of(leg.id().toString()));
        if (leg.providerId() != null) {
            references.add(leg.providerId());
        }
        List<Receipt> known = jdbc.sql("select * from message.receipt where reference = any(:references)")
                .param("references", references.toArray(String[]::new))
                .query((row, number) -> new Receipt(
                        row.getString("reference"),
                        State.valueOf(row.getString("state")),
                        MessageRows.instant(row, "at"),
                        row.getString("error")))
                .list();
        Course after = course;
        // DELIVERED and READ stand before FAILED: what arrived has not failed.
        for (Receipt receipt : known.stream()
                .sorted(java.util.Comparator.comparing(Receipt::state))
                .toList()) {
            after = apply(after, way, receipt, now);
        }
        return after;
    }

    /** A provider's clock may be wrong: nothing arrives before it was handed over, or tomorrow. */
    private static Course apply(Course course, Way way, Receipt receipt, Instant now) {
        Instant handed = course.leg(way).handedAt();
        Instant at =
                receipt.at().isAfter(now) || (handed != null && receipt.at().isBefore(handed.minusSeconds(60)))
                        ? now
                        : receipt.at();
        return switch (receipt.state()) {
            case DELIVERED, READ -> course.arrived(way, receipt.state(), at);
            case FAILED ->
                course.failed(way, Objects.requireNonNullElse(receipt.error(), "message.error.notDelivered"), now);
            case PLANNED, HELD, SENDING, SENT, CALL, SUPPRESSED, CANCELLED -> course;
        };
    }

    /** Forgets what was reported long ago, at most a thousand; gives how many. */
    int forgetOld() {
        return jdbc.sql("""
            delete from message.receipt where (reference, state) in
                (select reference, state from message.receipt where received_at < :before
                 order by received_at limit :most for update skip locked)
            """)
                        .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                        .param("most", BATCH)
                        .update()
                + jdbc.sql("""
            delete from message.told where recipient in
                (select recipient from message.told where changed_at < :before
                 order by changed_at limit :most for update skip locked)
            """)
                        .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                        .param("most", BATCH)
                        .update();
    }
}
