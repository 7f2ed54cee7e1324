package io.bihuan.complaint.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.platform.Actor;
import io.bihuan.web.LiveStreams;
import io.bihuan.web.LiveStreams.News;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the open pages of a node hear of the history. */
@BihuanTest
class LiveChangesTests {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Autowired
    LiveStreams changes;

    @Autowired
    Complaints complaints;

    @Autowired
    InstantSource time;

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    /** Other tests may write in between: waits for news of this one. */
    private static int heardOf(LiveStreams.Stream stream, Complaint complaint) throws InterruptedException {
        while (true) {
            News news = stream.await(LONG);
            assertThat(news.isEmpty()).as("heard of " + complaint.number()).isFalse();
            Integer version = news.versions(ComplaintNews.TOPIC).get(complaint.id());
            if (version != null) {
                return version;
            }
        }
    }

    @Test
    void everyStreamHearsOfARegistrationAndOfWhatFollows() throws Exception {
        try (var first = changes.open(UUID.randomUUID()).orElseThrow();
                var second = changes.open(UUID.randomUUID()).orElseThrow()) {
            Complaint complaint = registered();
            assertThat(heardOf(first, complaint)).isEqualTo(complaint.version());
            assertThat(heardOf(second, complaint)).isEqualTo(complaint.version());
            complaints.perform(complaint.number(), null, new Command.Note("备注", List.of()), Actor.SYSTEM);
            assertThat(heardOf(first, complaint)).isEqualTo(complaint.version() + 1);
        }
    }

    @Test
    void whoComesAfterAllHadLeftHearsAgain() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (var stream = changes.open(UUID.randomUUID()).orElseThrow()) {
                Complaint complaint = registered();
                assertThat(heardOf(stream, complaint)).isEqualTo(complaint.version());
            }
        }
    }

    @Test
    void theEndOfTheServerEndsEveryStreamAtOnce() throws Exception {
        var stream = changes.open(UUID.randomUUID()).orElseThrow();
        var news = CompletableFuture.supplyAsync(() -> {
            try {
                News heard = stream.await(LONG);
                while (!heard.end()) {
                    heard = stream.await(LONG);
                }
                return heard;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try {
            changes.stop();
            assertThat(news.get(LONG.toSeconds(), TimeUnit.SECONDS).end()).isTrue();
            assertThat(changes.open(UUID.randomUUID())).isEmpty();
        } finally {
            stream.close();
            changes.start();
        }
    }
}
