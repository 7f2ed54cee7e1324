package io.bihuan.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bihuan.telephony.Staffing.Outcome;
import java.time.Duration;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The queueing formulas against their vectors, and what must hold of them whatever the numbers. */
class StaffingTests {
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    /** 100 calls an hour of 300 seconds: 8.333 Erlangs. */
    private static final Staffing HOTLINE = new Staffing(100, Duration.ofHours(1), Duration.ofMinutes(5));

    private static final Offset<Double> THREE_DIGITS = within(0.0005);

    @Test
    void erlangCGivesItsVectors() {
        assertThat(HOTLINE.load()).isCloseTo(8.333, THREE_DIGITS);
        assertThat(HOTLINE.patient(13, HALF_MINUTE).level()).isCloseTo(.938, THREE_DIGITS);
        Outcome fourteen = HOTLINE.patient(14, HALF_MINUTE);
        assertThat(fourteen.level()).isCloseTo(.970, THREE_DIGITS);
        assertThat(fourteen.speed()).isCloseTo(2.8, within(0.05));
        assertThat(fourteen.occupancy()).isCloseTo(.595, THREE_DIGITS);
        assertThat(HOTLINE.agents(.95, HALF_MINUTE, null)).isEqualTo(14);

        var twenty = Duration.ofSeconds(20);
        assertThat(HOTLINE.patient(12, twenty).level()).isCloseTo(.862, THREE_DIGITS);
        assertThat(HOTLINE.patient(11, twenty).level()).isCloseTo(.749, THREE_DIGITS);
        assertThat(HOTLINE.agents(.80, twenty, null)).isEqualTo(12);
    }

    @Test
    void erlangAGivesItsVectors() {
        Outcome twelve = HOTLINE.impatient(12, HALF_MINUTE, TWO_MINUTES);
        assertThat(twelve.level()).isCloseTo(.9325, within(0.00005));
        assertThat(twelve.abandoned()).isCloseTo(.031, THREE_DIGITS);
        Outcome thirteen = HOTLINE.impatient(13, HALF_MINUTE, TWO_MINUTES);
        assertThat(thirteen.level()).isCloseTo(.962, THREE_DIGITS);
        assertThat(thirteen.abandoned()).isCloseTo(.017, THREE_DIGITS);
        assertThat(HOTLINE.agents(.95, HALF_MINUTE, TWO_MINUTES)).isEqualTo(13);
    }

    /** The same by another way: the states one by one, and the wait as a chain of exponential steps that is followed in small time steps. */
    @Test
    void erlangAIsWhatTheStatesOneByOneSay() {
        double arrivals = 100 / 3600.0;
        double one = 1 / 300.0;
        double leaving = 1 / 120.0;
        int agents = 9;
        int most = 200;
        var weight = new double[agents + most];
        weight[0] = 1;
        double total = 1;
        for (int n = 1; n < weight.length; n++) {
            weight[n] = weight[n - 1] * arrivals / (Math.min(n, agents) * one + Math.max(0, n - agents) * leaving);
            total += weight[n];
        }
        double waiting = 0;
        double length = 0;
        double answered = 0;
        for (int n = 0; n < weight.length; n++) {
            double share = weight[n] / total;
            if (n < agents) {
                answered += share;
            } else {
                waiting += share;
                length += share * (n - agents);
                answered += share * servedWithin(30, n - agents, agents * one, leaving);
            }
        }
        Outcome outcome = HOTLINE.impatient(agents, HALF_MINUTE, TWO_MINUTES);
        assertThat(outcome.waiting()).isCloseTo(waiting, within(1e-9));
        assertThat(outcome.abandoned()).isCloseTo(leaving * length / arrivals, within(1e-9));
        assertThat(outcome.level()).isCloseTo(answered, within(1e-4));
    }

    /** The share of those who find so many before them that is answered in time, by following them in steps of a millisecond. */
    private static double servedWithin(double seconds, int before, double served, double leaving) {
        var at = new double[before + 1];
        at[before] = 1;
        double answered = 0;
        double step = 0.001;
        for (double t = 0; t < seconds; t += step) {
            answered += at[0] * served * step;
            at[0] -= at[0] * (served + leaving) * step;
            for (int ahead = 1; ahead <= before; ahead++) {
                double moves = at[ahead] * (served + ahead * leaving) * step;
                at[ahead] -= moves + at[ahead] * leaving * step;
                at[ahead - 1] += moves;
            }
            if (before > 60) {
                return 0;
            }
        }
        return answered;
    }

