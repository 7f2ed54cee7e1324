package io.bihuan.statute;

import io.bihuan.platform.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The three guarantees for family cars (家用汽车产品修理更换退货责任规定). The time runs from the invoice, or from the delivery where
 * that is another day; the first day does not count, and a year ends on the day of the same date or, where there is none, on the
 * last of the month. Time or kilometres end a guarantee, whichever comes first.
 */
public final class CarThreeGuarantees {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    /**
     * What is known of a car.
     *
     * @param kilometres on the day it is judged for
     * @param coefficient n as a fraction: 0.005 for 0.5 %
     * @param fault what kind of fault is complained of
     * @param assembly the assembly that has to be replaced, or whose main part has
     * @param repairDays counted by somebody else, where the repairs are not at hand; likewise the repairs of the same fault
     * @param requestedOn when an exchange or return was asked for
     */
    public record Case(
            @Nullable LocalDate invoicedOn,
            @Nullable LocalDate deliveredOn,
            @Nullable Integer kilometres,
            @Nullable Energy energy,
            @Nullable Money price,
            @Nullable BigDecimal coefficient,
            @Nullable CarFault fault,
            @Nullable Assembly assembly,
            @Nullable Integer repairDays,
            @Nullable Integer sameFaultRepairs,
            @Nullable Boolean safetyFaultRemains,
            @Nullable Boolean ownerChanged,
            @Nullable LocalDate requestedOn,
            List<CarRepair> repairs) {
        public Case {
            repairs = List.copyOf(repairs);
        }

        /** The day that the time runs from, and by which the law is chosen. */
        public @Nullable LocalDate start() {
            return deliveredOn != null ? deliveredOn : invoicedOn;
        }
    }

    private final Case car;
    private final Numbers numbers;
    private final LocalDate day;
    private final WorkingDays workingDays;

    private CarThreeGuarantees(Case car, Numbers numbers, LocalDate day, WorkingDays workingDays) {
        this.car = car;
        this.numbers = numbers;
        this.day = day;
        this.workingDays = workingDays;
    }

    /** Judges a car by the law of its day of sale. */
    public static List<Finding> judge(Case car, Numbers numbers, LocalDate day, WorkingDays workingDays) {
        return new CarThreeGuarantees(car, numbers, day, workingDays).all();
    }

    private List<Finding> all() {
        var found = new ArrayList<Finding>();
        found.add(guarantee(Rule.CAR_FREE_REPAIR, Figure.FREE_REPAIR_YEARS, Figure.FREE_REPAIR_KILOMETRES));
        found.add(guarantee(Rule.CAR_WARRANTY, Figure.WARRANTY_YEARS, Figure.WARRANTY_KILOMETRES));
        found.add(assemblyFree());
        if (numbers.has(Figure.ASSEMBLY_DAYS)) {
            found.add(assemblyReturn());
        }
        found.add(earlyReturn());
        found.add(safetyReturn());
        found.add(assemblyTwice());
        found.add(mainPartTwice());
        found.add(repairDays());
        found.add(sameFault());
        found.add(usageFee());
        if (numbers.has(Figure.LOANER_FROM_DAY)) {
            found.add(loaner());
        }
        var requested = car.requestedOn();
        if (requested != null && numbers.has(Figure.ANSWER_WORKING_DAYS)) {
            found.add(promptly(Rule.CAR_ANSWER, Figure.ANSWER_WORKING_DAYS, requested));
        }
        if (requested != null && numbers.has(Figure.EXCHANGE_WORKING_DAYS)) {
            found.add(promptly(Rule.CAR_EXCHANGE_DONE, Figure.EXCHANGE_WORKING_DAYS, requested));
        }
        if (Boolean.TRUE.equals(car.ownerChanged())) {
            found.add(reasoning(Rule.CAR_OWNER_CHANGED, Figure.WARRANTY_YEARS)
                    .line("car.owner")
                    .holds(true));
        }
        return List.copyOf(found);
    }

    // ---- within which time ----

