package io.bihuan.clock;

import static io.bihuan.clock.TestClocks.LONDON;
import static io.bihuan.clock.TestClocks.PRC;
import static io.bihuan.clock.TestClocks.UK;
import static io.bihuan.clock.TestClocks.at;
import static io.bihuan.clock.TestClocks.daily;
import static io.bihuan.clock.TestClocks.extended;
import static io.bihuan.clock.TestClocks.pausedAt;
import static io.bihuan.clock.TestClocks.pausedFrom;
import static io.bihuan.clock.TestClocks.prc;
import static io.bihuan.clock.TestClocks.rebased;
import static io.bihuan.clock.TestClocks.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Hours;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deadlines that somebody counted with the calendar on the wall and the law beside it; docs/clocks.md is the rule book. */
class ReckoningTests {
    private static final Counting MINUTES = Counting.of(Unit.MINUTE);
    private static final Counting WORKING_TIME = Counting.of(Unit.BUSINESS_MINUTE);
    private static final Counting DAYS = Counting.of(Unit.CALENDAR_DAY);
    private static final Counting WORKING_DAYS = Counting.of(Unit.WORKING_DAY);
    private static final Counting MONTHS = Counting.of(Unit.MONTH);

    // ---- limits of the law ----

    @ParameterizedTest
    @CsvSource({
        // Seven working days, over the October holiday and its two make-up days …
        "2026-09-28 10:00, 7,  2026-10-13 24:00",
        // … and over the Spring Festival, ending on a make-up Saturday
        "2026-02-12 10:00, 7,  2026-02-28 24:00",
        "2026-04-30 10:00, 10, 2026-05-18 24:00",
        // The authority takes a complaint up within seven working days (order 121, art. 14)
        "2026-06-15 09:00, 7,  2026-06-25 24:00",
        // A company negotiates within ten working days on 12315
        "2026-06-15 09:00, 10, 2026-06-30 24:00",
        // A carmaker's answer within ten working days, exchange or return within twenty (order 43, art. 32)
        "2026-09-21 16:30, 10, 2026-10-12 24:00",
        "2026-09-21 16:30, 20, 2026-10-26 24:00",
        // Come on a Saturday: the first working day after it is day one
        "2026-03-07 11:00, 1,  2026-03-09 24:00",
        // In the last second of a day it is still that day
        "2026-03-09 23:59:59, 1, 2026-03-10 24:00",
        "2026-03-10 00:00, 1,  2026-03-11 24:00"
    })
    void workingDays(String start, int days, String due) {
        assertThat(started(WORKING_DAYS, PRC, days, at(start)).dueAt()).isEqualTo(at(due));
    }

    @ParameterizedTest
    @CsvSource({
        // The last day is a holiday: the next day after it (Civil Code, art. 203)
        "2026-09-18 10:00, 15, 2026-10-08 24:00",
        "2026-02-05 10:00, 15, 2026-02-24 24:00",
        // A make-up Saturday is a working day: no roll
        "2026-04-24 10:00, 15, 2026-05-09 24:00",
        // An ordinary Saturday is not
        "2026-03-01 10:00, 13, 2026-03-16 24:00",
        // Mediation by the authority within sixty days (regulation on consumer rights, art. 46)
        "2026-08-03 10:00, 60, 2026-10-08 24:00"
    })
    void calendarDaysThatRoll(String start, int days, String due) {
        assertThat(started(DAYS.rollingForward(), PRC, days, at(start)).dueAt()).isEqualTo(at(due));
    }

    @Test
    void thisYearHasTwoHundredAndFortyEightWorkingDays() {
        assertThat(LocalDate.of(2026, 1, 1)
                        .datesUntil(LocalDate.of(2027, 1, 1))
                        .filter(PRC::isWorking)
                        .count())
                .isEqualTo(248);
    }

    @Test
    void aBankHasFifteenDaysThenFifteenMoreThenThirty() {
        Clock clock = started(DAYS, PRC, 15, at("2026-03-02 10:00"));
        Clock longer = extended(clock, 15, at("2026-03-16 10:00"));
        Clock longest = extended(longer, 30, at("2026-03-31 10:00"));

        assertThat(clock.dueAt()).isEqualTo(at("2026-03-17 24:00"));
        assertThat(longer.dueAt()).isEqualTo(at("2026-04-01 24:00"));
        assertThat(longest.dueAt())
                .as("the first of May is a holiday, but a bank's days do not roll")
                .isEqualTo(at("2026-05-01 24:00"));
    }

