package io.bihuan.message;

import io.bihuan.platform.Writes;
import io.bihuan.web.WaitingCount;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notices to the staff. Telling twice of one occasion tells once. */
@Component
public class Notices {
    public static final int PAGE = 50;

    /** A notice as its recipient sees it; {@code readAt} is null until then. */
    public record Received(StaffNotice notice, @Nullable Instant readAt) {}

    /** The last notice of a page. */
    public record Place(Instant at, UUID occasion) {}

    private static final String TELL = """
            insert into message.staff_notice (recipient, occasion, text_key, arguments, href, at)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final InstantSource time;

    Notices(JdbcClient jdbc, DataSource database, InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.time = time;
    }

    @Transactional
    public void tell(List<StaffNotice> notices) {
        var writes = new Writes();
        notices.forEach(notice -> writes.add(
                TELL,
                notice.recipient(),
                notice.occasion(),
                notice.key(),
                notice.arguments().toArray(String[]::new),
                notice.href(),
                notice.at()));
        writes.send(database);
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<Received> of(UUID recipient, @Nullable Place after) {
        return jdbc.sql("""
                        select recipient, occasion, text_key, arguments, href, at, read_at from message.staff_notice
                        where recipient = :recipient and (at, occasion) < (:at, :occasion)
                        order by at desc, occasion desc limit :limit
                        """)
                .param("recipient", recipient)
                .param("at", after == null ? OffsetDateTime.MAX : after.at().atOffset(ZoneOffset.UTC))
                .param("occasion", after == null ? new UUID(-1, -1) : after.occasion())
                .param("limit", PAGE + 1)
                .query((row, index) -> new Received(
                        new StaffNotice(
                                row.getObject("recipient", UUID.class),
                                row.getObject("occasion", UUID.class),
                                Objects.requireNonNull(row.getString("text_key")),
                                List.of((String[]) row.getArray("arguments").getArray()),
                                Objects.requireNonNull(row.getString("href")),
                                row.getObject("at", OffsetDateTime.class).toInstant()),
                        instant(row.getObject("read_at", OffsetDateTime.class))))
                .list();
    }

    /** What the viewer has not read. */
    public static final WaitingCount UNREAD = WaitingCount.counting("""
            select count(*) from (select from message.staff_notice
                where recipient = :viewer and read_at is null limit 100) n
            """);

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    /** Everything the recipient could see up to this moment is read. */
    @Transactional
    public void read(UUID recipient, Instant upTo) {
        jdbc.sql("""
                        update message.staff_notice set read_at = :now
                        where recipient = :recipient and read_at is null and at <= :upTo
                        """)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("recipient", recipient)
                .param("upTo", upTo.atOffset(ZoneOffset.UTC))
                .update();
    }
}
