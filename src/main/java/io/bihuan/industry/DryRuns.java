package io.bihuan.industry;

import io.bihuan.industry.DryRun.Aspect;
import io.bihuan.industry.DryRun.Case;
import io.bihuan.industry.DryRun.Difference;
import io.bihuan.industry.DryRun.State;
import io.bihuan.industry.DryRun.Tally;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Versions of packs run over what came in, before anybody switches them on; kept for {@link #KEPT}. */
@Component
public class DryRuns {
    public static final int USUAL_DAYS = 90;
    public static final int MOST_DAYS = 366;
    /** The newest of a period. */
    public static final int MOST_COMPLAINTS = 50_000;
    /** As many cases are kept; the tallies count all. */
    public static final int MOST_CASES = 2_000;

    static final Duration KEPT = Duration.ofDays(30);
    private static final int FORGOTTEN_AT_ONCE = 20;
    private static final int MOST_TALLIES = 300;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Bell bell = new Bell();

    DryRuns(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Asks for a version to be run, beside another, over the complaints of its pack that were received within so many days. */
    public UUID ask(String pack, int before, int after, int days, Actor by) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException(days + " days");
        }
        UUID id = Ids.next();
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("""
                        insert into industry.dry_run (id, pack, version_before, version_after, days, from_at, at, started_by, state,
                            reached_at, reached_id)
                        values (:id, :pack, :before, :after, :days, :from, :now, :by, 'RUNNING', :now, :last)
                        """)
                .param("id", id)
                .param("pack", pack)
                .param("before", before)
                .param("after", after)
                .param("days", days)
                .param("from", now.minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("by", by.toString())
                .param("last", new UUID(-1, -1))
                .update();
        bell.ring();
        return id;
    }

    public Optional<DryRun> find(UUID id) {
        return jdbc.sql("select * from industry.dry_run where id = ?")
                .param(id)
                .query((row, number) -> dryRun(row))
                .optional();
    }

    /** The last runs of a version, the newest first. */
    public List<DryRun> of(String pack, int version, int limit) {
        return jdbc.sql("""
                        select * from industry.dry_run where pack = ? and version_after = ? order by at desc limit ?
                        """)
                .param(pack)
                .param(version)
                .param(limit)
                .query((row, number) -> dryRun(row))
                .list();
    }

    /** How often what became what, the most frequent of each aspect first. */
    public List<Tally> tallies(UUID id) {
        return jdbc.sql("""
                        select aspect, before, after, count from industry.dry_run_tally where dry_run_id = ?
                        order by count desc, aspect, before, after limit ?
                        """)
                .param(id)
                .param(MOST_TALLIES)
                .query((row, number) -> new Tally(
                        Aspect.valueOf(text(row, "aspect")),
                        text(row, "before"),
                        text(row, "after"),
                        row.getInt("count")))
                .list();
    }

    /** The complaints for which something comes out otherwise, the newest first, after that number. */
    public List<Case> cases(UUID id, int after, int limit) {
        return jdbc.sql("""
                        select number, complaint_id, differences from industry.dry_run_case
                        where dry_run_id = ? and number > ? order by number limit ?
                        """)
                .param(id)
                .param(after)
                .param(limit)
                .query((row, number) -> new Case(
                        row.getInt("number"),
                        row.getObject("complaint_id", UUID.class),
                        Arrays.asList(JSON.readValue(text(row, "differences"), Difference[].class))))
                .list();
    }

    /** Forgets some of those that are too old; how many. */
    int forget() {
        return jdbc.sql("""
                        delete from industry.dry_run where id in (select id from industry.dry_run where at < ? order by at limit ?)
                        """)
                .param(time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param(FORGOTTEN_AT_ONCE)
                .update();
    }

    /** Rings when this node is asked for one. */
    Bell bell() {
        return bell;
    }

    static DryRun dryRun(ResultSet row) throws SQLException {
        return new DryRun(
                row.getObject("id", UUID.class),
                text(row, "pack"),
                row.getInt("version_before"),
                row.getInt("version_after"),
                row.getInt("days"),
                instant(row, "from_at"),
                instant(row, "at"),
                text(row, "started_by"),
                State.valueOf(text(row, "state")),
                instant(row, "reached_at"),
                row.getInt("counted"),
                row.getInt("changed"),
                row.getInt("erased"),
                row.getBoolean("is_cut"));
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
