package io.bihuan.statute;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.platform.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The three guarantees for cars, at the edges of each. */
class CarThreeGuaranteesTests {
    private static final LocalDate SOLD = LocalDate.of(2026, 3, 1);

    /** A car sold on {@link #SOLD}, and what more is known of it. */
    private static final class Known {
        @Nullable
        LocalDate delivered;

        @Nullable
        Integer kilometres = 1_000;

        @Nullable
        Energy energy = Energy.ELECTRIC;

        @Nullable
        Money price;

        @Nullable
        BigDecimal coefficient;

        @Nullable
        CarFault fault;

        @Nullable
        Assembly assembly;

        @Nullable
        Integer days;

        @Nullable
        Integer same;

        @Nullable
        Boolean remains;

        @Nullable
        LocalDate requested;

        List<CarRepair> repairs = new ArrayList<>();

        Finding judge(Rule rule, LocalDate day) {
            return Laws.only(
                    CarThreeGuarantees.judge(
                            new CarThreeGuarantees.Case(
                                    SOLD,
                                    delivered,
                                    kilometres,
                                    energy,
                                    price,
                                    coefficient,
                                    fault,
                                    assembly,
                                    days,
                                    same,
                                    remains,
                                    true,
                                    requested,
                                    repairs),
                            Laws.CAR,
                            day,
                            WorkingDays.MONDAY_TO_FRIDAY),
                    rule);
        }

        Verdict verdict(Rule rule, LocalDate day) {
            return judge(rule, day).verdict();
        }
    }

    private static CarRepair repair(LocalDateTime in, LocalDateTime out, String fault) {
        return new CarRepair(
                in, out, null, CarFault.OTHER, fault, Replaced.NOTHING, Assembly.NONE, "", false, Duration.ZERO);
    }

    private static CarRepair replacing(LocalDate in, Replaced what, Assembly assembly, String part) {
        return new CarRepair(
                in.atTime(9, 0),
                in.atTime(17, 0),
                null,
                CarFault.OTHER,
                "f",
                what,
                assembly,
                part,
                false,
                Duration.ZERO);
    }

    private static CarRepair unsafe(LocalDate in) {
        return new CarRepair(
                in.atTime(9, 0),
                in.atTime(17, 0),
                null,
                CarFault.OTHER,
                "f",
                Replaced.NOTHING,
                Assembly.NONE,
                "",
                true,
                Duration.ZERO);
    }

