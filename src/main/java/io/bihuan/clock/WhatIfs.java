package io.bihuan.clock;

import io.bihuan.clock.WhatIf.Case;
import io.bihuan.clock.WhatIf.State;
import io.bihuan.clock.WhatIf.Tally;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Drafts of policies run over what was, before anybody publishes them; kept for {@link #KEPT}. */
@Component
public class WhatIfs {
    public static final int MOST_DAYS = 120;
    /** The newest of a period. */
    public static final int MOST_CLOCKS = 50_000;

    static final Duration KEPT = Duration.ofDays(30);
    private static final int FORGOTTEN_AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Bell bell = new Bell();

    WhatIfs(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Asks for a draft to be run over the clocks of its name that started within so many days; some node does it at once. */
    public UUID ask(PolicyVersion draft, int days, Actor by) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException(days + " days");
        }
        draft.terms().requireAmounts();
        UUID id = Ids.next();
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("""
                        insert into clock.what_if (id, pack, pack_version, revision, name, terms, days, from_at, at, started_by, state,
                            reached_at, reached_id)
                        values (:id, :pack, :packVersion, :revision, :name, :terms::jsonb, :days, :from, :now, :by, 'RUNNING', :now, :none)
                        """)
                .param("id", id)
                .param("pack", draft.pack())
                .param("packVersion", draft.packVersion())
                .param("revision", draft.revision())
                .param("name", draft.name())
                .param("terms", PolicyCodec.write(draft.terms()))
                .param("days", days)
                .param("from", now.minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("by", by.toString())
                .param("none", new UUID(0, 0))
                .update();
        bell.ring();
        return id;
    }

    public Optional<WhatIf> find(UUID id) {
        return jdbc.sql("select * from clock.what_if where id = ?")
                .param(id)
                .query((row, number) -> whatIf(row))
                .optional();
    }

    /** The cases that would have ended another way, the newest first, after that number. */
    public List<Case> cases(UUID id, int after, int limit) {
        return jdbc.sql("select * from clock.what_if_case where what_if_id = ? and number > ? order by number limit ?")
                .param(id)
                .param(after)
                .param(limit)
                .query((row, number) -> new Case(
                        row.getInt("number"),
                        new Subject(ClockRows.text(row, "subject_kind"), ClockRows.uuid(row, "subject_id")),
                        ClockRows.uuid(row, "clock_id"),
                        Severity.valueOf(ClockRows.text(row, "severity")),
                        ClockRows.required(row, "started_at"),
                        ClockRows.instant(row, "stopped_at"),
                        Outcome.valueOf(ClockRows.text(row, "before")),
                        Outcome.valueOf(ClockRows.text(row, "after")),
                        ClockRows.required(row, "due_before"),
                        ClockRows.required(row, "due_after")))
                .list();
    }

    /** Forgets some of those that are too old; how many. */
    int forget() {
        return jdbc.sql("""
                        delete from clock.what_if where id in (select id from clock.what_if where at < ? order by at limit ?)
                        """)
                .param(time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param(FORGOTTEN_AT_ONCE)
                .update();
    }

    /** Rings when this node is asked for one. */
    Bell bell() {
        return bell;
    }

    static WhatIf whatIf(ResultSet row) throws SQLException {
        return new WhatIf(
                ClockRows.uuid(row, "id"),
                new PolicyVersion(
                        ClockRows.text(row, "pack"),
                        row.getInt("pack_version"),
                        row.getInt("revision"),
                        PolicyCodec.read(ClockRows.text(row, "terms"))),
                row.getInt("days"),
                ClockRows.required(row, "from_at"),
                ClockRows.required(row, "at"),
                ClockRows.text(row, "started_by"),
                State.valueOf(ClockRows.text(row, "state")),
                Objects.requireNonNull(ClockRows.instant(row, "reached_at")),
                row.getInt("counted"),
                row.getBoolean("is_cut"),
                new Tally(row.getInt("met_before"), row.getInt("missed_before"), row.getInt("open_before")),
                new Tally(row.getInt("met_after"), row.getInt("missed_after"), row.getInt("open_after")),
                row.getInt("became_missed"),
                row.getInt("became_met"),
                row.getInt("changed"));
    }
}