    @Test
    void appraisalAndMediationAreNotCountedInABanksDays() {
        Clock clock = started(DAYS, PRC, 15, at("2026-03-02 10:00"));
        Clock appraised = pausedFrom(clock, at("2026-03-10 09:00"), at("2026-03-20 15:00"));
        Clock mediated = pausedFrom(appraised, at("2026-03-23 08:00"), at("2026-03-25 20:00"));

        assertThat(appraised.dueAt()).as("ten days ended in the pause").isEqualTo(at("2026-03-27 24:00"));
        assertThat(mediated.dueAt()).as("two more").isEqualTo(at("2026-03-29 24:00"));
    }

    @Test
    void newFactsBeginABanksDaysAnew() {
        Clock again = started(DAYS, PRC, 15, at("2026-03-26 14:00"));

        assertThat(again.dueAt()).isEqualTo(at("2026-04-10 24:00"));
    }

    @Test
    void appraisalIsNotCountedInTheSixtyDaysOfMediation() {
        Clock clock = started(DAYS, PRC, 60, at("2026-06-01 10:00"));

        assertThat(clock.dueAt()).isEqualTo(at("2026-07-31 24:00"));
        assertThat(pausedFrom(clock, at("2026-06-10 00:00"), at("2026-06-30 00:00"))
                        .dueAt())
                .isEqualTo(at("2026-08-20 24:00"));
    }

    @ParameterizedTest
    @CsvSource({
        // Over Easter
        "2026-04-02 10:00, 2026-04-09 17:00",
        // After the cut-off: as come on the next business day
        "2026-04-02 17:00, 2026-04-10 17:00",
        "2026-04-02 16:59:59, 2026-04-09 17:00",
        // On the Sunday on which the clocks go back: as come on Monday
        "2026-10-25 12:00, 2026-10-29 17:00"
    })
    void aBritishFirmHasUntilTheCloseOfTheThirdBusinessDay(String start, String due) {
        var counting = new Counting(Unit.WORKING_DAY, false, false, true, DayEnd.CLOSE, LocalTime.of(17, 0));

        assertThat(started(counting, UK, 3, at(start, LONDON)).dueAt()).isEqualTo(at(due, LONDON));
    }

