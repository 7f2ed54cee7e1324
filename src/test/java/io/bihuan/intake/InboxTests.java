package io.bihuan.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.intake.InboxMessage.State;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Lease;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a channel receives is kept once, read once, and never dropped. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class InboxTests {
    @Autowired
    Inbox inbox;

    @Autowired
    InboxWork work;

    @Autowired
    Complaints complaints;

    @Autowired
    SourceStates sources;

    @Autowired
    Lease lease;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void resetTime() {
        time.reset();
    }

    private Received text(String id, String text) {
        return Received.of(
                Channel.EMAIL, "plain:box", id, time.instant(), "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private InboxMessage read(Received received) {
        UUID id = inbox.receive(received).id();
        return until(id, State.OPENED, State.ADDED, State.PARKED, State.ENDED, State.REJECTED);
    }

    private InboxMessage until(UUID id, State... states) {
        List<State> wanted = List.of(states);
        for (int tries = 0; tries < 600; tries++) {
            InboxMessage message = inbox.find(id).orElseThrow();
            if (wanted.contains(message.state())) {
                return message;
            }
            work.readOne();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("still " + inbox.find(id).orElseThrow().state());
    }

    private static String id() {
        return Ids.next().toString();
    }

    @Test
    void aMessageBecomesOneComplaintAndItsRawContentIsKept() throws IOException {
        InboxMessage opened = read(text(id(), "open 空调不制冷，请尽快处理。"));
        assertThat(opened.state()).isEqualTo(State.OPENED);
        Complaint complaint =
                complaints.find(Objects.requireNonNull(opened.complaint())).orElseThrow();
        assertThat(complaint.id()).isEqualTo(opened.complaintId());
        assertThat(complaint.channel()).isEqualTo(Channel.EMAIL);
        assertThat(complaint.content()).isEqualTo(Personal.of("空调不制冷，请尽快处理。"));
        assertThat(new String(inbox.open(opened).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("open 空调不制冷，请尽快处理。");
        assertThat(inbox.of(complaint.id())).extracting(InboxMessage::id).containsExactly(opened.id());
        byte[] stored = jdbc.sql("select raw from intake.message where id = :id")
                .param("id", opened.id())
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.UTF_8)).doesNotContain("空调");
    }

    @Test
    void theSameMessageTenTimesAtOnceIsOne() throws Exception {
        Received received = text(id(), "open 同一封邮件");
        var ids = new HashSet<UUID>();
        int isNew = 0;
        try (var threads = Executors.newFixedThreadPool(10)) {
            var asked = new ArrayList<Callable<Inbox.Receipt>>();
            for (int i = 0; i < 10; i++) {
                asked.add(() -> inbox.receive(received));
            }
            for (Future<Inbox.Receipt> receipt : threads.invokeAll(asked)) {
                ids.add(receipt.get().id());
                isNew += receipt.get().isNew() ? 1 : 0;
                assertThat(receipt.get().isSame()).isTrue();
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(isNew).isEqualTo(1);
        InboxMessage opened = until(ids.iterator().next(), State.OPENED);
        assertThat(inbox.of(Objects.requireNonNull(opened.complaintId()))).hasSize(1);
        assertThat(inbox.receive(text(received.sourceId(), "open 别的内容")).isSame())
                .isFalse();
    }

    @Test
    void anAdditionGoesToItsComplaintAndOneToNoCaseWaitsForAPerson() {
        InboxMessage opened = read(text(id(), "open 冰箱异响"));
        InboxMessage added = read(
                text(id(), "add " + Objects.requireNonNull(opened.complaint()).digits()));
        assertThat(added.state()).isEqualTo(State.ADDED);
        assertThat(complaints.history(opened.complaint(), 0, 50))
                .anyMatch(event -> event.event() instanceof ComplaintEvent.InformationAdded information
                        && Personal.text(information.text()).equals("还是不制冷"));
        // No case ever was registered on this day.
        String unknown = IntStream.range(0, 10)
                .mapToObj(check -> "1901010000001" + check)
                .filter(digits -> ComplaintNumber.read(digits).isPresent())
                .findFirst()
                .orElseThrow();
        InboxMessage lost = read(text(id(), "add " + unknown));
        assertThat(lost.reason()).isEqualTo(ParkReason.UNKNOWN_CASE);
        assertThat(lost.state()).isEqualTo(State.PARKED);
    }

    @Test
    void whatThePackDoesNotTakeWaitsWithItsProblems() {
        InboxMessage parked = read(text(id(), "wrong 内容"));
        assertThat(parked.state()).isEqualTo(State.PARKED);
        assertThat(parked.reason()).isEqualTo(ParkReason.INVALID);
        assertThat(parked.arguments()).anyMatch(problem -> problem.startsWith("/category"));
        assertThat(Objects.requireNonNull(parked.draft()).content()).isEqualTo("内容");
        assertThat(parked.screener()).isNotNull();
    }

    @Test
    void whatCannotBeReadIsTriedAgainAndThenWaitsForAPerson() {
        UUID id = inbox.receive(text(id(), "fail 一")).id();
        for (int tries = 0; tries < 2_000 && inbox.find(id).orElseThrow().state() == State.NEW; tries++) {
            time.advance(Duration.ofMinutes(3));
            work.readOne();
        }
        InboxMessage parked = inbox.find(id).orElseThrow();
        assertThat(parked.reason()).isEqualTo(ParkReason.FAILED);
        assertThat(parked.arguments().getFirst()).contains("no line to the moon");
        assertThat(PlainReader.FAILURES.get()).isGreaterThanOrEqualTo(InboxWork.MOST_ATTEMPTS);
        assertThat(inbox.readAgain(id)).isTrue();
        assertThat(inbox.find(id).orElseThrow().state()).isIn(State.NEW, State.PARKED);
    }

    @Test
    void aConversationIsReadInItsOrder() {
        String conversation = id();
        UUID first = inbox.receive(text(id(), "fail 一").withConversation(conversation))
                .id();
        UUID second = inbox.receive(text(id(), "end 二").withConversation(conversation))
                .id();
        UUID alone = inbox.receive(text(id(), "end 三")).id();
        until(alone, State.ENDED);
        assertThat(inbox.find(first).orElseThrow().state()).isEqualTo(State.NEW);
        assertThat(inbox.find(second).orElseThrow().state()).isEqualTo(State.NEW);
        jdbc.sql("update intake.message set state = 'ENDED', read_at = now() where id = :id")
                .param("id", first)
                .update();
        assertThat(until(second, State.ENDED).note()).isEqualTo("二");
    }

    @Test
    void aSourceWithoutReaderIsParkedAndNotLost() {
        InboxMessage parked =
                read(Received.of(Channel.PARTNER, "nobody:x", id(), time.instant(), "text/plain", new byte[] {'x'}));
        assertThat(parked.reason()).isEqualTo(ParkReason.NOT_CONFIGURED);
    }

    @Test
    void aSourceSaysHowItIs() {
        String source = "plain:" + id();
        sources.working(source);
        sources.failing(source, "connection refused");
        assertThat(sources.all())
                .filteredOn(state -> state.source().equals(source))
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.word()).isEqualTo(SourceStates.Word.FAILING);
                    assertThat(state.reason()).isEqualTo("connection refused");
                    assertThat(state.workedAt()).isNotNull();
                });
    }

    @Test
    void aLeaseIsRenewedByItsHolder() {
        String name = id();
        assertThat(lease.hold(name, Duration.ofMinutes(1))).isTrue();
        assertThat(lease.hold(name, Duration.ofMinutes(1))).isTrue();
        jdbc.sql("update platform.lease set holder = 'another' where name = :name")
                .param("name", name)
                .update();
        assertThat(lease.hold(name, Duration.ofMinutes(1))).isFalse();
        time.advance(Duration.ofMinutes(2));
        assertThat(lease.hold(name, Duration.ofMinutes(1))).isTrue();
        lease.release(name);
    }
}
