package io.bihuan.statute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The three guarantees for appliances, at the edges of each, and the time that stands during repairs. */
class ApplianceThreeGuaranteesTests {
    private static final LocalDate BOUGHT = LocalDate.of(2026, 1, 10);

    private static List<Finding> judge(
            @Nullable LocalDate installed,
            @Nullable LocalDate exchanged,
            @Nullable Integer failed,
            @Nullable Integer parts,
            @Nullable Integer delay,
            List<Repair> repairs,
            LocalDate day) {
        return ApplianceThreeGuarantees.judge(
                new ApplianceThreeGuarantees.Case(
                        BOUGHT,
                        null,
                        installed,
                        exchanged,
                        "air-conditioner",
                        failed,
                        parts,
                        delay,
                        null,
                        LocalDate.of(2024, 2, 29),
                        repairs),
                Laws.APPLIANCE,
                Laws.MAIN_PARTS,
                day);
    }

    private static Verdict on(Rule rule, LocalDate day) {
        return Laws.only(judge(null, null, null, null, null, List.of(), day), rule)
                .verdict();
    }

    @Test
    void sevenDaysToReturnAndFifteenToExchange() {
        assertThat(on(Rule.APPLIANCE_RETURN, BOUGHT.plusDays(7))).isEqualTo(Verdict.HOLDS);
        assertThat(on(Rule.APPLIANCE_RETURN, BOUGHT.plusDays(8))).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(on(Rule.APPLIANCE_EXCHANGE, BOUGHT.plusDays(15))).isEqualTo(Verdict.HOLDS);
        assertThat(on(Rule.APPLIANCE_EXCHANGE, BOUGHT.plusDays(16))).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(on(Rule.APPLIANCE_RETURN, BOUGHT.minusDays(1))).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void oneYearForTheWholeAndThreeForTheMainPartsOfAnAirConditioner() {
        assertThat(on(Rule.APPLIANCE_WHOLE, LocalDate.of(2027, 1, 10))).isEqualTo(Verdict.HOLDS);
        assertThat(on(Rule.APPLIANCE_WHOLE, LocalDate.of(2027, 1, 11))).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(on(Rule.APPLIANCE_MAIN_PARTS, LocalDate.of(2029, 1, 10))).isEqualTo(Verdict.HOLDS);
        assertThat(on(Rule.APPLIANCE_MAIN_PARTS, LocalDate.of(2029, 1, 11))).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void theTimeRunsFromTheInstallationAndAnewAfterAnExchange() {
        var installed = BOUGHT.plusDays(20);
        var findings = judge(installed, null, null, null, null, List.of(), BOUGHT.plusDays(27));
        assertThat(Laws.only(findings, Rule.APPLIANCE_RETURN).verdict()).isEqualTo(Verdict.HOLDS);
        var exchanged =
                judge(installed, LocalDate.of(2026, 6, 1), null, null, null, List.of(), LocalDate.of(2027, 6, 1));
        assertThat(Laws.only(exchanged, Rule.APPLIANCE_WHOLE).until()).isEqualTo("2027-06-01");
        assertThat(Laws.only(exchanged, Rule.APPLIANCE_WHOLE).verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void twoFailedRepairsNinetyDaysOfPartsAndThirtyOfTheRepairer() {
        var day = BOUGHT.plusDays(200);
        assertThat(Laws.only(judge(null, null, 1, 90, 30, List.of(), day), Rule.APPLIANCE_FAILED_REPAIRS)
                        .verdict())
                .isEqualTo(Verdict.DOES_NOT_HOLD);
        var edge = judge(null, null, 2, 90, 30, List.of(), day);
        assertThat(Laws.only(edge, Rule.APPLIANCE_FAILED_REPAIRS).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(Laws.only(edge, Rule.APPLIANCE_MISSING_PARTS).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(Laws.only(edge, Rule.APPLIANCE_REPAIRER_DELAY).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
        var beyond = judge(null, null, 2, 91, 31, List.of(), day);
        assertThat(Laws.only(beyond, Rule.APPLIANCE_MISSING_PARTS).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(Laws.only(beyond, Rule.APPLIANCE_REPAIRER_DELAY).verdict()).isEqualTo(Verdict.HOLDS);
        var late = judge(null, null, 2, 91, 31, List.of(), BOUGHT.plusYears(1).plusDays(1));
        assertThat(Laws.only(late, Rule.APPLIANCE_FAILED_REPAIRS).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void afterARepairItWorksForThirtyDaysAndPartsAreThereForFiveYears() {
        var repair = new Repair(BOUGHT.plusDays(40), BOUGHT.plusDays(45));
        var last = judge(null, null, null, null, null, List.of(repair), BOUGHT.plusDays(75));
        assertThat(Laws.only(last, Rule.APPLIANCE_NORMAL_USE).verdict()).isEqualTo(Verdict.HOLDS);
        var after = judge(null, null, null, null, null, List.of(repair), BOUGHT.plusDays(76));
        assertThat(Laws.only(after, Rule.APPLIANCE_NORMAL_USE).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(Laws.only(after, Rule.APPLIANCE_PARTS_SUPPLY).until()).isEqualTo("2029-02-28");
    }

    @Test
    void theGuaranteeStandsDuringTwoRepairs() {
        var repairs = List.of(
                new Repair(LocalDate.of(2026, 5, 1), LocalDate.of(2026, 5, 10)),
                new Repair(LocalDate.of(2027, 1, 15), LocalDate.of(2027, 1, 19)));
        var finding = Laws.only(
                judge(null, null, null, null, null, repairs, LocalDate.of(2027, 1, 25)), Rule.APPLIANCE_WHOLE);
        assertThat(finding.until()).isEqualTo("2027-01-25");
        assertThat(finding.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(finding.reasons()).contains(new Line("appliance.paused", List.of(15, LocalDate.of(2027, 1, 10))));
    }

    @Provide
    Arbitrary<List<Repair>> repairs() {
        return Combinators.combine(
                        Arbitraries.integers().between(-5, 90),
                        Arbitraries.integers().between(0, 25))
                .as((in, length) -> new Repair(BOUGHT.plusDays(in), BOUGHT.plusDays(in + length)))
                .list()
                .ofMaxSize(5);
    }

    /** Walks day by day: a day in repair is not counted, the time is over when its last day was counted. */
    @Property(tries = 2_000)
    void itEndsOnTheDayThatCountingDayByDayFinds(
            @ForAll("repairs") List<Repair> repairs,
            @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 60) int days) {
        var end = BOUGHT.plusDays(days);
        var left = ChronoUnit.DAYS.between(BOUGHT, end);
        var day = BOUGHT;
        while (left > 0) {
            day = day.plusDays(1);
            if (!isInRepair(day, repairs)) {
                left--;
            }
        }
        assertThat(ApplianceThreeGuarantees.end(BOUGHT, end, repairs, LocalDate.MAX))
                .isEqualTo(day);
    }

    private static boolean isInRepair(LocalDate day, List<Repair> repairs) {
        return repairs.stream()
                .anyMatch(repair -> repair.out() != null && !day.isBefore(repair.in()) && !day.isAfter(repair.out()));
    }
}