    private Finding guarantee(Rule rule, Figure years, Figure kilometres) {
        var reasoning = started(rule, years);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        var end = start.plusYears(numbers.whole(years));
        var most = numbers.whole(kilometres);
        reasoning.line("car.until.years", numbers.whole(years), most, end).until(end);
        return judged(reasoning, within(day, car.kilometres(), end, most), Input.KILOMETRES);
    }

    private Finding assemblyFree() {
        var reasoning = started(Rule.CAR_ASSEMBLY_FREE, Figure.EARLY_DAYS);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        var end = start.plusDays(numbers.whole(Figure.EARLY_DAYS));
        var most = numbers.whole(Figure.EARLY_KILOMETRES);
        reasoning
                .line("car.until.days", numbers.whole(Figure.EARLY_DAYS), most, end)
                .until(end);
        return early(reasoning, end, most, car.assembly(), Assembly.NONE, Input.ASSEMBLY, CarRepair::assembly);
    }

    private Finding assemblyReturn() {
        var reasoning = started(Rule.CAR_ASSEMBLY_RETURN, Figure.ASSEMBLY_DAYS);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        var end = start.plusDays(numbers.whole(Figure.ASSEMBLY_DAYS));
        reasoning.line("until.days", numbers.whole(Figure.ASSEMBLY_DAYS), end).until(end);
        return early(
                reasoning, end, Integer.MAX_VALUE, car.assembly(), Assembly.NONE, Input.ASSEMBLY, CarRepair::assembly);
    }

    private Finding earlyReturn() {
        var reasoning = started(Rule.CAR_EARLY_RETURN, Figure.EARLY_DAYS);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        var end = start.plusDays(numbers.whole(Figure.EARLY_DAYS));
        var most = numbers.whole(Figure.EARLY_KILOMETRES);
        reasoning
                .line("car.until.days", numbers.whole(Figure.EARLY_DAYS), most, end)
                .until(end);
        return early(reasoning, end, most, car.fault(), CarFault.OTHER, Input.FAULT, CarRepair::kind);
    }

    /**
     * Whether something happened within the time: what is complained of now, or what was repaired before.
     *
     * @param nothing the word that says that it did not happen
     */
    private <T extends Enum<T>> Finding early(
            Reasoning reasoning,
            LocalDate end,
            int most,
            @Nullable T now,
            T nothing,
            Input input,
            Function<CarRepair, T> then) {
        var unknown = false;
        for (var repair : car.repairs()) {
            var what = then.apply(repair);
            if (what != nothing && isPossible(what)) {
                var inTime = within(repair.in().toLocalDate(), repair.kilometres(), end, most);
                if (inTime == Verdict.HOLDS) {
                    return reasoning
                            .line("car.happened", what, repair.in().toLocalDate())
                            .holds(true);
                }
                unknown |= inTime == Verdict.CANNOT_BE_JUDGED;
            }
        }
        var inTime = within(day, car.kilometres(), end, most);
        if (now != null && (now == nothing || !isPossible(now))) {
            reasoning.line("car.notThat", now);
            inTime = Verdict.DOES_NOT_HOLD;
        }
        if (now != null && inTime == Verdict.HOLDS) {
            return reasoning.line("car.happened", now, day).holds(true);
        }
        if (unknown) {
            return reasoning.lacks(Input.REPAIRS);
        }
        if (inTime == Verdict.DOES_NOT_HOLD) {
            if (now != nothing) {
                reasoning.line("car.notInTime", day, kilometres());
            }
            return reasoning.holds(false);
        }
        if (inTime == Verdict.CANNOT_BE_JUDGED) {
            reasoning.missing(Input.KILOMETRES);
        }
        return now == null ? reasoning.lacks(input) : reasoning.judged(inTime);
    }

    /** A car that burns fuel has no traction battery. */
    private boolean isPossible(Enum<?> what) {
        return car.energy() != Energy.FUEL
                || (what != CarFault.BATTERY_FIRE && what != Assembly.TRACTION_BATTERY && what != Assembly.DRIVE_MOTOR);
    }

