package io.bihuan.platform.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.platform.Actor;
import io.bihuan.platform.database.Epochs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A follower misses nothing and disorders nothing, whatever the order in which transactions begin and end. */
@BihuanTest
class FollowersTests {
    /** Applies a complaint's events above the last one applied, in their order: what every follower of states does. */
    private final class Remembering implements Follower {
        private final String name = "test-" + UUID.randomUUID();
        private final Map<UUID, List<Integer>> applied = new HashMap<>();

        @Override
        public String name() {
            return name;
        }

        @Override
        public void apply(List<Feed.Entry> page) {
            page.stream().map(Feed.Entry::subjectId).distinct().forEach(id -> {
                List<Integer> done = applied.computeIfAbsent(id, key -> new ArrayList<>());
                int last = done.isEmpty() ? 0 : done.getLast();
                done.addAll(jdbc.sql(
                                "select seq from complaint.event where complaint_id = :id and seq > :last order by seq")
                        .param("id", id)
                        .param("last", last)
                        .query(Integer.class)
                        .list());
            });
        }

        List<Integer> of(Complaint complaint) {
            return applied.getOrDefault(complaint.id(), List.of());
        }
    }

    @Autowired
    Complaints complaints;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Feed feed;

    @Autowired
    Epochs epochs;

    @Autowired
    InstantSource time;

    @Autowired
    PlatformTransactionManager transactions;

    private Followers followers;
    private final Remembering follower = new Remembering();

    @BeforeEach
    void followers() {
        followers = new Followers(jdbc, new TransactionTemplate(transactions), feed, epochs, List.of(follower));
    }

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    private void note(Complaint complaint, String text) {
        complaints.perform(complaint.number(), null, new Command.Note(text, List.of()), Actor.SYSTEM);
    }

    @Test
    void aTransactionThatBeganEarlierAndAppendsLaterIsNeitherMissedNorDisordered() throws Exception {
        Complaint complaint = registered();
        catchUpTo(complaint, 2);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var early = executor.submit(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                jdbc.sql("set local idle_in_transaction_session_timeout = 0").update();
                jdbc.sql("select pg_current_xact_id()::text")
                        .query(String.class)
                        .single(); // takes the lower id now
                begun.countDown();
                try {
                    assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                note(complaint, "begun first, appended last");
            }));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            note(complaint, "begun last, appended first");
            followers.catchUp(follower);
            // The open transaction holds back what came after it began: nothing may be passed over.
            assertThat(follower.of(complaint)).doesNotContain(3);
            goOn.countDown();
            early.get();
        }
        catchUpTo(complaint, 4);
        assertThat(follower.of(complaint)).containsExactly(1, 2, 3, 4);
        assertThat(jdbc.sql("select seq from complaint.event where complaint_id = :id order by txid, id")
                        .param("id", complaint.id())
                        .query(Integer.class)
                        .list())
                .as("the order of transactions is another than that of the history")
                .containsSubsequence(4, 3);
    }

    @Test
    void underConcurrentWritesEveryEventIsAppliedOnceInItsOrder() throws Exception {
        List<Complaint> several =
                IntStream.range(0, 6).mapToObj(i -> registered()).toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, 4)
                    .mapToObj(writer -> executor.submit(() -> IntStream.range(0, 40)
                            .forEach(i -> note(several.get((i + writer) % several.size()), "note " + i))))
                    .toList();
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                followers.catchUp(follower);
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        for (Complaint complaint : several) {
            int version = complaints.find(complaint.number()).orElseThrow().version();
            catchUpTo(complaint, version);
            assertThat(follower.of(complaint))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, version).boxed().toList());
        }
    }

    @Test
    void positionAndEffectAreStoredTogether() {
        Complaint complaint = registered();
        var failing = new Follower() {
            @Override
            public String name() {
                return follower.name();
            }

            @Override
            public void apply(List<Feed.Entry> page) {
                throw new IllegalStateException("no");
            }
        };
        try {
            followers.catchUp(failing);
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no");
        }
        catchUpTo(complaint, 2);
        assertThat(follower.of(complaint)).containsExactly(1, 2);
    }

    /** Another test's transaction may still be open somewhere on the server: then the follower has to wait for it. */
    private void catchUpTo(Complaint complaint, int version) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        followers.catchUp(follower);
        while (!follower.of(complaint).contains(version) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            followers.catchUp(follower);
        }
    }
}
