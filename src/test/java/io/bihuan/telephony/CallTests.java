package io.bihuan.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.telephony.CallEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the events of a call add up to. */
class CallTests {
    private static final Instant NINE = Instant.parse("2026-11-22T01:00:00Z");

    private static CallEvent at(int second, Kind kind) {
        return CallEvent.of("pbx1", "c1", kind + "-" + second, kind, NINE.plusSeconds(second));
    }

    private static Call call(CallEvent... events) {
        Call call = Call.unknown("pbx1", "c1");
        for (CallEvent event : events) {
            call = call.after(event);
        }
        return call;
    }

    @Provide
    Arbitrary<List<CallEvent>> events() {
        Arbitrary<CallEvent> event = Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.of("8001", "8002", "8003", ""),
                        Arbitraries.of("", "13812345678"),
                        Arbitraries.of(true, false))
                .as((kind, second, extension, number, isOut) -> at(second, kind)
                        .withNumber(number)
                        .atExtension(extension.isEmpty() ? null : extension)
                        .inQueue(second % 3 == 0 ? "q" + second : null)
                        .towards(isOut ? Direction.OUTBOUND : null));
        return event.list().uniqueElements(CallEvent::id).ofMinSize(1).ofMaxSize(14);
    }

    @Property
    void anyOrderAndAnyRepetitionGiveTheSameCall(@ForAll("events") List<CallEvent> events, @ForAll Random random) {
        Call inOrder = call(events.toArray(CallEvent[]::new));
        var told = new ArrayList<>(events);
        told.addAll(events);
        told.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(told, random);
        Call shuffled = call(told.toArray(CallEvent[]::new));
        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(shuffled.state()).isEqualTo(inOrder.state());
        assertThat(inOrder.events()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Property
    void aCallIsAnsweredOrGivenUpButNeverBothAndNoLengthIsNegative(@ForAll("events") List<CallEvent> events) {
        Call call = call(events.toArray(CallEvent[]::new));
        boolean isAnswered = call.answeredAt() != null;
        assertThat(call.state() == Call.State.ABANDONED && isAnswered).isFalse();
        assertThat(call.state() == Call.State.ENDED).isEqualTo(isAnswered && call.endedAt() != null);
        assertThat(call.state().isLive()).isEqualTo(call.endedAt() == null);
        for (Duration length : Arrays.asList(call.waited(), call.talked(), call.held())) {
            assertThat(length == null || !length.isNegative()).isTrue();
        }
        assertThat(call.state().isLive() || call.ringing().isEmpty()).isTrue();
    }

    @Test
    void theWaitOfAnAnsweredCallBeginsInTheQueue() {
        Call call = call(
                at(10, Kind.QUEUED).inQueue("service").withNumber("13812345678"),
                at(15, Kind.RINGING).atExtension("8001"),
                at(22, Kind.ANSWERED).atExtension("8001"),
                at(100, Kind.HELD),
                at(130, Kind.RESUMED),
                at(200, Kind.ENDED));
        assertThat(call.state()).isEqualTo(Call.State.ENDED);
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(12));
        assertThat(call.talked()).isEqualTo(Duration.ofSeconds(178));
        assertThat(call.held()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.extension()).isEqualTo("8001");
        assertThat(call.queue()).isEqualTo("service");
        assertThat(call.transfers()).isZero();
    }

    @Test
    void whoHangsUpInTheQueueHasGivenUpAndWithinFiveSecondsItWasASlip() {
        assertThat(call(at(0, Kind.QUEUED), at(31, Kind.ABANDONED), at(31, Kind.ENDED))
                        .state())
                .isEqualTo(Call.State.ABANDONED);
        assertThat(call(at(0, Kind.QUEUED), at(6, Kind.ABANDONED)).isShortAbandon())
                .isFalse();
        assertThat(call(at(0, Kind.QUEUED), at(5, Kind.ABANDONED)).isShortAbandon())
                .isTrue();
        assertThat(call(at(0, Kind.QUEUED), at(3, Kind.ANSWERED), at(4, Kind.ENDED))
                        .isShortAbandon())
                .isFalse();
    }

    @Test
    void whoLeavesOneQueueForAnotherHasNotGivenUp() {
        Call moved = call(
                at(0, Kind.QUEUED).inQueue("a"),
                at(60, Kind.ABANDONED),
                at(61, Kind.QUEUED).inQueue("b"));
        assertThat(moved.state()).isEqualTo(Call.State.QUEUED);
        Call answered = moved.after(at(80, Kind.ANSWERED).atExtension("8002"));
        assertThat(answered.state()).isEqualTo(Call.State.TALKING);
        assertThat(answered.waited()).isEqualTo(Duration.ofSeconds(80));
        assertThat(answered.queue()).isEqualTo("b");
    }

    @Test
    void aTransferCountsOnceAndTheNextOneHasTheCall() {
        Call call = call(
                at(0, Kind.RINGING).atExtension("8001"),
                at(4, Kind.ANSWERED).atExtension("8001"),
                at(50, Kind.TRANSFERRED).atExtension("8002"),
                at(55, Kind.ANSWERED).atExtension("8002"));
        assertThat(call.transfers()).isEqualTo(1);
        assertThat(call.extension()).isEqualTo("8002");
        assertThat(call.answeredAt()).isEqualTo(NINE.plusSeconds(4));
        assertThat(call.after(at(90, Kind.ANSWERED).atExtension("8003")).transfers())
                .as("taken over without a word about it")
                .isEqualTo(2);
    }

    @Test
    void allWhoRingAreRungUntilOneAnswersOrTheQueueGoesOn() {
        Call ringing = call(
                at(0, Kind.QUEUED),
                at(1, Kind.RINGING).atExtension("8001"),
                at(1, Kind.RINGING).atExtension("8001"),
                CallEvent.of("pbx1", "c1", "other", Kind.RINGING, NINE.plusSeconds(2))
                        .atExtension("8002"));
        assertThat(ringing.ringing()).containsExactly("8001", "8002");
        assertThat(ringing.after(at(9, Kind.ANSWERED).atExtension("8002")).ringing())
                .isEmpty();
        assertThat(ringing.after(at(20, Kind.QUEUED)).ringing()).isEmpty();
        assertThat(ringing.after(at(90, Kind.RINGING).atExtension("8003")).ringing())
                .containsExactly("8003");
    }

    @Test
    void anOutgoingCallThatNobodyTakesIsNotReachedAndAsksForNothing() {
        Call call = call(
                at(0, Kind.RINGING)
                        .atExtension("8001")
                        .towards(Direction.OUTBOUND)
                        .withNumber("13812345678"),
                at(30, Kind.ENDED));
        assertThat(call.state()).isEqualTo(Call.State.NOT_REACHED);
        assertThat(call.extension()).isEqualTo("8001");
    }

    @Test
    void numbersAreFoundHoweverTheyAreShown() {
        for (String shown : List.of(
                "13812345678",
                "+8613812345678",
                "013812345678",
                "sip:13812345678@10.0.0.1",
                "\"Li\" <sip:+8613812345678@pbx;user=phone>")) {
            assertThat(CallNumber.stored(shown)).as(shown).isEqualTo("+8613812345678");
        }
        assertThat(CallNumber.stored("8001")).isEqualTo("8001");
        for (String withheld : List.of("anonymous", "<unknown>", "", "unavailable", "1".repeat(200))) {
            assertThat(CallNumber.stored(withheld)).as(withheld).isNull();
        }
    }
}
