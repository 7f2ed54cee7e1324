package io.bihuan.statute;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What fraud costs beside the price that is given back: a multiple of it, and at least a sum (消保法 Art. 55; for unsafe food
 * 食品安全法 Art. 148). Whether there was fraud people find out; a repairer who replaces sound parts or invents work commits it
 * (侵害消费者权益行为处罚办法 Art. 13 and 16).
 */
public final class Fraud {
    /**
     * What is known.
     *
     * @param amount that was paid for the goods or the service
     * @param established whether people found that there was fraud
     * @param foodUnsafe whether the food was not up to the standards of food safety
     */
    public record Case(
            @Nullable Money amount,
            @Nullable Boolean established,
            @Nullable Boolean foodUnsafe) {}

    private Fraud() {}

    /**
     * Judges a sale or service.
     *
     * @param acts what counts as fraud by its law; null where the pack lists none
     */
    public static List<Finding> judge(Case sale, Numbers numbers, @Nullable Listing acts, LocalDate day) {
        var found = new ArrayList<Finding>();
        var fraud = new Reasoning(Rule.FRAUD_COMPENSATION, numbers.basis(Figure.FRAUD_TIMES), day);
        if (acts != null) {
            var basis = acts.basis();
            acts.items()
                    .forEach(act -> fraud.line(
                            "fraud.acts",
                            act.label(),
                            basis.law().title(),
                            basis.article() == null ? "" : basis.article()));
        }
        found.add(multiple(
                fraud,
                sale.amount(),
                numbers.whole(Figure.FRAUD_TIMES),
                numbers.whole(Figure.FRAUD_LEAST),
                sale.established(),
                Input.FRAUD_ESTABLISHED));
        if (numbers.has(Figure.FOOD_TIMES) && numbers.has(Figure.FOOD_LEAST)) {
            found.add(multiple(
                    new Reasoning(Rule.FOOD_COMPENSATION, numbers.basis(Figure.FOOD_TIMES), day),
                    sale.amount(),
                    numbers.whole(Figure.FOOD_TIMES),
                    numbers.whole(Figure.FOOD_LEAST),
                    sale.foodUnsafe(),
                    Input.FOOD_UNSAFE));
        }
        return List.copyOf(found);
    }

    private static Finding multiple(
            Reasoning reasoning,
            @Nullable Money paid,
            int times,
            int least,
            @Nullable Boolean established,
            Input input) {
        reasoning.line("fraud.rule", times, Money.ofYuan(least));
        if (paid == null) {
            reasoning.missing(Input.AMOUNT);
        } else {
            var multiple = Money.ofFen(Math.multiplyExact(paid.fen(), times));
            var floor = Money.ofYuan(least);
            var due = multiple.fen() < floor.fen() ? floor : multiple;
            reasoning.line("fraud.amount", paid, times, multiple);
            if (multiple.fen() < floor.fen()) {
                reasoning.line("fraud.least", floor);
            }
            if (!Boolean.FALSE.equals(established)) {
                reasoning.amount(due).line("fraud.beside");
            }
        }
        if (established == null) {
            return reasoning.line("fraud.people").lacks(input);
        }
        return established ? reasoning.holds(true) : reasoning.holds(false);
    }
}
