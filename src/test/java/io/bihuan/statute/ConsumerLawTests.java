package io.bihuan.statute;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Burden of proof, fraud and the return of online orders, at the edges of each. */
class ConsumerLawTests {
    private static Finding proof(@Nullable LocalDate accepted, @Nullable String goods, LocalDate found) {
        return BurdenOfProof.judge(new BurdenOfProof.Case(accepted, null, goods), Laws.PROOF, Laws.GOODS, found)
                .getFirst();
    }

    @Test
    void theBusinessProvesForSixMonthsOfTheCalendar() {
        var accepted = LocalDate.of(2026, 3, 10);
        assertThat(proof(accepted, "television", LocalDate.of(2026, 9, 10)).verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(proof(accepted, "television", LocalDate.of(2026, 9, 11)).verdict())
                .isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(proof(LocalDate.of(2026, 8, 31), "television", accepted).until())
                .isEqualTo("2027-02-28");
        assertThat(proof(LocalDate.of(2027, 8, 31), "television", accepted).until())
                .isEqualTo("2028-02-29");
    }

    @Test
    void onlyForTheListedGoods() {
        assertThat(proof(LocalDate.of(2026, 3, 10), "kettle", LocalDate.of(2026, 3, 11))
                        .verdict())
                .isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(proof(null, null, LocalDate.of(2026, 3, 11)).missing())
                .containsExactlyInAnyOrder(Input.ACCEPTED_ON, Input.PRODUCT_TYPE);
    }

    private static Finding fraud(@Nullable Money paid, @Nullable Boolean established, Rule rule) {
        return Laws.only(
                Fraud.judge(new Fraud.Case(paid, established, established), Laws.FRAUD, null, LocalDate.of(2026, 3, 1)),
                rule);
    }

    @Test
    void fraudCostsThreeTimesThePriceAndFiveHundredAtLeast() {
        assertThat(fraud(Money.ofYuan(200), true, Rule.FRAUD_COMPENSATION).amount())
                .isEqualTo(Money.ofYuan(600));
        assertThat(fraud(Money.ofFen(16_666), true, Rule.FRAUD_COMPENSATION).amount())
                .isEqualTo(Money.ofYuan(500));
        assertThat(fraud(Money.ofFen(16_667), true, Rule.FRAUD_COMPENSATION).amount())
                .isEqualTo(Money.ofFen(50_001));
        assertThat(fraud(Money.ofYuan(99), true, Rule.FOOD_COMPENSATION).amount())
                .isEqualTo(Money.ofYuan(1_000));
        assertThat(fraud(Money.ofYuan(101), true, Rule.FOOD_COMPENSATION).amount())
                .isEqualTo(Money.ofYuan(1_010));
    }

    @Test
    void whetherThereWasFraudPeopleSay() {
        var open = fraud(Money.ofYuan(200), null, Rule.FRAUD_COMPENSATION);
        assertThat(open.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
        assertThat(open.missing()).containsExactly(Input.FRAUD_ESTABLISHED);
        assertThat(open.amount()).isEqualTo(Money.ofYuan(600));
        var none = fraud(Money.ofYuan(200), false, Rule.FRAUD_COMPENSATION);
        assertThat(none.verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(none.amount()).isNull();
        assertThat(fraud(null, true, Rule.FRAUD_COMPENSATION).missing()).containsExactly(Input.AMOUNT);
    }

    private static Finding online(
            Rule rule,
            @Nullable LocalDate asked,
            @Nullable String exception,
            @Nullable LocalDate back,
            LocalDate day,
            WorkingDays workingDays) {
        return Laws.only(
                OnlineReturn.judge(
                        new OnlineReturn.Case(LocalDate.of(2026, 3, 3), asked, exception, back, null, null),
                        Laws.ONLINE,
                        Laws.EXCEPTIONS,
                        day,
                        workingDays),
                rule);
    }

    @Test
    void sevenDaysFromTheDayAfterItWasSignedFor() {
        var seventh = LocalDate.of(2026, 3, 10);
        var rule = Rule.ONLINE_RETURN_ALLOWED;
        var week = WorkingDays.MONDAY_TO_FRIDAY;
        assertThat(online(rule, null, "none", null, seventh, week).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(online(rule, null, "none", null, seventh.plusDays(1), week).verdict())
                .isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(online(rule, seventh, "none", null, seventh.plusDays(9), week)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(online(rule, null, "fresh", null, seventh, week).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(online(rule, null, null, null, seventh, week).missing()).containsExactly(Input.EXCEPTION);
    }

    @Test
    void aLastDayOffMovesToTheNextWorkingDay() {
        var holiday = LocalDate.of(2026, 3, 10);
        var calendar = new WorkingDays(day -> !day.equals(holiday), true);
        assertThat(online(Rule.ONLINE_RETURN_ALLOWED, null, "none", null, holiday.plusDays(1), calendar)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void theMoneyIsBackWithinSevenDaysAndMoreThanFifteenAreAViolation() {
        var back = LocalDate.of(2026, 3, 9);
        var week = WorkingDays.MONDAY_TO_FRIDAY;
        assertThat(online(Rule.ONLINE_REFUND_IN_TIME, null, "none", back, back.plusDays(7), week)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(online(Rule.ONLINE_REFUND_IN_TIME, null, "none", back, back.plusDays(8), week)
                        .verdict())
                .isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(online(Rule.ONLINE_REFUND_VIOLATION, null, "none", back, back.plusDays(15), week)
                        .verdict())
                .isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(online(Rule.ONLINE_REFUND_VIOLATION, null, "none", back, back.plusDays(16), week)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
    }
}
