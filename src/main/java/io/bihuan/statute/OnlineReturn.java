package io.bihuan.statute;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Giving back what was bought online without a reason: within seven days from the day after it was signed for; the money comes back
 * within seven days of the goods. More than fifteen days count as deliberate delay (侵害消费者权益行为处罚办法). A last day that is
 * no working day moves to the next one, where a calendar is given (民法典 Art. 203).
 */
public final class OnlineReturn {
    /**
     * What is known.
     *
     * @param askedOn the day judged for when nobody says
     * @param exception the code of an item of the list of exceptions; {@link #NONE} for goods that are none
     */
    public record Case(
            @Nullable LocalDate signedOn,
            @Nullable LocalDate askedOn,
            @Nullable String exception,
            @Nullable LocalDate goodsBackOn,
            @Nullable LocalDate refundedOn,
            @Nullable Money amount) {}

    /** The goods are no exception. */
    public static final String NONE = "none";

    private OnlineReturn() {}

    public static List<Finding> judge(
            Case order, Numbers numbers, Listing exceptions, LocalDate day, WorkingDays workingDays) {
        var found = new ArrayList<Finding>();
        found.add(allowed(order, numbers, exceptions, day, workingDays));
        var back = order.goodsBackOn();
        if (back != null) {
            found.add(inTime(order, back, numbers, day, workingDays));
            found.add(violation(order, back, numbers, day));
        }
        return List.copyOf(found);
    }

    private static Finding allowed(
            Case order, Numbers numbers, Listing exceptions, LocalDate day, WorkingDays workingDays) {
        var days = numbers.whole(Figure.ONLINE_RETURN_DAYS);
        var reasoning = new Reasoning(Rule.ONLINE_RETURN_ALLOWED, numbers.basis(Figure.ONLINE_RETURN_DAYS), day)
                .line("online.rule", days);
        var signed = order.signedOn();
        if (signed == null) {
            return reasoning.lacks(Input.SIGNED_ON);
        }
        var asked = order.askedOn() == null ? day : order.askedOn();
        var last = rolled(reasoning, signed.plusDays(days), workingDays);
        reasoning.line("online.until", signed, last).line("online.asked", asked).until(last);
        if (asked.isBefore(signed) || asked.isAfter(last)) {
            return reasoning.holds(false);
        }
        var code = order.exception();
        if (code == null) {
            return reasoning.lacks(Input.EXCEPTION);
        }
        var exception = exceptions.find(code).orElse(null);
        if (exception != null) {
            return reasoning.line("online.exception", exception.label()).holds(false);
        }
        return reasoning.line("online.noException").holds(true);
    }

    private static Finding inTime(Case order, LocalDate back, Numbers numbers, LocalDate day, WorkingDays workingDays) {
        var reasoning = new Reasoning(Rule.ONLINE_REFUND_IN_TIME, numbers.basis(Figure.REFUND_DAYS), day);
        var last = rolled(reasoning, back.plusDays(numbers.whole(Figure.REFUND_DAYS)), workingDays);
        reasoning
                .line("online.refund", back, numbers.whole(Figure.REFUND_DAYS), last)
                .until(last);
        if (order.amount() != null) {
            reasoning.amount(order.amount());
        }
        return reasoning.holds(!until(reasoning, order, day).isAfter(last));
    }

    private static Finding violation(Case order, LocalDate back, Numbers numbers, LocalDate day) {
        var most = numbers.whole(Figure.DELAY_DAYS);
        var reasoning = new Reasoning(Rule.ONLINE_REFUND_VIOLATION, numbers.basis(Figure.DELAY_DAYS), day)
                .line("online.delay.rule", most);
        var passed = ChronoUnit.DAYS.between(back, until(reasoning, order, day));
        return reasoning.line("online.delay", Math.max(0, passed)).holds(passed > most);
    }

    private static LocalDate until(Reasoning reasoning, Case order, LocalDate day) {
        var refunded = order.refundedOn();
        if (refunded == null) {
            reasoning.line("online.notRefunded", day);
            return day;
        }
        reasoning.line("online.refunded", refunded);
        return refunded;
    }

    private static LocalDate rolled(Reasoning reasoning, LocalDate last, WorkingDays workingDays) {
        if (!workingDays.knowsHolidays() || workingDays.isWorking().test(last)) {
            return last;
        }
        var moved = workingDays.after(last, 1);
        reasoning.line("online.rolled", last, moved);
        return moved;
    }
}