    @Test
    void aFinalResponseInEightWeeksEndsByTheWallClockThere() {
        assertThat(started(DAYS, UK, 56, at("2026-09-01 10:00", LONDON)).dueAt())
                .isEqualTo(Instant.parse("2026-10-28T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"15, 2026-11-05T05:00:00Z", "60, 2026-12-20T05:00:00Z"})
    void anAmericanCompanyHasFifteenOrSixtyDays(int days, Instant due) {
        WorkCalendar newYork = WorkCalendar.always(ZoneId.of("America/New_York"));

        assertThat(started(DAYS, newYork, days, Instant.parse("2026-10-20T15:00:00Z"))
                        .dueAt())
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15 10:00, 1, 2026-02-15 24:00",
        // There is no such day: the last of the month (Civil Code, art. 202)
        "2026-01-31 10:00, 1, 2026-02-28 24:00",
        "2028-01-31 10:00, 1, 2028-02-29 24:00",
        "2026-08-31 10:00, 1, 2026-09-30 24:00",
        "2026-10-31 10:00, 6, 2027-04-30 24:00"
    })
    void monthsEndOnTheDayOfTheSameNumber(String start, int months, String due) {
        assertThat(started(MONTHS, PRC, months, at(start)).dueAt()).isEqualTo(at(due));
    }

    // ---- how days are counted ----

    @Test
    void aStartDayThatCountsIsDayOne() {
        var counting = new Counting(Unit.CALENDAR_DAY, true, false, true, DayEnd.MIDNIGHT, null);
        var months = new Counting(Unit.MONTH, true, false, true, DayEnd.MIDNIGHT, null);

        assertThat(started(counting, PRC, 1, at("2026-03-10 23:59")).dueAt()).isEqualTo(at("2026-03-10 24:00"));
        assertThat(started(counting, PRC, 7, at("2026-03-10 09:00")).dueAt()).isEqualTo(at("2026-03-16 24:00"));
        assertThat(started(months, PRC, 1, at("2026-03-10 09:00")).dueAt()).isEqualTo(at("2026-04-09 24:00"));
    }

    @Test
    void aStartDayThatIsAlreadyOverAtTheStartDoesNotCount() {
        var counting = new Counting(Unit.WORKING_DAY, true, false, true, DayEnd.CLOSE, null);

        assertThat(started(counting, PRC, 1, at("2026-03-10 17:59")).dueAt()).isEqualTo(at("2026-03-10 18:00"));
        assertThat(started(counting, PRC, 1, at("2026-03-10 18:00")).dueAt()).isEqualTo(at("2026-03-11 18:00"));
    }

    @Test
    void aLimitThatDoesNotIncludeItsLastDayIsOverWhenItBegins() {
        var counting = new Counting(Unit.CALENDAR_DAY, false, false, false, DayEnd.MIDNIGHT, null);

        assertThat(started(counting, PRC, 7, at("2026-03-10 09:00")).dueAt()).isEqualTo(at("2026-03-17 00:00"));
    }

    @Test
    void aDayOffWithoutHoursClosesAtMidnight() {
        var counting = new Counting(Unit.CALENDAR_DAY, false, false, true, DayEnd.CLOSE, null);

        assertThat(started(counting, PRC, 1, at("2026-03-06 09:00")).dueAt()).isEqualTo(at("2026-03-07 24:00"));
        assertThat(started(counting, PRC, 3, at("2026-03-06 09:00")).dueAt()).isEqualTo(at("2026-03-09 18:00"));
    }

    @ParameterizedTest
    @CsvSource({
        // A pause takes the days that end in it
        "2026-03-04 00:00,    2026-03-05 00:00,    2026-03-08 24:00",
        "2026-03-04 12:00,    2026-03-05 00:00,    2026-03-08 24:00",
        "2026-03-04 00:00,    2026-03-04 23:59:59, 2026-03-07 24:00",
        "2026-03-04 23:59:59, 2026-03-05 00:00,    2026-03-08 24:00",
        // One that begins at the deadline comes too late
        "2026-03-08 00:00,    2026-03-20 00:00,    2026-03-07 24:00",
        "2026-03-07 23:59:59, 2026-03-10 00:00,    2026-03-10 24:00"
    })
    void aPauseTakesTheDaysThatEndInIt(String from, String to, String due) {
        Clock clock = started(DAYS, PRC, 5, at("2026-03-02 10:00"));

        assertThat(pausedFrom(clock, at(from), at(to)).dueAt()).isEqualTo(at(due));
    }

    @Test
    void aLimitThatRollsDoesNotEndWhileTheClockStandsStill() {
        // The fifteenth day is 3 October; the eighth, to which it would roll, ends in the pause.
        Clock clock = started(DAYS.rollingForward(), PRC, 15, at("2026-09-18 10:00"));

        assertThat(pausedFrom(clock, at("2026-10-08 10:00"), at("2026-10-09 10:00"))
                        .dueAt())
                .isEqualTo(at("2026-10-09 24:00"));
    }

    // ---- time ----

    @ParameterizedTest
    @CsvSource({
        "30,   2026-11-22T09:00:00Z,        2026-11-22T09:30:00Z",
        "1440, 2028-02-28T12:00:00Z,        2028-02-29T12:00:00Z",
        "1,    2026-11-22T09:00:00.123456Z, 2026-11-22T09:01:00.123456Z",
        // Hours run from the set moment, also when the clocks change
        "1440, 2026-03-28T12:00:00Z,        2026-03-29T12:00:00Z",
        "1440, 2026-10-24T12:00:00Z,        2026-10-25T12:00:00Z"
    })
    void minutesRunFromTheMoment(int minutes, Instant start, Instant due) {
        assertThat(started(MINUTES, UK, minutes, start).dueAt()).isEqualTo(due);
        assertThat(started(WORKING_TIME, WorkCalendar.always(LONDON), minutes, start)
                        .dueAt())
                .as("around the clock all time is working time")
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        // The hour from 01:00 does not exist on 29 March: five hours in that night
        "2026-03-28T22:00:00Z, 300, 2026-03-29T05:00:00Z",
        "2026-03-28T22:00:00Z, 360, 2026-03-30T00:00:00Z",
        // It comes twice on 25 October: seven hours
        "2026-10-24T22:00:00Z, 420, 2026-10-25T06:00:00Z",
        "2026-10-25T00:30:00Z, 60,  2026-10-25T01:30:00Z"
    })
    void workingTimeKnowsWhenTheClocksChange(Instant start, int minutes, Instant due) {
        assertThat(started(WORKING_TIME, daily(LONDON, "00:00-06:00"), minutes, start)
                        .dueAt())
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        // Used up exactly when the office closes: due then, not when it opens again
        "2026-03-06 09:00, 540, 2026-03-06 18:00",
        "2026-03-06 09:00, 541, 2026-03-09 09:01",
        "2026-03-06 18:00, 1,   2026-03-09 09:01",
        "2026-03-07 12:00, 60,  2026-03-09 10:00",
        // Over the Spring Festival: from Friday to the make-up Saturday, then ten days later
        "2026-02-13 17:00, 120, 2026-02-14 10:00",
        "2026-02-14 17:00, 120, 2026-02-24 10:00"
    })
    void workingTimeIsThatOfTheOffice(String start, int minutes, String due) {
        assertThat(started(WORKING_TIME, PRC, minutes, at(start)).dueAt()).isEqualTo(at(due));
    }

