package io.bihuan.statute;

import io.bihuan.calendar.Calendars;
import io.bihuan.pack.Pack;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the calculators of a pack. */
@Component
public class Calculations {
    private static final String CALENDAR = "workdays-cn";

    private final Calendars calendars;

    Calculations(Calendars calendars) {
        this.calendars = calendars;
    }

    /** What the laws of the pack say of a complaint, from the answers of its form, on the day it came in. */
    public List<Finding> of(Pack pack, @Nullable String category, Map<String, String> answers, LocalDate day) {
        var statutes = pack.part(Statutes.class, Statutes.NONE);
        var found = new ArrayList<Finding>();
        for (var calculator : statutes.calculators()) {
            // the questions are the same whatever time the law is of
            var newest = statutes.of(calculator, null).orElseThrow();
            if (newest.isFor(category, pack)) {
                found.addAll(judge(
                        statutes, calculator, Answers.read(calculator, name -> answer(newest, name, answers)), day));
            }
        }
        return List.copyOf(found);
    }

    private static @Nullable String answer(Statute statute, String name, Map<String, String> answers) {
        for (var entry : statute.inputs().entrySet()) {
            if (entry.getKey().key().equals(name)) {
                var asked = entry.getValue();
                return asked.question() == null ? asked.fixed() : answers.get(asked.question());
            }
        }
        return null;
    }

    /** What the law of the day of sale says; empty when the pack knows no law of that time. */
    public List<Finding> judge(Statutes statutes, Calculator calculator, Answers answers, LocalDate day) {
        return statutes.of(calculator, decisive(calculator, answers))
                .map(statute -> judge(statute, answers, day))
                .orElseGet(List::of);
    }

    /** The day by which the law is chosen; null when it is not known. */
    private static @Nullable LocalDate decisive(Calculator calculator, Answers answers) {
        return switch (calculator) {
            case CAR_THREE_GUARANTEES -> answers.car().start();
            case APPLIANCE_THREE_GUARANTEES -> answers.appliance().start();
            case BURDEN_OF_PROOF -> answers.date(Input.ACCEPTED_ON);
            case FRAUD -> null;
            case ONLINE_RETURN -> answers.date(Input.SIGNED_ON);
        };
    }

    private List<Finding> judge(Statute statute, Answers answers, LocalDate day) {
        var numbers = statute.numbers();
        return switch (statute.calculator()) {
            case CAR_THREE_GUARANTEES -> CarThreeGuarantees.judge(answers.car(), numbers, day, workingDays());
            case APPLIANCE_THREE_GUARANTEES ->
                ApplianceThreeGuarantees.judge(answers.appliance(), numbers, statute.list("mainParts"), day);
            case BURDEN_OF_PROOF ->
                BurdenOfProof.judge(
                        new BurdenOfProof.Case(
                                answers.date(Input.ACCEPTED_ON),
                                answers.date(Input.FOUND_ON),
                                answers.word(Input.PRODUCT_TYPE)),
                        numbers,
                        statute.list("goods"),
                        day);
            case FRAUD ->
                Fraud.judge(
                        new Fraud.Case(
                                answers.money(Input.AMOUNT),
                                answers.flag(Input.FRAUD_ESTABLISHED),
                                answers.flag(Input.FOOD_UNSAFE)),
                        numbers,
                        statute.lists().get(Calculator.ACTS),
                        day);
            case ONLINE_RETURN ->
                OnlineReturn.judge(
                        new OnlineReturn.Case(
                                answers.date(Input.SIGNED_ON),
                                answers.date(Input.RETURN_ASKED_ON),
                                answers.word(Input.EXCEPTION),
                                answers.date(Input.GOODS_BACK_ON),
                                answers.date(Input.REFUNDED_ON),
                                answers.money(Input.AMOUNT)),
                        numbers,
                        statute.list("exceptions"),
                        day,
                        workingDays());
        };
    }

    private WorkingDays workingDays() {
        return calendars.find(CALENDAR).map(WorkingDays::of).orElse(WorkingDays.MONDAY_TO_FRIDAY);
    }
}