    /** An odometer never runs back: what it says today was not exceeded before. */
    private Verdict within(LocalDate when, @Nullable Integer kilometres, LocalDate end, int most) {
        var start = car.start();
        if (start == null || when.isBefore(start) || when.isAfter(end)) {
            return Verdict.DOES_NOT_HOLD;
        }
        if (most == Integer.MAX_VALUE) {
            return Verdict.HOLDS;
        }
        if (kilometres != null) {
            return Verdict.of(kilometres <= most);
        }
        return car.kilometres() != null && car.kilometres() <= most && !when.isAfter(day)
                ? Verdict.HOLDS
                : Verdict.CANNOT_BE_JUDGED;
    }

    private Finding judged(Reasoning reasoning, Verdict verdict, Input missing) {
        if (verdict == Verdict.CANNOT_BE_JUDGED) {
            return reasoning.lacks(missing);
        }
        return reasoning.line("car.now", day, kilometres()).judged(verdict);
    }

    // ---- within the guarantee: so many repairs ----

    /** The repairs that began within the guarantee, and those of which it is not known. */
    private record Counted(List<CarRepair> sure, List<CarRepair> possible) {}

    private Counted counted(LocalDate start, Predicate<CarRepair> which) {
        var end = start.plusYears(numbers.whole(Figure.WARRANTY_YEARS));
        var most = numbers.whole(Figure.WARRANTY_KILOMETRES);
        var sure = new ArrayList<CarRepair>();
        var possible = new ArrayList<CarRepair>();
        for (var repair : car.repairs()) {
            if (which.test(repair)) {
                var inTime = within(repair.in().toLocalDate(), repair.kilometres(), end, most);
                if (inTime == Verdict.HOLDS) {
                    sure.add(repair);
                }
                if (inTime != Verdict.DOES_NOT_HOLD) {
                    possible.add(repair);
                }
            }
        }
        return new Counted(sure, possible);
    }

    /**
     * Counts repairs within the guarantee.
     *
     * @param least the number from which the rule holds
     */
    private Verdict count(
            Reasoning reasoning,
            LocalDate start,
            Predicate<CarRepair> which,
            CountOf many,
            int least,
            String sentence) {
        var counted = counted(start, which);
        var sure = many.of(counted.sure());
        reasoning.line(sentence, sure);
        if (sure >= least) {
            return Verdict.HOLDS;
        }
        return many.of(counted.possible()) >= least ? Verdict.CANNOT_BE_JUDGED : Verdict.DOES_NOT_HOLD;
    }

    @FunctionalInterface
    private interface CountOf {
        int of(List<CarRepair> repairs);
    }

    /** How often the most frequent of something occurs. */
    private static CountOf mostOf(Function<CarRepair, ?> what) {
        return repairs -> {
            Map<Object, Integer> times = new HashMap<>();
            for (var repair : repairs) {
                times.merge(what.apply(repair), 1, Integer::sum);
            }
            return times.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        };
    }

    private Finding safetyReturn() {
        var least = numbers.whole(Figure.SAFETY_REPAIRS);
        var reasoning = started(Rule.CAR_SAFETY_RETURN, Figure.SAFETY_REPAIRS).line("car.safety.rule", least);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        if (car.repairs().isEmpty()) {
            return reasoning.lacks(Input.REPAIRS);
        }
        var enough = count(reasoning, start, CarRepair::isSafety, List::size, least, "car.safety.count");
        if (enough == Verdict.DOES_NOT_HOLD) {
            return reasoning.holds(false);
        }
        if (enough == Verdict.CANNOT_BE_JUDGED) {
            return reasoning.lacks(Input.REPAIRS);
        }
        var remains = car.safetyFaultRemains();
        if (remains == null) {
            return reasoning.lacks(Input.SAFETY_FAULT_REMAINS);
        }
        return reasoning
                .line(remains ? "car.safety.remains" : "car.safety.gone")
                .holds(remains);
    }

    private Finding assemblyTwice() {
        return replaced(
                Rule.CAR_ASSEMBLY_TWICE,
                Figure.ASSEMBLY_REPLACEMENTS,
                repair -> repair.replaced() == Replaced.ASSEMBLY && repair.assembly() != Assembly.NONE,
                mostOf(CarRepair::assembly),
                "car.assembly.count");
    }

