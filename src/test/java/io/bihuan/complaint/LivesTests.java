package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the benchmarks measure is no other data than people would have made. */
@BihuanTest
class LivesTests {
    private static final int LIVES = 200;

    @Autowired
    ApplicationContext context;

    @Autowired
    StoredHistory stored;

    @Autowired
    CustomerFollower customers;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource time;

    @Test
    void generatedComplaintsAreWhatTheirHistoriesSay() throws Exception {
        var lives = new Lives(
                context,
                new Lives.Extent(LIVES, time.instant().truncatedTo(ChronoUnit.MICROS)),
                List.of(SomeComplaint.OWNER, SomeComplaint.COLLEAGUE));
        lives.write(0, LIVES);

        assertThat(lives.written().cardinality()).isEqualTo(LIVES);
        List<UUID> ids = jdbc.sql("select id from complaint.complaint where origin = 'lives' limit 1000")
                .query(UUID.class)
                .list();
        assertThat(HistoryCheck.of(stored).details())
                .noneMatch(finding -> ids.stream().anyMatch(id -> finding.contains(id.toString())));
        double events = jdbc.sql("select count(*) from complaint.event where complaint_id = any(?)")
                        .param(ids.toArray(UUID[]::new))
                        .query(Long.class)
                        .single()
                / (double) LIVES;
        assertThat(events).isBetween(11.0, 13.5);

        // The follower that remembers customers finds nothing that it does not know, once it has read all.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!hasRead(ids) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(hasRead(ids)).isTrue();
        String known = known();
        customers.apply(ids.stream()
                .map(id -> new Feed.Entry(id, 1, "Registered", Position.START))
                .toList());
        assertThat(known()).isEqualTo(known);
    }

    private boolean hasRead(List<UUID> complaintIds) {
        return jdbc.sql("""
                        select (epoch, txid, id) >= (select e.epoch, e.txid, e.id from complaint.event e
                                                     where complaint_id = any(?)
                                                     order by e.epoch desc, e.txid desc, e.id desc limit 1)
                        from platform.follower where name = ?
                        """)
                .param(complaintIds.toArray(UUID[]::new))
                .param(customers.name())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private String known() {
        return jdbc.sql("""
                        select (select count(*) from customer.customer) || ' ' || (select count(*) from customer.identity)
                            || ' ' || (select count(*) from customer.thing) || ' ' || (select count(*) from customer.thing_key)
                            || ' ' || (select count(*) from customer.mention)
                        """).query(String.class).single();
    }
}