    @Property(tries = 200)
    void oneMoreIsNeverWorse(
            @ForAll @DoubleRange(min = 0.1, max = 400) double load,
            @ForAll @IntRange(min = 0, max = 500) int agents,
            @ForAll @IntRange(min = 1, max = 3_600) int patience) {
        var staffing = new Staffing(load * 12, Duration.ofHours(1), Duration.ofMinutes(5));
        Duration gives = Duration.ofSeconds(patience);
        assertThat(staffing.patient(agents + 1, HALF_MINUTE).level())
                .isGreaterThanOrEqualTo(staffing.patient(agents, HALF_MINUTE).level());
        Outcome with = staffing.impatient(agents, HALF_MINUTE, gives);
        Outcome withMore = staffing.impatient(agents + 1, HALF_MINUTE, gives);
        assertThat(withMore.level()).isGreaterThanOrEqualTo(with.level() - 1e-9);
        assertThat(withMore.abandoned()).isLessThanOrEqualTo(with.abandoned() + 1e-9);
    }

    @Property(tries = 200)
    void sharesStaySharesAndWhoIsNotServedHasLeft(
            @ForAll @DoubleRange(min = 0.01, max = 2_000) double load,
            @ForAll @IntRange(min = 0, max = 2_000) int agents,
            @ForAll @IntRange(min = 1, max = 7_200) int patience) {
        var staffing = new Staffing(load * 12, Duration.ofHours(1), Duration.ofMinutes(5));
        Outcome outcome = staffing.impatient(agents, HALF_MINUTE, Duration.ofSeconds(patience));
        assertThat(outcome.level()).isBetween(0.0, 1.0);
        assertThat(outcome.waiting()).isBetween(0.0, 1.0);
        assertThat(outcome.abandoned()).isBetween(0.0, 1.0);
        assertThat(outcome.occupancy()).isBetween(0.0, 1.0);
        assertThat(outcome.level()).isLessThanOrEqualTo(1 - outcome.abandoned() + outcome.waiting() + 1e-9);
        assertThat(outcome.speed()).isNotNegative();
        // Flow: what comes in is talked to or leaves.
        assertThat(outcome.occupancy() * agents + load * outcome.abandoned())
                .isCloseTo(load, within(1e-6 * load + 1e-6));
    }

    @Property(tries = 60)
    void whoNeverGivesUpIsErlangC(
            @ForAll @DoubleRange(min = 1, max = 500) double load, @ForAll @IntRange(min = 1, max = 60) int spare) {
        var staffing = new Staffing(load * 12, Duration.ofHours(1), Duration.ofMinutes(5));
        int agents = (int) Math.ceil(load) + spare;
        Outcome patient = staffing.patient(agents, HALF_MINUTE);
        Outcome endless = staffing.impatient(agents, HALF_MINUTE, Duration.ofDays(3_650));
        assertThat(endless.level()).isCloseTo(patient.level(), within(1e-4));
        assertThat(endless.waiting()).isCloseTo(patient.waiting(), within(1e-4));
        assertThat(endless.abandoned()).isLessThan(1e-4);
    }

    @Property(tries = 100)
    void erlangCAndErlangBKeepTheirIdentity(
            @ForAll @DoubleRange(min = 0.1, max = 1_900) double load, @ForAll @IntRange(min = 1, max = 100) int spare) {
        int agents = (int) Math.ceil(load) + spare;
        double blocked = Staffing.blocked(load, agents);
        double waiting = new Staffing(load * 12, Duration.ofHours(1), Duration.ofMinutes(5))
                .patient(agents, HALF_MINUTE)
                .waiting();
        // 1/C = 1/B − (a/n)·(1/B − 1)
        assertThat(1 / waiting).isCloseTo(1 / blocked - load / agents * (1 / blocked - 1), within(1e-6 / waiting));
    }

    @Test
    void aHotlineOfTwoThousandIsCountedAsWell() {
        var large = new Staffing(2_000 * 12, Duration.ofHours(1), Duration.ofMinutes(5));
        int patient = Objects.requireNonNull(large.agents(.80, Duration.ofSeconds(20), null));
        int impatient = Objects.requireNonNull(large.agents(.80, Duration.ofSeconds(20), TWO_MINUTES));
        assertThat(patient).isBetween(2_001, 2_100);
        assertThat(impatient).isBetween(1_700, patient);
        assertThat(large.impatient(1_000, HALF_MINUTE, Duration.ofHours(24)).abandoned())
                .isCloseTo(.5, within(0.001));
    }

    @Test
    void tooFewAgentsLetTheQueueGrowForEver() {
        Outcome eight = HOTLINE.patient(8, HALF_MINUTE);
        assertThat(eight.level()).isZero();
        assertThat(eight.speed()).isNull();
        assertThat(HOTLINE.impatient(0, HALF_MINUTE, TWO_MINUTES).abandoned()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aQuietHotlineNeedsNobodyAndShrinkageIsAddedOnTop() {
        var quiet = new Staffing(0, Duration.ofMinutes(30), Duration.ofMinutes(5));
        assertThat(quiet.impatient(0, HALF_MINUTE, TWO_MINUTES).level()).isEqualTo(1);
        assertThat(Staffing.rostered(14, 0)).isEqualTo(14);
        assertThat(Staffing.rostered(14, .30)).isEqualTo(20);
        assertThat(Staffing.rostered(7, .30)).isEqualTo(10);
    }
}