    private Finding mainPartTwice() {
        return replaced(
                Rule.CAR_MAIN_PART_TWICE,
                Figure.MAIN_PART_REPLACEMENTS,
                repair -> repair.replaced() == Replaced.MAIN_PART
                        && !repair.samePart().isEmpty(),
                mostOf(CarRepair::samePart),
                "car.mainPart.count");
    }

    private Finding replaced(Rule rule, Figure figure, Predicate<CarRepair> which, CountOf many, String sentence) {
        var least = numbers.whole(figure);
        var reasoning = started(rule, figure).line("car.replaced.rule", least);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        if (car.repairs().isEmpty()) {
            return reasoning.lacks(Input.REPAIRS);
        }
        return reasoned(reasoning, count(reasoning, start, which, many, least, sentence));
    }

    private Finding repairDays() {
        var most = numbers.whole(Figure.REPAIR_DAYS);
        var reasoning = started(Rule.CAR_REPAIR_DAYS, Figure.REPAIR_DAYS).line("car.days.rule", most);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        if (car.repairs().isEmpty()) {
            return stated(reasoning, start, car.repairDays(), most, Input.REPAIR_DAYS, "car.days.stated");
        }
        for (var repair : counted(start, any -> true).possible()) {
            reasoning.line("car.days.one", repair.in().toLocalDate(), repair.days(now()));
        }
        CountOf sum = repairs ->
                repairs.stream().mapToInt(repair -> repair.days(now())).sum();
        return reasoned(reasoning, count(reasoning, start, any -> true, sum, most + 1, "car.days.count"));
    }

    private Finding sameFault() {
        var most = numbers.whole(Figure.SAME_FAULT_REPAIRS);
        var reasoning = started(Rule.CAR_SAME_FAULT, Figure.SAME_FAULT_REPAIRS).line("car.fault.rule", most);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        if (car.repairs().isEmpty()) {
            return stated(reasoning, start, car.sameFaultRepairs(), most, Input.SAME_FAULT_REPAIRS, "car.fault.stated");
        }
        return reasoned(
                reasoning,
                count(
                        reasoning,
                        start,
                        repair -> !repair.sameFault().isEmpty(),
                        mostOf(CarRepair::sameFault),
                        most + 1,
                        "car.fault.count"));
    }

    /** A sum that somebody stated tells nothing of when: it serves only while the guarantee still runs. */
    private Finding stated(
            Reasoning reasoning, LocalDate start, @Nullable Integer number, int most, Input input, String sentence) {
        if (number == null) {
            return reasoning.lacks(input);
        }
        reasoning.line(sentence, number);
        if (number <= most) {
            return reasoning.holds(false);
        }
        var runs = within(
                day,
                car.kilometres(),
                start.plusYears(numbers.whole(Figure.WARRANTY_YEARS)),
                numbers.whole(Figure.WARRANTY_KILOMETRES));
        return switch (runs) {
            case HOLDS -> reasoning.holds(true);
            case DOES_NOT_HOLD -> reasoning.line("car.over").lacks(Input.REPAIRS);
            case CANNOT_BE_JUDGED -> reasoning.lacks(Input.KILOMETRES);
        };
    }

    private static Finding reasoned(Reasoning reasoning, Verdict verdict) {
        return verdict == Verdict.CANNOT_BE_JUDGED
                ? reasoning.line("car.kilometresThen").lacks(Input.REPAIRS)
                : reasoning.judged(verdict);
    }

    // ---- money, a car to drive, an answer ----

