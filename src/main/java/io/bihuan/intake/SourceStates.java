package io.bihuan.intake;

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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the mailboxes, accounts and telephone systems that feed the channels work: what each says of itself, stored for all nodes. */
@Component
public class SourceStates {
    /** Sources shown at once. */
    public static final int MOST = 200;

    private static final Duration REPEATED = Duration.ofSeconds(30);
    private static final int LONGEST_REASON = 500;

    /** What a source said of itself last. */
    public enum Word {
        WORKING,
        FAILING,
        STOPPED
    }

    /**
     * The state of a source.
     *
     * @param since when it began to say so
     * @param seenAt when it said so last
     * @param workedAt when it worked last
     */
    public record SourceState(
            String source,
            Word word,
            Instant since,
            Instant seenAt,
            @Nullable Instant workedAt,
            @Nullable String reason) {}

    private record Said(Word word, @Nullable String reason, Instant at) {}

    private final Map<String, Said> said = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final InstantSource time;

    SourceStates(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    public void working(String source) {
        say(source, Word.WORKING, null);
    }

    /**
     * Says that it does not work.
     *
     * @param reason for administrators; no personal data, no secrets
     */
    public void failing(String source, String reason) {
        String cut = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        say(source, Word.FAILING, cut.replace('\0', ' '));
    }

    public void stopped(String source) {
        say(source, Word.STOPPED, null);
    }

    private void say(String source, Word word, @Nullable String reason) {
        Instant now = time.instant();
        Said before = said.get(source);
        if (before != null
                && before.word() == word
                && Objects.equals(before.reason(), reason)
                && now.isBefore(before.at().plus(REPEATED))
                && !now.isBefore(before.at())) {
            return;
        }
        jdbc.sql("""
                        insert into intake.source_state as s (source, state, since, seen_at, worked_at, reason)
                        values (:source, :state, :now, :now, case when :state = 'WORKING' then :now::timestamptz end, :reason)
                        on conflict (source) do update set
                            since = case when s.state = excluded.state then s.since else excluded.since end,
                            state = excluded.state, seen_at = excluded.seen_at, reason = excluded.reason,
                            worked_at = coalesce(excluded.worked_at, s.worked_at)
                        """)
                .param("source", source)
                .param("state", word.name())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
        said.put(source, new Said(word, reason, now));
    }

    /** All sources, by name. */
    public List<SourceState> all() {
        return jdbc.sql("select * from intake.source_state order by source limit :most")
                .param("most", MOST)
                .query((row, number) -> state(row))
                .list();
    }

    private static SourceState state(ResultSet row) throws SQLException {
        OffsetDateTime worked = row.getObject("worked_at", OffsetDateTime.class);
        return new SourceState(
                row.getString("source"),
                Word.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                worked == null ? null : worked.toInstant(),
                row.getString("reason"));
    }
}
