package io.bihuan.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.message.Course.Leg;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a message goes through its ways, whatever happens and in whatever order. */
class CourseTests {
    private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

    private static Course planned(Way... ways) {
        Map<Way, Leg> legs = new EnumMap<>(Way.class);
        for (Way way : ways) {
            legs.put(way, Leg.planned(UUID.randomUUID(), NOW));
        }
        return new Course(List.of(ways), ways[0], State.PLANNED, legs, NOW);
    }

    private static Course handed(Way... ways) {
        return planned(ways).handed(false, NOW, NOW.plusSeconds(60));
    }

    @Test
    void theNextWayBeginsWhenOneFailsForGood() {
        Course course = handed(Way.SMS, Way.EMAIL).failed(Way.SMS, "no", NOW);
        assertThat(course.way()).isEqualTo(Way.EMAIL);
        assertThat(course.state()).isEqualTo(State.PLANNED);
        assertThat(course.nextAt()).isEqualTo(NOW);
        assertThat(course.leg(Way.SMS).state()).isEqualTo(State.FAILED);
        Course over = course.handed(false, NOW, NOW).failed(Way.EMAIL, "no", NOW);
        assertThat(over.state()).isEqualTo(State.FAILED);
        assertThat(over.nextAt()).isNull();
    }

    @Test
    void aReceiptThatComesAfterTheNextWayBeganCallsTheNextWayOff() {
        Course course = handed(Way.SMS, Way.PHONE)
                .sent(Way.SMS, "biz", NOW, NOW.plusSeconds(60))
                .overdue(NOW)
                .call(NOW);
        assertThat(course.state()).isEqualTo(State.CALL);
        Course arrived = course.arrived(Way.SMS, State.DELIVERED, NOW);
        assertThat(arrived.state()).isEqualTo(State.DELIVERED);
        assertThat(arrived.way()).isEqualTo(Way.SMS);
        assertThat(arrived.leg(Way.PHONE).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void whatArrivedHasNotFailedWhateverIsReportedAfterwards() {
        Course arrived = handed(Way.SMS).arrived(Way.SMS, State.DELIVERED, NOW);
        assertThat(arrived.failed(Way.SMS, "late", NOW)).isEqualTo(arrived);
        assertThat(arrived.arrived(Way.SMS, State.DELIVERED, NOW.plusSeconds(9)))
                .isEqualTo(arrived);
        assertThat(arrived.sent(Way.SMS, "biz", NOW, NOW).state()).isEqualTo(State.DELIVERED);
        assertThat(arrived.arrived(Way.SMS, State.READ, NOW).state()).isEqualTo(State.READ);
        assertThat(arrived.arrived(Way.SMS, State.READ, NOW)
                        .arrived(Way.SMS, State.DELIVERED, NOW)
                        .state())
                .isEqualTo(State.READ);
    }

    @Test
    void whenTheLastWayFailsTheOneThatIsStillUnderWayCounts() {
        Course course = handed(Way.SMS, Way.EMAIL)
                .sent(Way.SMS, "biz", NOW, NOW)
                .overdue(NOW)
                .handed(false, NOW, NOW)
                .failed(Way.EMAIL, "no", NOW);
        assertThat(course.state()).isEqualTo(State.SENT);
        assertThat(course.way()).isEqualTo(Way.SMS);
        assertThat(course.failed(Way.SMS, "no", NOW).state()).isEqualTo(State.FAILED);
    }

    @Test
    void whatWasHandedOverCannotBeCancelled() {
        Course sending = handed(Way.SMS);
        assertThat(sending.cancelled(NOW)).isEqualTo(sending);
        assertThat(planned(Way.SMS).cancelled(NOW).state()).isEqualTo(State.CANCELLED);
        assertThat(planned(Way.SMS).call(NOW).cancelled(NOW).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void tryingAgainByHandTakesNothingThatMayHaveArrived() {
        Course course = handed(Way.SMS, Way.EMAIL)
                .failed(Way.SMS, "no", NOW)
                .handed(false, NOW, NOW)
                .failed(Way.EMAIL, "no", NOW);
        Course again = course.again(UUID::randomUUID, NOW);
        assertThat(again.state()).isEqualTo(State.PLANNED);
        assertThat(again.way()).isEqualTo(Way.SMS);
        assertThat(again.leg().id()).isNotEqualTo(course.leg(Way.SMS).id());
        Course sent = handed(Way.SMS).sent(Way.SMS, "biz", NOW, NOW);
        assertThat(sent.again(UUID::randomUUID, NOW)).isEqualTo(sent);
    }

    @Test
    void someThatAreUnwantedMakeAMessageUnwantedOnlyWhenNothingWasTried() {
        assertThat(planned(Way.SMS).suppressed(NOW).state()).isEqualTo(State.SUPPRESSED);
        Course tried = planned(Way.SMS, Way.EMAIL)
                .suppressed(NOW)
                .handed(false, NOW, NOW)
                .failed(Way.EMAIL, "no", NOW);
        assertThat(tried.state()).isEqualTo(State.FAILED);
    }

    /** Whatever comes in whatever order, something will be done about a message, or a person, a receipt or nobody needs to. */
    @Test
    void noOrderOfEventsLosesAMessageOrTakesBackWhatArrived() {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var ways = new ArrayList<>(List.of(Way.values()));
            java.util.Collections.shuffle(ways, random);
            Course course =
                    planned(ways.subList(0, 1 + random.nextInt(ways.size())).toArray(Way[]::new));
            var story = new StringBuilder();
            for (int i = 0; i < 25; i++) {
                Course before = course;
                Way any = course.ways().get(random.nextInt(course.ways().size()));
                int what = random.nextInt(15);
                story.append(what).append(any).append(' ');
                course = next(course, any, what);
                String as = "seed " + seed + ": " + story;
                for (Way way : course.ways()) {
                    State was = before.leg(way).state();
                    State is = course.leg(way).state();
                    if (was.hasArrived()) {
                        assertThat(is.hasArrived()).as(as).isTrue();
                    }
                    if (is == State.SENDING && was != State.SENDING) {
                        assertThat(was).as(as).isIn(State.PLANNED, State.HELD);
                    }
                    if (is == State.PLANNED && was == State.SENDING) {
                        assertThat(what).as(as).isEqualTo(4);
                    }
                }
                if (before.state().hasArrived()) {
                    assertThat(course.state().hasArrived()).as(as).isTrue();
                }
                if (course.legs().values().stream().anyMatch(leg -> leg.state().hasArrived())) {
                    assertThat(course.state().hasArrived()).as(as).isTrue();
                }
                if (course.state().isWaiting() || course.state() == State.SENDING) {
                    assertThat(course.leg().state()).as(as).isEqualTo(course.state());
                }
                if (course.state() == State.PLANNED
                        || course.state() == State.HELD
                        || course.state() == State.SENDING) {
                    assertThat(course.nextAt()).as(as).isNotNull();
                }
                if (course.state() == State.FAILED) {
                    assertThat(course.legs().values())
                            .as(as)
                            .noneMatch(leg ->
                                    leg.state() == State.SENT || leg.state().isWaiting());
                }
            }
        }
    }

    private static Course next(Course course, Way any, int what) {
        boolean canBegin = course.state() == State.PLANNED || course.state() == State.HELD;
        return switch (what) {
            case 0, 1 ->
                canBegin && course.way() != Way.PHONE ? course.handed(false, NOW, NOW.plusSeconds(60)) : course;
            case 2 -> canBegin ? course.held(NOW.plusSeconds(9), "later", NOW) : course;
            case 3 -> canBegin && course.way() == Way.PHONE ? course.call(NOW) : course;
            case 4 -> course.later(any, NOW.plusSeconds(30), "later", NOW);
            case 5 -> course.unknown(any, NOW.plusSeconds(30), "unknown");
            case 6, 7 -> course.leg(any).tries() > 0 ? course.sent(any, "biz", NOW, NOW.plusSeconds(60)) : course;
            case 8 -> course.leg(any).tries() > 0 ? course.arrived(any, State.DELIVERED, NOW) : course;
            case 9 -> course.leg(any).tries() > 0 ? course.arrived(any, State.READ, NOW) : course;
            case 10 -> course.leg(any).tries() > 0 ? course.failed(any, "no", NOW) : course;
            case 11 -> course.overdue(NOW);
            case 12 -> canBegin ? course.suppressed(NOW) : course;
            case 13 -> course.cancelled(NOW);
            default -> course.notReached(NOW);
        };
    }
}
