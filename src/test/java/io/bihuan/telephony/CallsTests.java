package io.bihuan.telephony;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.ParkReason;
import io.bihuan.platform.Refused;
import io.bihuan.telephony.CallBacks.CallBack;
import io.bihuan.telephony.CallEvent.Kind;
import io.bihuan.telephony.CallFigures.Interval;
import io.bihuan.web.LiveStreams;
import io.bihuan.web.LiveStreams.News;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The call log, the call-backs and the figures on a real database. */
@BihuanTest
class CallsTests {
    @Autowired
    Calls calls;

    @Autowired
    CallLog log;

    @Autowired
    CallFigures figures;

    @Autowired
    CallBacks callBacks;

    @Autowired
    CallBackWatcher watcher;

    @Autowired
    javax.sql.DataSource database;

    @Autowired
    Extensions extensions;

    @Autowired
    Inbox inbox;

    @Autowired
    LiveStreams streams;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableTime time;

    private String source = "";
    private String phone = "";
    private String extension = "";
    private SignedIn agent = new SignedIn(new UUID(0, 0), "", "", java.util.Set.of(), null, false);
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void aTelephoneSystem() {
        source = "t" + UUID.randomUUID().toString().substring(0, 12);
        phone = "137" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
        extension = "x" + UUID.randomUUID().toString().substring(0, 12);
        agent = person(staff, "周敏", null, Role.AGENT);
        extensions.assign(extension, agent.id());
        now = time.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);
    }

    @AfterEach
    void resetTime() {
        time.reset();
    }

    private CallEvent event(String call, int second, Kind kind) {
        return CallEvent.of(source, call, call + kind + second, kind, now.plusSeconds(second))
                .withNumber(kind == Kind.QUEUED || kind == Kind.RINGING ? phone : null);
    }

    private LoggedCall logged(String call) {
        return calls.find(source, call).orElseThrow();
    }

    /** Lets everything happen that is due; the application's own loop takes its share of it. */
    private void follow() {
        time.advance(Calls.SETTLED.plusSeconds(1));
        for (long end = System.nanoTime() + Duration.ofSeconds(30).toNanos(); isStillToFollow(); ) {
            assertThat(System.nanoTime()).as("everything was followed in time").isLessThan(end);
            if (!callBacks.followOne()) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean isStillToFollow() {
        return jdbc.sql("select exists (select from telephony.call where source = :source and follow_at is not null)")
                .param("source", source)
                .query(Boolean.class)
                .single();
    }

    private CallBack callBack(String call) {
        return callBacks.find(Objects.requireNonNull(logged(call).callBack())).orElseThrow();
    }

    private InboxMessage parked(CallBack callBack) throws InterruptedException {
        UUID message = Objects.requireNonNull(
                callBacks.find(callBack.id()).orElseThrow().message());
        return settled(message, InboxMessage.State.PARKED);
    }

    private InboxMessage settled(UUID message, InboxMessage.State state) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            InboxMessage found = inbox.find(message).orElseThrow();
            if (found.state() == state) {
                return found;
            }
            Thread.sleep(50);
        }
        throw new AssertionError(inbox.find(message).orElseThrow().state());
    }

    @Test
    void eventsToldTenTimesAtOnceInAnyOrderMakeOneCall() throws Exception {
        List<CallEvent> events = List.of(
                event("c1", 0, Kind.QUEUED).inQueue("service"),
                event("c1", 3, Kind.RINGING).atExtension(extension),
                event("c1", 9, Kind.ANSWERED).atExtension(extension),
                event("c1", 30, Kind.HELD),
                event("c1", 40, Kind.RESUMED),
                event("c1", 100, Kind.ENDED),
                event("c1", 102, Kind.RECORDING_READY).withRecording("https://r.example.com/c1.wav", "ab".repeat(32)));
        var told = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 10; i++) {
            events.forEach(event -> told.add(() -> calls.record(event)));
        }
        Collections.shuffle(told, new Random(7));
        int taken = 0;
        try (var many = Executors.newFixedThreadPool(8)) {
            for (var each : many.invokeAll(told)) {
                taken += each.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(events.size());
        LoggedCall call = logged("c1");
        assertThat(call.state()).isEqualTo(Call.State.ENDED);
        assertThat(call.version()).isEqualTo(events.size());
        assertThat(call.number()).isEqualTo("+86" + phone);
        assertThat(call.staff()).isEqualTo(agent.id());
        assertThat(call.agents()).isEmpty();
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(9));
        assertThat(call.talked()).isEqualTo(Duration.ofSeconds(91));
        assertThat(call.held()).isEqualTo(Duration.ofSeconds(10));
        assertThat(call.recording()).isEqualTo("https://r.example.com/c1.wav");
        assertThat(call.recordingSha256()).isEqualTo("ab".repeat(32));
        assertThat(calls.history(call).events()).hasSize(events.size());
    }

    @Test
    void neitherNumberNorRecordingStandsInClearText() {
        calls.record(event("c1", 0, Kind.QUEUED));
        calls.record(event("c1", 2, Kind.RECORDING_READY).withRecording("https://r.example.com/" + phone, null));
        String stored =
                jdbc.sql("""
                        select c::text || (select string_agg(e::text, '') from telephony.call_event e where e.call_id = c.id)
                        from telephony.call c where source = :source
                        """).param("source", source).query(String.class).single();
        String hex = java.util.HexFormat.of().formatHex(phone.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(stored).doesNotContain(phone, hex);
    }

    @Test
    void theAgentWhoIsRungHearsOfItOnWhateverNodeItWasTold() throws Exception {
        SignedIn other = person(staff, "别人", null, Role.AGENT);
        try (var mine = streams.open(agent.id()).orElseThrow();
                var others = streams.open(other.id()).orElseThrow()) {
            calls.record(event("c1", 0, Kind.QUEUED));
            calls.record(event("c1", 1, Kind.RINGING).atExtension(extension));
            LoggedCall call = logged("c1");
            assertThat(call.agents()).containsExactly(agent.id());
            while (true) {
                News news = mine.await(Duration.ofSeconds(20));
                assertThat(news.isEmpty()).isFalse();
                if (news.versions(CallNews.TOPIC).containsKey(call.id())) {
                    break;
                }
            }
            // Another node: nothing here rings, the row alone says it.
            jdbc.sql("update telephony.call set version = version + 1, changed_at = :now where id = :id")
                    .param("now", time.instant().atOffset(java.time.ZoneOffset.UTC))
                    .param("id", call.id())
                    .update();
            while (true) {
                News news = mine.await(Duration.ofSeconds(20));
                assertThat(news.isEmpty()).isFalse();
                if (Objects.equals(news.versions(CallNews.TOPIC).get(call.id()), call.version() + 1)) {
                    break;
                }
            }
            News heard = others.await(Duration.ofMillis(10));
            assertThat(heard.versions(CallNews.TOPIC)).doesNotContainKey(call.id());
        }
        assertThat(calls.current(agent.id())).extracting(LoggedCall::callId).containsExactly("c1");
        assertThat(calls.current(other.id())).isEmpty();
    }

    @Test
    void aCallStaysWithItsAgentUntilSomethingIsWrittenDownOrTheNextOneComes() {
        now = time.instant().minusSeconds(60);
        calls.record(event("c1", 0, Kind.RINGING).atExtension(extension));
        calls.record(event("c1", 5, Kind.ANSWERED).atExtension(extension));
        calls.record(event("c1", 30, Kind.ENDED));
        assertThat(calls.current(agent.id())).extracting(LoggedCall::callId).containsExactly("c1");
        calls.record(event("c2", 40, Kind.RINGING).atExtension(extension));
        assertThat(calls.current(agent.id())).extracting(LoggedCall::callId).containsExactly("c2");
        calls.record(event("c2", 50, Kind.ENDED));
        time.advance(Calls.WRAP_UP.plusMinutes(1));
        assertThat(calls.current(agent.id())).isEmpty();
    }

    @Test
    void anAbandonedCallAsksOnceToBeCalledBackAndFurtherOnesOfTheHalfHourBelongToIt() throws Exception {
        calls.record(event("c1", 0, Kind.QUEUED).inQueue("service"));
        calls.record(event("c1", 20, Kind.ABANDONED));
        calls.record(event("c1", 20, Kind.ENDED));
        follow();
        CallBack first = callBack("c1");
        InboxMessage message = parked(first);
        assertThat(message.reason()).isEqualTo(ParkReason.CALL_BACK);
        assertThat(Objects.requireNonNull(message.draft()).customerPhone()).isEqualTo("+86" + phone);
        assertThat(message.arguments()).containsExactly("+86" + phone, "service");

        calls.record(event("c2", 300, Kind.QUEUED));
        calls.record(event("c2", 330, Kind.ABANDONED));
        calls.record(event("c2", 331, Kind.ENDED));
        follow();
        follow();
        assertThat(callBack("c2").id()).isEqualTo(first.id());
        assertThat(callBack("c2").calls()).isEqualTo(2);

        now = now.plus(CallBacks.TOGETHER).plusSeconds(400);
        time.advance(CallBacks.TOGETHER);
        calls.record(event("c3", 0, Kind.QUEUED));
        calls.record(event("c3", 60, Kind.ABANDONED));
        follow();
        assertThat(callBack("c3").id()).as("half an hour later it is another").isNotEqualTo(first.id());
        assertThat(jdbc.sql("select count(*) from intake.message where source = :source")
                        .param("source", "phone:" + source)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whoeverIsSpokenWithAfterAllNeedNotBeCalledBack() throws Exception {
        calls.record(event("c1", 0, Kind.QUEUED));
        calls.record(event("c1", 20, Kind.ABANDONED));
        follow();
        InboxMessage message = parked(callBack("c1"));

        calls.record(event("c2", 100, Kind.RINGING).atExtension(extension).towards(Direction.OUTBOUND));
        follow();
        assertThat(callBack("c1").closedAt()).as("nobody has answered yet").isNull();
        calls.record(event("c2", 110, Kind.ANSWERED).atExtension(extension));
        follow();
        CallBack closed = callBack("c1");
        assertThat(closed.closedByCall()).isEqualTo(logged("c2").id());
        InboxMessage ended = settled(message.id(), InboxMessage.State.ENDED);
        assertThat(ended.note()).contains(logged("c2").id().toString());
    }

    @Test
    void anAnswerThatWasToldTooLateAsksForNoCallBack() {
        calls.record(event("c1", 0, Kind.QUEUED));
        calls.record(event("c1", 80, Kind.ENDED));
        assertThat(logged("c1").state()).isEqualTo(Call.State.ABANDONED);
        calls.record(event("c1", 10, Kind.ANSWERED).atExtension(extension));
        follow();
        assertThat(logged("c1").state()).isEqualTo(Call.State.ENDED);
        assertThat(logged("c1").callBack()).isNull();
    }

    @Test
    void oneTakesTheCallBackOverAndSeesTheNumber() {
        calls.record(event("c1", 0, Kind.QUEUED));
        calls.record(event("c1", 20, Kind.ABANDONED));
        follow();
        UUID id = callBack("c1").id();
        var waiting = new CallLog.Filter(null, null, null, null, "+86" + phone, null, null, true);
        assertThat(log.page(waiting, null).calls())
                .extracting(LoggedCall::callId)
                .containsExactly("c1");
        assertThat(callBacks.take(id, agent.id())).isTrue();
        assertThat(callBacks.take(id, agent.id())).as("asked twice").isTrue();
        assertThat(callBacks.take(id, person(staff, "别人", null, Role.AGENT).id()))
                .isFalse();
        assertThat(callBack("c1").isOf(agent.id())).isTrue();
        calls.record(event("c2", 110, Kind.ANSWERED).withNumber(phone).towards(Direction.OUTBOUND));
        follow();
        assertThat(log.page(waiting, null).calls()).isEmpty();
    }

    @Test
    void whatTheScreenerDecidesClosesTheCallBack() throws Exception {
        calls.record(event("c1", 0, Kind.QUEUED));
        calls.record(event("c1", 20, Kind.ABANDONED));
        follow();
        InboxMessage message = parked(callBack("c1"));
        var writes = new io.bihuan.platform.Writes();
        watcher.decided(message, null, writes);
        writes.send(database);
        assertThat(callBack("c1").closedAt()).isNotNull();
        assertThat(callBack("c1").closedByCall()).isNull();
    }

    @Test
    void whoHidesTheNumberCannotBeCalledBack() {
        calls.record(CallEvent.of(source, "c1", "1", Kind.QUEUED, now).withNumber("anonymous"));
        calls.record(CallEvent.of(source, "c1", "2", Kind.ABANDONED, now.plusSeconds(40)));
        follow();
        assertThat(logged("c1").callBack()).isNull();
        assertThat(logged("c1").number()).isNull();
    }

    /** Ten calls by hand: the oracle is the list, counted with a pencil. */
    @Test
    void theFiguresAreWhatOneCountsByHand() {
        // Their own century: other tests bring calls of their own.
        now = Instant.parse("2031-03-01T01:00:00Z")
                .plus(ThreadLocalRandom.current().nextInt(900), ChronoUnit.DAYS);
        Instant begin = now;
        answered("a", 0, 10, 110);
        answered("b", 60, 30, 130);
        answered("c", 120, 31, 31 + 60);
        answered("d", 180, 90, 190);
        abandoned("e", 240, 5);
        abandoned("f", 300, 6);
        abandoned("g", 360, 120);
        calls.record(event("h", 420, Kind.QUEUED));
        answered("i", 2 * 3600, 0, 50);
        calls.record(event("j", 480, Kind.RINGING).towards(Direction.OUTBOUND));
        calls.record(event("j", 490, Kind.ENDED));

        var lines = figures.lines(begin, begin.plus(1, ChronoUnit.DAYS), Interval.HOUR, "Asia/Shanghai", null);
        assertThat(lines).hasSize(2);
        var hour = lines.getFirst();
        assertThat(hour.from()).isEqualTo(begin);
        assertThat(hour.offered()).isEqualTo(8);
        assertThat(hour.answered()).isEqualTo(4);
        assertThat(hour.inTime()).isEqualTo(2);
        assertThat(hour.abandoned()).isEqualTo(2);
        assertThat(hour.shortAbandoned()).isEqualTo(1);
        assertThat(hour.waiting()).isEqualTo(1);
        assertThat(hour.connectRate()).isEqualTo(4 / 6.0);
        assertThat(hour.answerRate()).isEqualTo(2 / 6.0);
        assertThat(hour.abandonmentRate()).isEqualTo(2 / 6.0);
        assertThat(hour.speedOfAnswer()).isEqualTo(Duration.ofMillis((10 + 30 + 31 + 90) * 1000 / 4));
        assertThat(hour.talk()).isEqualTo(Duration.ofMillis((100 + 100 + 60 + 100) * 1000 / 4));
        assertThat(lines.getLast().from()).isEqualTo(begin.plus(2, ChronoUnit.HOURS));

        var quarters = figures.lines(begin, begin.plus(1, ChronoUnit.DAYS), Interval.QUARTER, "Asia/Shanghai", null);
        var days = figures.lines(begin, begin.plus(1, ChronoUnit.DAYS), Interval.DAY, "Asia/Shanghai", null);
        var sum = Objects.requireNonNull(CallFigures.sum(quarters));
        assertThat(days).hasSize(1);
        assertThat(sum.offered()).isEqualTo(days.getFirst().offered()).isEqualTo(9);
        assertThat(sum.speedOfAnswer()).isEqualTo(days.getFirst().speedOfAnswer());
        assertThat(days.getFirst().from()).isEqualTo(begin.minus(9, ChronoUnit.HOURS));
        assertThat(figures.lines(begin, begin.plus(1, ChronoUnit.DAYS), Interval.HOUR, "Asia/Shanghai", "other"))
                .isEmpty();
        assertThatThrownBy(() ->
                        figures.lines(begin, begin.plus(33, ChronoUnit.DAYS), Interval.HOUR, "Asia/Shanghai", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void answered(String call, int second, int waits, int ends) {
        calls.record(event(call, second, Kind.QUEUED));
        calls.record(event(call, second + waits, Kind.ANSWERED).atExtension(extension));
        calls.record(event(call, second + ends, Kind.ENDED));
    }

    private void abandoned(String call, int second, int waits) {
        calls.record(event(call, second, Kind.QUEUED));
        calls.record(event(call, second + waits, Kind.ABANDONED));
    }

    @Test
    void theLogIsReadPageByPageWithoutMissingOrRepeatingACall() {
        for (int i = 0; i < CallLog.PAGE + 3; i++) {
            calls.record(event("c" + i, i / 2, Kind.QUEUED));
        }
        var filter = new CallLog.Filter(null, null, null, null, "+86" + phone, null, null, false);
        var first = log.page(filter, null);
        var second = log.page(filter, first.next());
        assertThat(first.calls()).hasSize(CallLog.PAGE);
        assertThat(second.calls()).hasSize(3);
        assertThat(second.next()).isNull();
        var all = new ArrayList<>(first.calls());
        all.addAll(second.calls());
        assertThat(all).extracting(LoggedCall::id).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo((a, b) -> b.startedAt().compareTo(a.startedAt()));
        assertThat(log.page(
                                new CallLog.Filter(
                                        Call.State.TALKING, null, null, null, "+86" + phone, null, null, false),
                                null)
                        .calls())
                .isEmpty();
    }

    @Test
    void aCallCannotFillTheDisk() {
        for (int i = 0; i < Calls.MOST_EVENTS; i++) {
            calls.record(CallEvent.of(source, "c1", "e" + i, Kind.HELD, now.plusSeconds(i)));
        }
        assertThatThrownBy(() -> calls.record(CallEvent.of(source, "c1", "more", Kind.ENDED, now.plusSeconds(9_999))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aCallWhoseEndIsNeverToldIsOverAfterAWhileAndTheTrueEndStillCounts() throws Exception {
        for (CallEvent event : List.of(
                event("talk", 0, Kind.RINGING), event("talk", 5, Kind.ANSWERED), event("ring", 0, Kind.RINGING))) {
            calls.record(event);
        }
        time.advance(Calls.FORGOTTEN.minusMinutes(1));
        endForgotten();
        assertThat(calls.find(source, "talk").orElseThrow().state()).isEqualTo(Call.State.TALKING);

        time.advance(Duration.ofMinutes(2));
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> nodes = Collections.nCopies(4, () -> {
                endForgotten();
                return null;
            });
            for (var each : threads.invokeAll(nodes)) {
                each.get();
            }
        }
        LoggedCall talk = calls.find(source, "talk").orElseThrow();
        assertThat(talk.state()).isEqualTo(Call.State.ENDED);
        assertThat(talk.isEndUntold()).isTrue();
        assertThat(talk.talked()).isNull();
        assertThat(talk.agents()).isEmpty();
        assertThat(calls.history(talk).events()).hasSize(3);
        assertThat(calls.find(source, "ring").orElseThrow().state()).isEqualTo(Call.State.ABANDONED);

        calls.record(event("talk", 65, Kind.ENDED));
        LoggedCall told = calls.find(source, "talk").orElseThrow();
        assertThat(told.isEndUntold()).isFalse();
        assertThat(told.talked()).isEqualTo(Duration.ofSeconds(60));
    }

    private void endForgotten() {
        while (calls.endForgotten()) {
            // the next one
        }
    }
}
