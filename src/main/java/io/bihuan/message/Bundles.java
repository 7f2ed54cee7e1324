package io.bihuan.message;

import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells people many things at once. A notice waits {@link #WINDOW}, or until its recipient is on duty; then everything that waits for him
 * becomes one notice, and the next comes {@link #GAP} later at the soonest. What waits is stored and told by whichever node comes first.
 */
@Component
public class Bundles {
    /** What comes within this becomes one notice. */
    public static final Duration WINDOW = Duration.ofSeconds(15);

    /** The least time between two bundles for one person: at most twelve an hour. */
    public static final Duration GAP = Duration.ofMinutes(5);

    private static final int PAGE = 50;
    private static final String WAIT = """
            insert into message.waiting_notice (recipient, occasion, subject, weight, text_key, arguments, href, many_key, many_href, at,
                ready_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    private static final String READY = """
            insert into message.bundle (recipient, ready_at) values (?, ?)
            on conflict (recipient) do update set ready_at = least(bundle.ready_at, excluded.ready_at)
            """;

    /** What waits for one person: how much, and the most urgent of it. */
    private record Ready(StaffNotice heaviest, String manyKey, String manyHref, int notices, int subjects) {}

    private record Claim(UUID recipient, @Nullable Instant toldAt) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Notices notices;
    private final InstantSource time;

    Bundles(
            JdbcClient jdbc,
            DataSource database,
            TransactionTemplate transaction,
            Notices notices,
            InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = transaction;
        this.notices = notices;
        this.time = time;
    }

    /** Lets notices wait for their recipients; in the transaction of the caller. Waiting twice for one occasion waits once. */
    @Transactional
    public void add(List<WaitingNotice> waiting) {
        Instant soonest = time.instant().plus(WINDOW);
        var writes = new Writes();
        var ready = new LinkedHashMap<UUID, Instant>();
        for (WaitingNotice each : waiting) {
            StaffNotice notice = each.notice();
            Instant at = each.notBefore().isAfter(soonest) ? each.notBefore() : soonest;
            writes.add(
                    WAIT,
                    notice.recipient(),
                    notice.occasion(),
                    each.subject(),
                    each.weight(),
                    notice.key(),
                    notice.arguments().toArray(String[]::new),
                    notice.href(),
                    each.manyKey(),
                    each.manyHref(),
                    notice.at(),
                    at);
            ready.merge(notice.recipient(), at, (one, other) -> one.isBefore(other) ? one : other);
        }
        // In the order of the recipients, as those who tell them take them: two that meet wait for each other in turn.
        ready.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(UUID::toString)))
                .forEach(entry -> writes.add(READY, entry.getKey(), entry.getValue()));
        writes.send(database);
    }

    /** Tells everybody for whom something is ready, and returns how many people that were. */
    public int tell() {
        int told = 0;
        int claimed;
        do {
            Page page = Objects.requireNonNull(transaction.execute(status -> page()));
            claimed = page.claimed();
            told += page.told();
        } while (claimed == PAGE);
        return told;
    }

    private record Page(int claimed, int told) {}

    private Page page() {
        Instant now = time.instant();
        List<Claim> claims = jdbc.sql("""
                        select recipient, told_at from message.bundle where ready_at <= :now
                        order by recipient::text limit :page for update skip locked
                        """)
                .param("now", sql(now))
                .param("page", PAGE)
                .query((row, index) -> new Claim(uuid(row, "recipient"), instant(row, "told_at")))
                .list();
        var told = new ArrayList<StaffNotice>();
        for (Claim claim : claims) {
            Instant soonest = claim.toldAt() == null ? now : claim.toldAt().plus(GAP);
            Ready ready = soonest.isAfter(now) ? null : ready(claim.recipient(), now);
            if (ready != null) {
                told.add(notice(ready, now));
                jdbc.sql("delete from message.waiting_notice where recipient = ? and ready_at <= ?")
                        .param(claim.recipient())
                        .param(sql(now))
                        .update();
            }
            jdbc.sql("""
                            update message.bundle b set told_at = coalesce(:told, b.told_at), ready_at =
                                (select greatest(min(w.ready_at), :soonest) from message.waiting_notice w
                                 where w.recipient = b.recipient having count(*) > 0)
                            where b.recipient = :recipient
                            """)
                    .param("told", ready == null ? null : sql(now), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("soonest", sql(ready == null ? soonest : now.plus(GAP)))
                    .param("recipient", claim.recipient())
                    .update();
        }
        notices.tell(told);
        return new Page(claims.size(), told.size());
    }

    private @Nullable Ready ready(UUID recipient, Instant now) {
        return jdbc.sql("""
                        select recipient, occasion, text_key, arguments, href, many_key, many_href, at, count(*) over () as notices,
                            (select count(distinct subject) from message.waiting_notice
                             where recipient = :recipient and ready_at <= :now) as subjects
                        from message.waiting_notice where recipient = :recipient and ready_at <= :now
                        order by weight desc, at desc, occasion desc limit 1
                        """)
                .param("recipient", recipient)
                .param("now", sql(now))
                .query((row, index) -> new Ready(
                        new StaffNotice(
                                recipient,
                                uuid(row, "occasion"),
                                text(row, "text_key"),
                                List.of((String[]) row.getArray("arguments").getArray()),
                                text(row, "href"),
                                Objects.requireNonNull(instant(row, "at"))),
                        text(row, "many_key"),
                        text(row, "many_href"),
                        row.getInt("notices"),
                        row.getInt("subjects")))
                .optional()
                .orElse(null);
    }

    /** One thing, or the newest and heaviest of one subject, is told as it is. */
    private static StaffNotice notice(Ready ready, Instant now) {
        StaffNotice one = ready.heaviest();
        boolean isMany = ready.subjects() > 1;
        return new StaffNotice(
                one.recipient(),
                one.occasion(),
                isMany ? ready.manyKey() : one.key(),
                isMany
                        ? List.of(
                                Integer.toString(ready.subjects()),
                                one.arguments().getFirst())
                        : one.arguments(),
                isMany ? ready.manyHref() : one.href(),
                now);
    }

    /** Looks every second, on every node. */
    @Component
    @WhenServing
    @ConditionalOnProperty(name = "bihuan.bundles.enabled", matchIfMissing = true)
    static class Telling {
        private final Bundles bundles;

        Telling(Bundles bundles) {
            this.bundles = bundles;
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
        void tell() {
            bundles.tell();
        }
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
