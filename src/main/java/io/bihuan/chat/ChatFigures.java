package io.bihuan.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many chats were answered, and how soon. */
@Component
public class ChatFigures {
    private final JdbcClient jdbc;

    ChatFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What became of the chats opened in a time; times are those to the first answer of a person.
     *
     * @param answeredInMinute of those answered, how many within a minute
     */
    public record Figures(
            int opened,
            int answered,
            int answeredInMinute,
            int left,
            int messages,
            @Nullable Duration median,
            @Nullable Duration ninetieth) {}

    /** Counts at most the newest 10,000 chats since then. */
    public Figures since(Instant since) {
        return jdbc.sql("""
                        with c as (select state, extract(epoch from answered_at - opened_at) as seconds, answered_at
                                   from chat.chat where opened_at >= :since order by opened_at desc, id desc limit 10000)
                        select count(*) as opened, count(answered_at) as answered,
                            count(*) filter (where seconds <= 60) as in_minute,
                            count(*) filter (where state = 'LEFT') as gone, count(*) filter (where state = 'MESSAGE') as messages,
                            percentile_disc(0.5) within group (order by seconds) as median,
                            percentile_disc(0.9) within group (order by seconds) as ninetieth
                        from c
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Figures(
                        row.getInt("opened"),
                        row.getInt("answered"),
                        row.getInt("in_minute"),
                        row.getInt("gone"),
                        row.getInt("messages"),
                        seconds(row, "median"),
                        seconds(row, "ninetieth")))
                .single();
    }

    private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }
}