    /** Price × kilometres ÷ 1,000 × n, rounded half up to the fen at the very end, never more than the price. */
    private Finding usageFee() {
        var most = numbers.exact(Figure.MOST_COEFFICIENT);
        var reasoning = reasoning(Rule.CAR_USAGE_FEE, Figure.MOST_COEFFICIENT).line("car.fee.rule", percent(most));
        var price = car.price();
        var kilometres = car.kilometres();
        if (price == null) {
            reasoning.missing(Input.PRICE);
        }
        if (kilometres == null) {
            reasoning.missing(Input.KILOMETRES);
        }
        if (price == null || kilometres == null) {
            return reasoning.judged(Verdict.CANNOT_BE_JUDGED);
        }
        var coefficient = car.coefficient();
        if (coefficient == null) {
            coefficient = most;
            reasoning.line("car.fee.most", percent(most));
        } else if (coefficient.compareTo(most) > 0) {
            reasoning.line("car.fee.tooMuch", percent(coefficient), percent(most));
            coefficient = most;
        }
        var fee = usageFee(price, kilometres, coefficient);
        return reasoning
                .line("car.fee", price, kilometres, percent(coefficient), fee)
                .amount(fee)
                .holds(fee.fen() > 0);
    }

    static Money usageFee(Money price, int kilometres, BigDecimal coefficient) {
        var fen = BigDecimal.valueOf(price.fen())
                .multiply(BigDecimal.valueOf(kilometres))
                .multiply(coefficient)
                .divide(THOUSAND)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Money.ofFen(Math.min(fen, price.fen()));
    }

    private Finding loaner() {
        var from = numbers.whole(Figure.LOANER_FROM_DAY);
        var reasoning = started(Rule.CAR_LOANER, Figure.LOANER_FROM_DAY).line("car.loaner.rule", from);
        var start = car.start();
        if (start == null) {
            return reasoning.lacks(Input.INVOICED_ON);
        }
        if (car.repairs().isEmpty()) {
            return reasoning.lacks(Input.REPAIRS);
        }
        var end = start.plusYears(numbers.whole(Figure.FREE_REPAIR_YEARS));
        var most = numbers.whole(Figure.FREE_REPAIR_KILOMETRES);
        var due = 0;
        var possible = 0;
        for (var repair : car.repairs()) {
            var days = repair.days(now()) - from + 1;
            var inTime = within(repair.in().toLocalDate(), repair.kilometres(), end, most);
            if (days > 0 && inTime == Verdict.HOLDS) {
                due += days;
                reasoning.line("car.loaner.one", repair.in().toLocalDate(), repair.days(now()), days);
            } else if (days > 0 && inTime == Verdict.CANNOT_BE_JUDGED) {
                possible += days;
            }
        }
        if (due == 0 && possible > 0) {
            return reasoned(reasoning, Verdict.CANNOT_BE_JUDGED);
        }
        return reasoning.holds(due > 0);
    }

    private Finding promptly(Rule rule, Figure figure, LocalDate requested) {
        var amount = numbers.whole(figure);
        var last = workingDays.after(requested, amount);
        var reasoning = reasoning(rule, figure)
                .line("car.working", requested, amount, last)
                .until(last);
        if (!workingDays.knowsHolidays()) {
            reasoning.line("car.noCalendar");
        }
        return reasoning.holds(!day.isAfter(last));
    }

    // ---- what every rule begins with ----

    private Reasoning reasoning(Rule rule, Figure figure) {
        return new Reasoning(rule, numbers.basis(figure), day);
    }

    private Reasoning started(Rule rule, Figure figure) {
        var reasoning = reasoning(rule, figure);
        var delivered = car.deliveredOn();
        var invoiced = car.invoicedOn();
        if (delivered != null && invoiced != null && !delivered.equals(invoiced)) {
            reasoning.line("car.start.delivered", delivered, invoiced);
        } else if (invoiced != null) {
            reasoning.line("car.start.invoiced", invoiced);
        } else if (delivered != null) {
            reasoning.line("car.start.onlyDelivered", delivered);
        }
        var start = car.start();
        if (start != null && day.isBefore(start)) {
            reasoning.line("notStarted", day);
        }
        return reasoning;
    }

    /** The end of the day, for a car that still stands in the workshop. */
    private LocalDateTime now() {
        return day.plusDays(1).atStartOfDay();
    }

    private Object kilometres() {
        var kilometres = car.kilometres();
        return kilometres == null ? "—" : kilometres;
    }

    static String percent(BigDecimal fraction) {
        return fraction.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
