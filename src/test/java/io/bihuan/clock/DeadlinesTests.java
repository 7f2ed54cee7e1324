package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTests {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // The response limits 30/15/5, the result told within 2 hours, the root cause within 24, the call-back within
        // 72
        "30,   2026-11-22T09:00:00Z,        2026-11-22T09:30:00Z",
        "15,   2026-11-22T09:00:00Z,        2026-11-22T09:15:00Z",
        "5,    2026-11-22T09:00:00Z,        2026-11-22T09:05:00Z",
        "120,  2026-12-31T23:00:00Z,        2027-01-01T01:00:00Z",
        "1440, 2028-02-28T12:00:00Z,        2028-02-29T12:00:00Z",
        "4320, 2026-02-27T12:00:00Z,        2026-03-02T12:00:00Z",
        "1,    2026-11-22T09:00:00.123456Z, 2026-11-22T09:01:00.123456Z",
        // Hours run from the set moment, through a change to summer time (Berlin, 2026-03-29) as well
        "1440, 2026-03-28T23:00:00Z,        2026-03-29T23:00:00Z"
    })
    void minutesRunFromTheMoment(int minutes, Instant start, Instant due) {
        assertThat(Deadlines.due(start, Unit.MINUTE, minutes, List.of())).isEqualTo(due);
        assertThat(Deadlines.due(start, Unit.BUSINESS_MINUTE, minutes, List.of()))
                .as("all hours are business hours")
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 75,   2026-11-22T09:22:30Z",
        "30, 100,  2026-11-22T09:30:00Z",
        "30, 150,  2026-11-22T09:45:00Z",
        "1,  33,   2026-11-22T09:00:19.800Z",
        "5,  1,    2026-11-22T09:00:03Z",
        "5,  1000, 2026-11-22T09:50:00Z"
    })
    void aWarnPointIsAShareOfTheAmount(int minutes, int percent, Instant expected) {
        assertThat(Deadlines.warning(NINE, Unit.MINUTE, minutes, percent, List.of()))
                .isEqualTo(expected);
    }

    @Test
    void aPauseMovesWhatComesAfterIt() {
        var pauses = List.of(pause(10, 40));

        assertThat(Deadlines.due(NINE, Unit.MINUTE, 30, pauses)).isEqualTo(minute(60));
        assertThat(Deadlines.warning(NINE, Unit.MINUTE, 30, 20, pauses))
                .as("reached before the pause")
                .isEqualTo(minute(6));
        assertThat(Deadlines.warning(NINE, Unit.MINUTE, 30, 75, pauses))
                .isEqualTo(minute(52).plusSeconds(30));
    }

    @Test
    void pausesAddUp() {
        assertThat(Deadlines.due(NINE, Unit.MINUTE, 30, List.of(pause(0, 5), pause(5, 6), pause(20, 50))))
                .isEqualTo(minute(66));
    }

    @Test
    void aPauseThatAnEarlierOneBringsBeforeTheDeadlineCounts() {
        assertThat(Deadlines.due(NINE, Unit.MINUTE, 30, List.of(pause(10, 40), pause(50, 55))))
                .isEqualTo(minute(65));
    }

    @Test
    void aPauseAfterTheTimeIsUsedUpMovesNothing() {
        assertThat(Deadlines.due(NINE, Unit.MINUTE, 30, List.of(pause(31, 90)))).isEqualTo(minute(30));
        assertThat(Deadlines.due(NINE, Unit.MINUTE, 30, List.of(pause(30, 90))))
                .as("begun at the very moment")
                .isEqualTo(minute(30));
    }

    @Test
    void anOpenPauseMovesNothingUntilItEnds() {
        var open = new Pause("waiting", "system:-", minute(10), null);

        assertThat(Deadlines.due(NINE, Unit.MINUTE, 30, List.of(open))).isEqualTo(minute(30));
        assertThat(Deadlines.used(NINE, List.of(open), minute(500))).isEqualTo(Duration.ofMinutes(10));
        assertThat(Deadlines.paused(List.of(open), minute(500))).isEqualTo(Duration.ofMinutes(490));
    }

    @Test
    void usedTimeLeavesOutPausesAndWhatIsBeforeTheStart() {
        var pauses = List.of(pause(10, 20), pause(30, 40));

        assertThat(Deadlines.used(NINE, pauses, minute(-5))).isZero();
        assertThat(Deadlines.used(NINE, pauses, minute(10))).isEqualTo(Duration.ofMinutes(10));
        assertThat(Deadlines.used(NINE, pauses, minute(15))).isEqualTo(Duration.ofMinutes(10));
        assertThat(Deadlines.used(NINE, pauses, minute(35))).isEqualTo(Duration.ofMinutes(20));
        assertThat(Deadlines.used(NINE, pauses, minute(50))).isEqualTo(Duration.ofMinutes(30));
    }

    private static Pause pause(int from, int to) {
        return new Pause("waiting", "system:-", minute(from), minute(to));
    }

    private static Instant minute(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }
}