    @Test
    void timeOrKilometresEndAGuaranteeWhicheverComesFirst() {
        var car = new Known();
        assertThat(car.judge(Rule.CAR_WARRANTY, SOLD).until()).isEqualTo("2028-03-01");
        assertThat(car.verdict(Rule.CAR_WARRANTY, LocalDate.of(2028, 3, 1))).isEqualTo(Verdict.HOLDS);
        assertThat(car.verdict(Rule.CAR_WARRANTY, LocalDate.of(2028, 3, 2))).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(car.verdict(Rule.CAR_FREE_REPAIR, LocalDate.of(2029, 3, 1))).isEqualTo(Verdict.HOLDS);
        assertThat(car.verdict(Rule.CAR_FREE_REPAIR, LocalDate.of(2029, 3, 2))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.kilometres = 50_000;
        assertThat(car.verdict(Rule.CAR_WARRANTY, SOLD.plusDays(9))).isEqualTo(Verdict.HOLDS);
        car.kilometres = 50_001;
        assertThat(car.verdict(Rule.CAR_WARRANTY, SOLD.plusDays(9))).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(car.verdict(Rule.CAR_FREE_REPAIR, SOLD.plusDays(9))).isEqualTo(Verdict.HOLDS);
        car.kilometres = null;
        assertThat(car.judge(Rule.CAR_WARRANTY, SOLD.plusDays(9)).missing()).containsExactly(Input.KILOMETRES);
    }

    @Test
    void itRunsFromTheDeliveryWhereThatIsAnotherDay() {
        var car = new Known();
        car.delivered = LocalDate.of(2026, 3, 11);
        var finding = car.judge(Rule.CAR_WARRANTY, LocalDate.of(2026, 4, 1));
        assertThat(finding.until()).isEqualTo("2028-03-11");
        assertThat(finding.reasons().getFirst().key()).isEqualTo("car.start.delivered");
        assertThat(car.verdict(Rule.CAR_WARRANTY, LocalDate.of(2026, 3, 10))).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void aCarSoldOnALeapDayIsGuaranteedUntilTheEndOfFebruary() {
        var findings = CarThreeGuarantees.judge(
                new CarThreeGuarantees.Case(
                        LocalDate.of(2024, 2, 29),
                        null,
                        1,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of()),
                Laws.CAR,
                LocalDate.of(2026, 2, 28),
                WorkingDays.MONDAY_TO_FRIDAY);
        assertThat(Laws.only(findings, Rule.CAR_WARRANTY).until()).isEqualTo("2026-02-28");
        assertThat(Laws.only(findings, Rule.CAR_WARRANTY).verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void anAssemblyThatFailsWithinSevenDaysGivesExchangeOrReturn() {
        var car = new Known();
        car.assembly = Assembly.TRACTION_BATTERY;
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_RETURN, SOLD.plusDays(7))).isEqualTo(Verdict.HOLDS);
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_RETURN, SOLD.plusDays(8))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.assembly = Assembly.NONE;
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_RETURN, SOLD.plusDays(7))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.assembly = null;
        assertThat(car.judge(Rule.CAR_ASSEMBLY_RETURN, SOLD.plusDays(7)).missing())
                .containsExactly(Input.ASSEMBLY);
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_RETURN, SOLD.plusDays(8))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.assembly = Assembly.TRACTION_BATTERY;
        car.energy = Energy.FUEL;
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_RETURN, SOLD.plusDays(7))).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void theEarlyWindowEndsAfterSixtyDaysOrThreeThousandKilometres() {
        var car = new Known();
        car.assembly = Assembly.ENGINE;
        car.fault = CarFault.BRAKE_FAILURE;
        for (var rule : List.of(Rule.CAR_ASSEMBLY_FREE, Rule.CAR_EARLY_RETURN)) {
            car.kilometres = 3_000;
            assertThat(car.verdict(rule, SOLD.plusDays(60))).as(rule.name()).isEqualTo(Verdict.HOLDS);
            assertThat(car.verdict(rule, SOLD.plusDays(61))).as(rule.name()).isEqualTo(Verdict.DOES_NOT_HOLD);
            car.kilometres = 3_001;
            assertThat(car.verdict(rule, SOLD.plusDays(60))).as(rule.name()).isEqualTo(Verdict.DOES_NOT_HOLD);
            car.kilometres = null;
            assertThat(car.verdict(rule, SOLD.plusDays(60))).as(rule.name()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
        }
        car.kilometres = 100;
        car.fault = CarFault.OTHER;
        assertThat(car.verdict(Rule.CAR_EARLY_RETURN, SOLD.plusDays(2))).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void whatHappenedEarlyCountsLaterToo() {
        var car = new Known();
        car.fault = CarFault.OTHER;
        car.kilometres = 20_000;
        var early = SOLD.plusDays(10).atTime(9, 0);
        car.repairs.add(new CarRepair(
                early,
                early.plusHours(3),
                2_999,
                CarFault.STEERING_FAILURE,
                "s",
                Replaced.NOTHING,
                Assembly.NONE,
                "",
                false,
                Duration.ZERO));
        assertThat(car.verdict(Rule.CAR_EARLY_RETURN, SOLD.plusDays(200))).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void aSeriousSafetyFaultAfterTwoRepairsGivesExchangeOrReturn() {
        var car = new Known();
        car.remains = true;
        car.repairs.add(unsafe(SOLD.plusDays(100)));
        assertThat(car.verdict(Rule.CAR_SAFETY_RETURN, SOLD.plusDays(300))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.repairs.add(unsafe(SOLD.plusDays(120)));
        assertThat(car.verdict(Rule.CAR_SAFETY_RETURN, SOLD.plusDays(300))).isEqualTo(Verdict.HOLDS);
        car.remains = null;
        assertThat(car.judge(Rule.CAR_SAFETY_RETURN, SOLD.plusDays(300)).missing())
                .containsExactly(Input.SAFETY_FAULT_REMAINS);
        car.remains = false;
        assertThat(car.verdict(Rule.CAR_SAFETY_RETURN, SOLD.plusDays(300))).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void theSameAssemblyOrMainPartReplacedTwiceGivesExchangeOrReturn() {
        var car = new Known();
        var day = SOLD.plusDays(400);
        car.repairs.add(replacing(SOLD.plusDays(100), Replaced.ASSEMBLY, Assembly.GEARBOX, ""));
        car.repairs.add(replacing(SOLD.plusDays(120), Replaced.ASSEMBLY, Assembly.ENGINE, ""));
        car.repairs.add(replacing(SOLD.plusDays(130), Replaced.MAIN_PART, Assembly.NONE, "Steering  rack"));
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_TWICE, day)).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(car.verdict(Rule.CAR_MAIN_PART_TWICE, day)).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.repairs.add(replacing(SOLD.plusDays(140), Replaced.ASSEMBLY, Assembly.ENGINE, ""));
        car.repairs.add(replacing(SOLD.plusDays(150), Replaced.MAIN_PART, Assembly.NONE, "steering rack "));
        assertThat(car.verdict(Rule.CAR_ASSEMBLY_TWICE, day)).isEqualTo(Verdict.HOLDS);
        assertThat(car.verdict(Rule.CAR_MAIN_PART_TWICE, day)).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void moreThanThirtyDaysInRepairGiveExchangeOrReturn() {
        var car = new Known();
        var in = SOLD.plusDays(100).atTime(9, 0);
        car.repairs.add(repair(in, in.plusDays(29), "a"));
        car.repairs.add(repair(in.plusDays(60), in.plusDays(60).plusHours(24), "b"));
        var day = SOLD.plusDays(300);
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, day)).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.repairs.set(1, repair(in.plusDays(60), in.plusDays(60).plusHours(24).plusMinutes(1), "b"));
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, day)).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void repairsAfterTheGuaranteeDoNotCount() {
        var car = new Known();
        var after = LocalDate.of(2028, 3, 2).atTime(9, 0);
        car.repairs.add(repair(after, after.plusDays(40), "a"));
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, LocalDate.of(2028, 6, 1))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.repairs.set(0, repair(after.minusDays(1), after.plusDays(40), "a"));
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, LocalDate.of(2028, 6, 1))).isEqualTo(Verdict.HOLDS);
        car.kilometres = 55_000;
        assertThat(car.judge(Rule.CAR_REPAIR_DAYS, LocalDate.of(2028, 6, 1)).missing())
                .containsExactly(Input.REPAIRS);
    }

    @Test
    void moreThanFourRepairsOfTheSameFaultGiveExchangeOrReturn() {
        var car = new Known();
        for (var time = 0; time < 4; time++) {
            var in = SOLD.plusDays(50 + time).atTime(9, 0);
            car.repairs.add(repair(in, in.plusHours(1), "Noise"));
        }
        var other = SOLD.plusDays(90).atTime(9, 0);
        car.repairs.add(repair(other, other.plusHours(1), "leak"));
        assertThat(car.verdict(Rule.CAR_SAME_FAULT, SOLD.plusDays(99))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.repairs.add(repair(other.plusDays(1), other.plusDays(2), " noise "));
        assertThat(car.verdict(Rule.CAR_SAME_FAULT, SOLD.plusDays(99))).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void sumsThatSomebodyStatedServeWhileTheGuaranteeRuns() {
        var car = new Known();
        car.days = 30;
        car.same = 4;
        var day = SOLD.plusDays(300);
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, day)).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(car.verdict(Rule.CAR_SAME_FAULT, day)).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.days = 31;
        car.same = 5;
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, day)).isEqualTo(Verdict.HOLDS);
        assertThat(car.verdict(Rule.CAR_SAME_FAULT, day)).isEqualTo(Verdict.HOLDS);
        assertThat(car.verdict(Rule.CAR_REPAIR_DAYS, SOLD.plusYears(2).plusDays(1)))
                .isEqualTo(Verdict.CANNOT_BE_JUDGED);
    }

    /** Counts hour by hour: a new day begins with the first moment of every 24 hours. */
    @Test
    void repairDaysAreFull24HoursAndWhatRemains() {
        var random = new Random(43);
        for (var round = 0; round < 2_000; round++) {
            var in = SOLD.atStartOfDay().plusMinutes(random.nextInt(200_000));
            var hours = random.nextInt(24 * 12);
            var excluded = random.nextInt(24 * 3);
            var days = 0;
            for (var hour = 0; hour < hours - excluded; hour++) {
                if (hour % 24 == 0) {
                    days++;
                }
            }
            var repair = new CarRepair(
                    in,
                    in.plusHours(hours),
                    null,
                    CarFault.OTHER,
                    "",
                    Replaced.NOTHING,
                    Assembly.NONE,
                    "",
                    false,
                    Duration.ofHours(excluded));
            assertThat(repair.days(in.plusYears(1)))
                    .as("%s h − %s h", hours, excluded)
                    .isEqualTo(days);
        }
        var in = SOLD.atTime(9, 0);
        assertThat(repair(in, in.plusHours(24), "").days(in)).isEqualTo(1);
        assertThat(repair(in, in.plusHours(24).plusSeconds(1), "").days(in)).isEqualTo(2);
        assertThat(repair(in, in.plusMinutes(1), "").days(in)).isEqualTo(1);
        assertThat(repair(in, in, "").days(in)).isZero();
    }

    /** Price × km ÷ 1,000 × n, half up to the fen at the very end. */
    @Test
    void theUsageFeeIsRoundedOnceAndNeverMoreThanThePrice() {
        var half = new BigDecimal("0.005");
        assertThat(CarThreeGuarantees.usageFee(Money.ofYuan(200_000), 12_000, half))
                .isEqualTo(Money.ofYuan(12_000));
        assertThat(CarThreeGuarantees.usageFee(Money.ofFen(12_345_678), 9_876, half))
                .isEqualTo(Money.ofFen(609_630));
        assertThat(CarThreeGuarantees.usageFee(Money.ofFen(100), 1_000, half)).isEqualTo(Money.ofFen(1));
        assertThat(CarThreeGuarantees.usageFee(Money.ofFen(99), 1_000, half)).isEqualTo(Money.ofFen(0));
        assertThat(CarThreeGuarantees.usageFee(Money.ofYuan(1), 900_000, half)).isEqualTo(Money.ofYuan(1));

        var car = new Known();
        car.price = Money.ofYuan(150_000);
        car.kilometres = 10_000;
        assertThat(car.judge(Rule.CAR_USAGE_FEE, SOLD).amount()).isEqualTo(Money.ofYuan(7_500));
        car.coefficient = new BigDecimal("0.004");
        assertThat(car.judge(Rule.CAR_USAGE_FEE, SOLD).amount()).isEqualTo(Money.ofYuan(6_000));
        car.coefficient = new BigDecimal("0.008");
        assertThat(car.judge(Rule.CAR_USAGE_FEE, SOLD).amount()).isEqualTo(Money.ofYuan(7_500));
        car.price = null;
        assertThat(car.judge(Rule.CAR_USAGE_FEE, SOLD).missing()).containsExactly(Input.PRICE);
    }

    @Test
    void aLoanerIsDueFromTheSixthDayOfOneRepair() {
        var car = new Known();
        var in = SOLD.plusDays(10).atTime(9, 0);
        car.repairs.add(repair(in, in.plusDays(5), "a"));
        car.repairs.add(repair(in.plusDays(20), in.plusDays(24), "a"));
        assertThat(car.verdict(Rule.CAR_LOANER, SOLD.plusDays(60))).isEqualTo(Verdict.DOES_NOT_HOLD);
        car.repairs.add(repair(in.plusDays(30), in.plusDays(35).plusHours(1), "a"));
        assertThat(car.verdict(Rule.CAR_LOANER, SOLD.plusDays(60))).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void anAnswerIsDueAfterTenWorkingDaysAndTheExchangeAfterTwenty() {
        var car = new Known();
        car.requested = LocalDate.of(2026, 3, 2);
        var answer = car.judge(Rule.CAR_ANSWER, LocalDate.of(2026, 3, 16));
        assertThat(answer.until()).isEqualTo("2026-03-16");
        assertThat(answer.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(answer.reasons()).extracting(Line::key).contains("car.noCalendar");
        assertThat(car.verdict(Rule.CAR_ANSWER, LocalDate.of(2026, 3, 17))).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(car.judge(Rule.CAR_EXCHANGE_DONE, SOLD).until()).isEqualTo("2026-03-30");
    }

    @Test
    void aNewOwnerKeepsTheRights() {
        assertThat(new Known().verdict(Rule.CAR_OWNER_CHANGED, SOLD)).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void withoutTheDayOfSaleNothingIsJudged() {
        var findings = CarThreeGuarantees.judge(
                new CarThreeGuarantees.Case(
                        null, null, 1, null, null, null, null, null, null, null, null, null, null, List.of()),
                Laws.CAR,
                SOLD,
                WorkingDays.MONDAY_TO_FRIDAY);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED));
        assertThat(Laws.only(findings, Rule.CAR_WARRANTY).missing()).containsExactly(Input.INVOICED_ON);
    }
}
