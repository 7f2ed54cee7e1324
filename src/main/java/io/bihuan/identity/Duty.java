package io.bihuan.identity;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who is on duty at night and on holidays: shifts of named people. */
@Component
public class Duty {
    /** Shifts shown, and people on duty at once. */
    public static final int MOST = 200;

    static final Duration LONGEST = Duration.ofDays(31);

    /** Somebody is on duty from then until, not including, then. */
    public record Shift(UUID id, UUID staff, Instant from, Instant to) {}

    private final JdbcClient jdbc;
    private final InstantSource time;

    Duty(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Active people with a shift at that time, those whose shift began first first. */
    public List<UUID> at(Instant at) {
        return jdbc.sql("""
                        select d.staff from identity.duty d join identity.staff s on s.id = d.staff and s.active
                        where d.to_at > :at and d.from_at <= :at group by d.staff order by min(d.from_at), d.staff limit :most
                        """)
                .param("at", sql(at))
                .param("most", MOST)
                .query(UUID.class)
                .list();
    }

    /** The shifts that are not over, the next first. */
    public List<Shift> coming() {
        return jdbc.sql("""
                        select id, staff, from_at, to_at from identity.duty where to_at > :now order by to_at, id limit :most
                        """)
                .param("now", sql(time.instant()))
                .param("most", MOST)
                .query(Duty::shift)
                .list();
    }

    @Transactional
    public Shift add(UUID staff, Instant from, Instant to) {
        if (!to.isAfter(from)) {
            throw new Refused("identity.refused.dutyOrder");
        }
        if (!to.isAfter(time.instant())) {
            throw new Refused("identity.refused.dutyPast");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new Refused("identity.refused.dutyLong", LONGEST.toDays());
        }
        var shift = new Shift(Ids.next(), staff, from, to);
        jdbc.sql("insert into identity.duty (id, staff, from_at, to_at) values (?, ?, ?, ?)")
                .param(shift.id())
                .param(staff)
                .param(sql(from))
                .param(sql(to))
                .update();
        return shift;
    }

    @Transactional
    public void remove(UUID shift) {
        jdbc.sql("delete from identity.duty where id = ?").param(shift).update();
    }

    private static Shift shift(ResultSet row, int number) throws SQLException {
        return new Shift(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getObject("staff", UUID.class)),
                Objects.requireNonNull(row.getObject("from_at", OffsetDateTime.class))
                        .toInstant(),
                Objects.requireNonNull(row.getObject("to_at", OffsetDateTime.class))
                        .toInstant());
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