    @Test
    void aPauseOfWorkingTimeMovesTheDeadlineByTheWorkingTimeInIt() {
        Clock clock = started(WORKING_TIME, PRC, 180, at("2026-03-06 16:00"));

        assertThat(clock.dueAt()).isEqualTo(at("2026-03-09 10:00"));
        assertThat(pausedFrom(clock, at("2026-03-06 17:00"), at("2026-03-09 09:30"))
                        .dueAt())
                .isEqualTo(at("2026-03-09 11:30"));
        assertThat(pausedFrom(clock, at("2026-03-07 00:00"), at("2026-03-08 23:00"))
                        .dueAt())
                .as("nobody would have worked")
                .isEqualTo(clock.dueAt());
    }

    @Test
    void aPauseThatBeginsWhenTheTimeIsUsedUpComesTooLate() {
        Clock clock = started(MINUTES, PRC, 30, at("2026-03-06 09:00"));

        assertThat(pausedFrom(clock, at("2026-03-06 09:30"), at("2026-03-07 09:30"))
                        .dueAt())
                .isEqualTo(at("2026-03-06 09:30"));
        assertThat(pausedFrom(clock, at("2026-03-06 09:29:59"), at("2026-03-06 09:30:00"))
                        .dueAt())
                .isEqualTo(at("2026-03-06 09:30:01"));
    }

    // ---- warn points ----

