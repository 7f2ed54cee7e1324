package io.bihuan.telephony;

import static io.bihuan.telephony.CallRows.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How reachable the hotline was, counted from the incoming calls of the log. */
@Component
public class CallFigures {
    public static final int MOST_DAYS = 31;
    /** Within so long a call is to be answered. */
    public static final Duration TARGET = Duration.ofSeconds(30);

    private static final int MOST_LINES = 3_000;

    /** How long a line of the table is. */
    public enum Interval {
        QUARTER(Duration.ofMinutes(15)),
        HALF(Duration.ofMinutes(30)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final Duration length;

        Interval(Duration length) {
            this.length = length;
        }
    }

    /**
     * Calls that were offered within an interval, by their first offer. A call that was given up within {@link Call#SHORT} was a slip
     * and counts in no rate, nor does one that still waits.
     *
     * @param abandoned without the short ones
     * @param waiting neither answered nor given up yet
     * @param answerWaits milliseconds that the answered ones waited, together; {@code talks} those that they talked
     */
    public record Line(
            Instant from,
            long offered,
            long answered,
            long inTime,
            long abandoned,
            long shortAbandoned,
            long waiting,
            long answerWaits,
            long talks,
            long ended) {
        /** The calls by which the rates are counted. */
        public long counted() {
            return answered + abandoned;
        }

        /** Answered ÷ counted; null when there were none. */
        public @Nullable Double connectRate() {
            return share(answered);
        }

        /** Answered within {@link #TARGET} ÷ counted. */
        public @Nullable Double answerRate() {
            return share(inTime);
        }

        /** Given up ÷ counted. */
        public @Nullable Double abandonmentRate() {
            return share(abandoned);
        }

        /** Waits of the answered ÷ answered. */
        public @Nullable Duration speedOfAnswer() {
            return answered == 0 ? null : Duration.ofMillis(Math.round((double) answerWaits / answered));
        }

        /** Talks ÷ ended talks. */
        public @Nullable Duration talk() {
            return ended == 0 ? null : Duration.ofMillis(Math.round((double) talks / ended));
        }

        private @Nullable Double share(long part) {
            return counted() == 0 ? null : (double) part / counted();
        }

        /** The two together. */
        Line plus(Line other) {
            return new Line(
                    from,
                    offered + other.offered,
                    answered + other.answered,
                    inTime + other.inTime,
                    abandoned + other.abandoned,
                    shortAbandoned + other.shortAbandoned,
                    waiting + other.waiting,
                    answerWaits + other.answerWaits,
                    talks + other.talks,
                    ended + other.ended);
        }
    }

    private final JdbcClient jdbc;

    CallFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lines with calls, in their order.
     *
     * @param from beginning of a day in the zone, less than {@link #MOST_DAYS} days and a bit before {@code until}
     * @param zone name of the time zone, whose days and hours count
     */
    public List<Line> lines(Instant from, Instant until, Interval interval, String zone, @Nullable String queue) {
        if (Duration.between(from, until).toDays() > MOST_DAYS) {
            throw new IllegalArgumentException("more than " + MOST_DAYS + " days");
        }
        return jdbc.sql("""
                        select date_bin(make_interval(secs => :length), offered_at at time zone :zone, timestamp '2000-01-01') at time zone :zone
                                as interval_from,
                            count(*) as offered,
                            count(answered_at) as answered,
                            count(*) filter (where answered_at is not null and waited_ms <= :target) as in_time,
                            count(*) filter (where state = 'ABANDONED' and waited_ms > :short) as abandoned,
                            count(*) filter (where state = 'ABANDONED' and waited_ms <= :short) as short_abandoned,
                            count(*) filter (where answered_at is null and state <> 'ABANDONED') as waiting,
                            coalesce(sum(waited_ms) filter (where answered_at is not null), 0)::bigint as answer_waits,
                            coalesce(sum(talked_ms), 0)::bigint as talks,
                            count(talked_ms) as ended
                        from telephony.call
                        where direction = 'INBOUND' and offered_at >= :from and offered_at < :until
                            and (:queue::text is null or queue = :queue)
                        group by 1 order by 1 limit :most
                        """)
                .param("length", interval.length.toSeconds())
                .param("zone", zone)
                .param("target", TARGET.toMillis())
                .param("short", Call.SHORT.toMillis())
                .param("from", sql(from))
                .param("until", sql(until))
                .param("queue", queue)
                .param("most", MOST_LINES)
                .query((row, number) -> new Line(
                        Objects.requireNonNull(CallRows.instant(row, "interval_from")),
                        row.getLong("offered"),
                        row.getLong("answered"),
                        row.getLong("in_time"),
                        row.getLong("abandoned"),
                        row.getLong("short_abandoned"),
                        row.getLong("waiting"),
                        row.getLong("answer_waits"),
                        row.getLong("talks"),
                        row.getLong("ended")))
                .list();
    }

    /** All lines together; from the beginning of the first, null without any. */
    public static @Nullable Line sum(List<Line> lines) {
        return lines.stream().reduce(Line::plus).orElse(null);
    }

    /** The queues that calls came to within a time; at most 200. */
    public List<String> queues(Instant from, Instant until) {
        return jdbc.sql("""
                        select distinct queue from telephony.call
                        where direction = 'INBOUND' and offered_at >= :from and offered_at < :until and queue is not null
                        order by queue limit 200
                        """)
                .param("from", sql(from))
                .param("until", sql(until))
                .query(String.class)
                .list();
    }
}
