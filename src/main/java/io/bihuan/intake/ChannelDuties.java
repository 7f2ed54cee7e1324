package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who screens each channel, and how. Known again after at most five seconds on every node. */
@Component
public class ChannelDuties {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    /**
     * The setting of a channel.
     *
     * @param screener null: the agents share it
     * @param deputy for when the screener is away
     * @param businessLine of what says none itself; null: the first one
     * @param screensFirst whether everything waits for the screener before it becomes a complaint
     */
    public record ChannelDuty(
            Channel channel,
            @Nullable UUID screener,
            @Nullable UUID deputy,
            @Nullable String businessLine,
            boolean screensFirst) {
        static ChannelDuty none(Channel channel) {
            return new ChannelDuty(channel, null, null, null, false);
        }
    }

    private record Known(Map<Channel, ChannelDuty> duties, Instant until) {}

    private final JdbcClient jdbc;
    private final InstantSource time;
    private volatile Known known = new Known(Map.of(), Instant.MIN);

    ChannelDuties(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    public ChannelDuty of(Channel channel) {
        Instant now = time.instant();
        Known current = known;
        if (!now.isBefore(current.until()) || now.isBefore(current.until().minus(KNOWN_FOR))) {
            current = new Known(read(), now.plus(KNOWN_FOR));
            known = current;
        }
        return current.duties().getOrDefault(channel, ChannelDuty.none(channel));
    }

    /** Sets who screens a channel, and how. */
    public void set(ChannelDuty duty) {
        jdbc.sql("""
                        insert into intake.channel_duty (channel, screener, deputy, business_line, screens_first)
                        values (:channel, :screener, :deputy, :line, :first)
                        on conflict (channel) do update set screener = excluded.screener, deputy = excluded.deputy,
                            business_line = excluded.business_line, screens_first = excluded.screens_first
                        """)
                .param("channel", duty.channel().name())
                .param("screener", duty.screener())
                .param("deputy", duty.deputy())
                .param("line", duty.businessLine())
                .param("first", duty.screensFirst())
                .update();
        known = new Known(Map.of(), Instant.MIN);
    }

    private Map<Channel, ChannelDuty> read() {
        var duties = new EnumMap<Channel, ChannelDuty>(Channel.class);
        // bounded: one row a channel
        jdbc.sql("select * from intake.channel_duty")
                .query((row, number) -> new ChannelDuty(
                        Channel.valueOf(row.getString("channel")),
                        row.getObject("screener", UUID.class),
                        row.getObject("deputy", UUID.class),
                        row.getString("business_line"),
                        row.getBoolean("screens_first")))
                .list()
                .forEach(duty -> duties.put(duty.channel(), duty));
        return duties;
    }
}