    @ParameterizedTest
    @CsvSource({
        "50%,  2026-03-09 24:00",
        // half of the eighth day
        "75%,  2026-03-12 12:00",
        "100%, 2026-03-16 24:00",
        "150%, 2026-03-23 24:00",
        "-2h,  2026-03-16 22:00",
        "+1d,  2026-03-17 24:00",
        "-30d, 2026-03-02 10:00"
    })
    void warnPointsOfTenWorkingDays(String point, String expected) {
        Clock clock = started(WORKING_DAYS, PRC, 10, at("2026-03-02 10:00"));

        assertThat(clock.warningAt(WarnPoint.parse(point))).isEqualTo(at(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "75%,   2026-11-22T09:22:30Z",
        "33%,   2026-11-22T09:09:54Z",
        "150%,  2026-11-22T09:45:00Z",
        "1000%, 2026-11-22T14:00:00Z",
        "-5m,   2026-11-22T09:25:00Z",
        "-2h,   2026-11-22T09:00:00Z",
        "+1h,   2026-11-22T10:30:00Z"
    })
    void warnPointsOfThirtyMinutes(String point, Instant expected) {
        Clock clock = started(MINUTES, PRC, 30, Instant.parse("2026-11-22T09:00:00Z"));

        assertThat(clock.warningAt(WarnPoint.parse(point))).isEqualTo(expected);
    }

    @Test
    void aWarningWithinPausesThatFollowEachOtherWaitsForTheEndOfTheLast() {
        Clock clock = started(WORKING_DAYS, PRC, 10, at("2026-03-02 10:00"));
        Clock paused = pausedFrom(clock, at("2026-03-12 11:00"), at("2026-03-12 13:00"));

        assertThat(paused.warningAt(WarnPoint.percent(75))).isEqualTo(at("2026-03-12 13:00"));
        assertThat(pausedFrom(paused, at("2026-03-12 13:00"), at("2026-03-12 14:00"))
                        .warningAt(WarnPoint.percent(75)))
                .isEqualTo(at("2026-03-12 14:00"));
    }

    // ---- re-base ----

    @Test
    void aRebaseOfTimeKeepsWhatWasCounted() {
        Clock clock = started(MINUTES, PRC, 60, at("2026-03-06 17:00"));
        Instant halfPastFive = at("2026-03-06 17:30");

        assertThat(rebased(clock, MINUTES, PRC, 90, halfPastFive).dueAt()).isEqualTo(at("2026-03-06 18:30"));
        assertThat(rebased(clock, WORKING_TIME, PRC, 90, halfPastFive).dueAt())
                .as("half an hour until six, the rest on Monday")
                .isEqualTo(at("2026-03-09 09:30"));
        assertThat(rebased(clock, WORKING_TIME, PRC, 20, halfPastFive).dueAt())
                .as("already used up by the old way")
                .isEqualTo(at("2026-03-06 17:20"));
    }

    @Test
    void aRebaseOfDaysKeepsTheDaysThatHaveEnded() {
        Clock clock = started(DAYS, PRC, 15, at("2026-03-02 10:00"));

        assertThat(rebased(clock, WORKING_DAYS, PRC, 10, at("2026-03-09 10:00")).dueAt())
                .as("six days until Sunday, then four working days")
                .isEqualTo(at("2026-03-12 24:00"));
        assertThat(rebased(clock, WORKING_DAYS, PRC, 3, at("2026-03-09 10:00")).dueAt())
                .isEqualTo(at("2026-03-05 24:00"));
    }

    @Test
    void aRebaseBetweenTimeAndDaysCountsAnew() {
        Clock clock = started(MINUTES, PRC, 60, at("2026-03-06 17:00"));
        Clock days = rebased(clock, WORKING_DAYS, PRC, 2, at("2026-03-06 17:30"));

        assertThat(days.dueAt()).isEqualTo(at("2026-03-10 24:00"));
        assertThat(rebased(days, MINUTES, PRC, 120, at("2026-03-07 09:00")).dueAt())
                .isEqualTo(at("2026-03-06 19:00"));
    }

    @Test
    void anExtensionFallsAwayWithItsUnit() {
        Clock clock = extended(started(MINUTES, PRC, 60, at("2026-03-06 17:00")), 120, at("2026-03-06 17:10"));
        Clock days = rebased(clock, WORKING_DAYS, PRC, 2, at("2026-03-06 17:30"));

        assertThat(clock.dueAt()).isEqualTo(at("2026-03-06 20:00"));
        assertThat(days.wholeAmount()).isEqualTo(2);
        assertThat(extended(days, 1, at("2026-03-07 09:00")).dueAt()).isEqualTo(at("2026-03-11 24:00"));
        assertThat(rebased(clock, MINUTES, PRC, 90, at("2026-03-06 17:30")).wholeAmount())
                .isEqualTo(210);
    }

    @Test
    void untilItEndsAPauseMovesNothingAlsoWhenTheClockIsRebased() {
        Clock clock = pausedAt(started(MINUTES, PRC, 60, at("2026-03-06 09:00")), at("2026-03-06 09:10"));
        Clock rebased = rebased(clock, MINUTES, PRC, 240, at("2026-03-06 10:10"));

        assertThat(rebased.dueAt()).isEqualTo(at("2026-03-06 13:00"));
        assertThat(rebased.resumed(at("2026-03-06 11:10")).dueAt()).isEqualTo(at("2026-03-06 15:00"));
    }

    // ---- what is not known yet ----

    @Test
    void onlyADeadlineThatDependsOnAnUnannouncedYearSaysSo() {
        Instant start = at("2026-12-21 10:00");

        assertThat(started(WORKING_DAYS, PRC, 8, start).assumedYear())
                .as("due 31 December")
                .isNull();
        assertThat(started(WORKING_DAYS, PRC, 9, start).assumedYear()).isEqualTo(2027);
        assertThat(started(WORKING_TIME, PRC, 4 * 1_440, start).assumedYear()).isEqualTo(2027);
        assertThat(started(MINUTES, PRC, 60_000, start).assumedYear()).isNull();
        assertThat(started(DAYS, PRC, 30, start).assumedYear())
                .as("a calendar day is one whatever is announced")
                .isNull();
        assertThat(started(DAYS.rollingForward(), PRC, 30, start).assumedYear()).isEqualTo(2027);
        assertThat(started(WORKING_DAYS, prc(Set.of(2026, 2027)), 30, start).assumedYear())
                .isNull();
    }

    @Test
    void workThatEndsWithTheYearDoesNotDependOnTheNextOne() {
        assertThat(started(WORKING_TIME, daily(TestClocks.SHANGHAI, "00:00-24:00"), 60, at("2026-12-31 23:00"))
                        .assumedYear())
                .isNull();
        WorkCalendar nights = daily(TestClocks.SHANGHAI, "00:00-06:00", "20:00-24:00");
        assertThat(started(WORKING_TIME, nights, 60, at("2026-12-31 23:00")).assumedYear())
                .isNull();
        assertThat(started(WORKING_TIME, nights, 61, at("2026-12-31 23:00")).assumedYear())
                .isEqualTo(2027);
    }

    @Test
    void aDateOfAnUnannouncedYearThatTheCalendarItselfNamesIsKnown() {
        WorkCalendar calendar = TestClocks.calendar(
                "cn",
                TestClocks.SHANGHAI,
                TestClocks.week("09:00-18:00"),
                new Holidays("cn", Map.of(), Map.of(), Set.of(2026)),
                Map.of(
                        LocalDate.of(2027, 1, 1),
                        new SpecialDay(new Label("值班", "On duty"), List.of(Hours.parse("09:00-12:00")))));

        assertThat(started(WORKING_DAYS, calendar, 1, at("2026-12-31 10:00")).assumedYear())
                .isNull();
        assertThat(started(WORKING_DAYS, calendar, 2, at("2026-12-31 10:00")).assumedYear())
                .isEqualTo(2027);
    }

    @Test
    void aRebasedClockAsksEachCalendarOnlyAboutItsOwnTime() {
        WorkCalendar known = prc(Set.of(2026, 2027));
        Clock clock = started(WORKING_DAYS, PRC, 20, at("2026-12-21 10:00"));

        assertThat(clock.assumedYear()).isEqualTo(2027);
        assertThat(rebased(clock, WORKING_DAYS, known, 20, at("2026-12-28 10:00"))
                        .assumedYear())
                .isNull();
    }

    @Test
    void aYearInWhichNothingWasCountedByTheCalendarDoesNotMatter() {
        WorkCalendar known = prc(Set.of(2026));
        Clock clock = started(MINUTES, known, 80_000, at("2025-12-30 10:00"));

        assertThat(rebased(clock, WORKING_TIME, known, 80_000, at("2026-02-06 10:00"))
                        .assumedYear())
                .as("until the re-base every minute counted")
                .isNull();
        assertThat(started(WORKING_DAYS, known, 3, at("2025-12-31 10:00")).assumedYear())
                .as("the day received is not counted")
                .isNull();
        assertThat(started(WORKING_DAYS, known, 3, at("2025-12-30 10:00")).assumedYear())
                .isEqualTo(2025);
    }

    @Test
    void aDayToWhichNothingRollsDoesNotMatter() {
        WorkCalendar unknown = prc(Set.of());
        var counting = new Counting(Unit.CALENDAR_DAY, false, true, false, DayEnd.MIDNIGHT, null);
        Clock clock = started(counting, unknown, 1, at("2026-02-17 23:59:59"));

        assertThat(clock.assumedYear()).as("rolls to the 24th").isEqualTo(2026);
        Clock rebased = rebased(clock, WORKING_DAYS, unknown, 1, at("2026-02-23 22:00"));
        assertThat(rebased.dueAt()).as("the new way does not roll").isEqualTo(at("2026-02-24 24:00"));
        assertThat(rebased.assumedYear()).isNull();
    }
}
