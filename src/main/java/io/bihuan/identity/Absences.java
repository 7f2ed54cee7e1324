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
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who of the staff is away: what would be theirs goes to others until they are back. */
@Component
public class Absences {
    /** Absences shown, and people away at once. */
    public static final int MOST = 500;

    static final Duration LONGEST = Duration.ofDays(400);

    /** Why somebody is away; no more than what colleagues may know. */
    public enum Reason {
        LEAVE,
        SICK,
        TRIP,
        TRAINING,
        OTHER
    }

    /** Somebody is away from then until, not including, then. */
    public record Absence(UUID id, UUID staff, Instant from, Instant to, Reason reason) {}

    private final JdbcClient jdbc;
    private final InstantSource time;

    Absences(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Who is away at that time, and since when. */
    public Map<UUID, Instant> at(Instant at) {
        return jdbc.sql("""
                        select id, staff, from_at, to_at, reason from identity.absence
                        where to_at > :at and from_at <= :at order by to_at, id limit :most
                        """).param("at", sql(at)).param("most", MOST).query(Absences::absence).list().stream()
                .collect(Collectors.toMap(
                        Absence::staff, Absence::from, (one, other) -> one.isBefore(other) ? one : other));
    }

    /** The absences that are not over, the next to end first. */
    public List<Absence> coming() {
        return jdbc.sql("""
                        select id, staff, from_at, to_at, reason from identity.absence
                        where to_at > :now order by to_at, id limit :most
                        """)
                .param("now", sql(time.instant()))
                .param("most", MOST)
                .query(Absences::absence)
                .list();
    }

    @Transactional
    public Absence add(UUID staff, Instant from, Instant to, Reason reason) {
        if (!to.isAfter(from)) {
            throw new Refused("identity.refused.absenceOrder");
        }
        if (!to.isAfter(time.instant())) {
            throw new Refused("identity.refused.absencePast");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new Refused("identity.refused.absenceLong", LONGEST.toDays());
        }
        var absence = new Absence(Ids.next(), staff, from, to, reason);
        jdbc.sql("insert into identity.absence (id, staff, from_at, to_at, reason) values (?, ?, ?, ?, ?)")
                .param(absence.id())
                .param(staff)
                .param(sql(from))
                .param(sql(to))
                .param(reason.name())
                .update();
        return absence;
    }

    @Transactional
    public void remove(UUID absence) {
        jdbc.sql("delete from identity.absence where id = ?").param(absence).update();
    }

    private static Absence absence(ResultSet row, int number) throws SQLException {
        return new Absence(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getObject("staff", UUID.class)),
                Objects.requireNonNull(row.getObject("from_at", OffsetDateTime.class))
                        .toInstant(),
                Objects.requireNonNull(row.getObject("to_at", OffsetDateTime.class))
                        .toInstant(),
                Reason.valueOf(Objects.requireNonNull(row.getString("reason"))));
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
