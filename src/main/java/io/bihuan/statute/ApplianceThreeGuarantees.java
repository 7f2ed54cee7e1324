package io.bihuan.statute;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three guarantees for appliances. The time runs from the day the installation was completed, without one from the delivery,
 * else the purchase; an exchange starts it again (消保法实施条例 Art. 18). The first day does not count. The time stands during a
 * repair: the day an appliance came in, the day it was given back and all between are added at the end, once where repairs overlap.
 */
public final class ApplianceThreeGuarantees {
    /**
     * What is known of an appliance.
     *
     * @param productType the code of an item of the list of main parts
     * @param failedRepairs repairs after which it still did not work
     * @param partsWaitDays since the appliance was handed in for want of parts
     * @param repairerDelayDays by which the repairer's own fault held up a repair
     * @param repairedOn the day of the last repair, where the repairs are not at hand
     */
    public record Case(
            @Nullable LocalDate purchasedOn,
            @Nullable LocalDate deliveredOn,
            @Nullable LocalDate installedOn,
            @Nullable LocalDate exchangedOn,
            @Nullable String productType,
            @Nullable Integer failedRepairs,
            @Nullable Integer partsWaitDays,
            @Nullable Integer repairerDelayDays,
            @Nullable LocalDate repairedOn,
            @Nullable LocalDate productionEndedOn,
            List<Repair> repairs) {
        public Case {
            repairs = List.copyOf(repairs);
        }

        /** The day that the time runs from at first, and by which the law is chosen. */
        public @Nullable LocalDate start() {
            return installedOn != null ? installedOn : deliveredOn != null ? deliveredOn : purchasedOn;
        }
    }

    private final Case appliance;
    private final Numbers numbers;
    private final Listing mainParts;
    private final LocalDate day;

    private ApplianceThreeGuarantees(Case appliance, Numbers numbers, Listing mainParts, LocalDate day) {
        this.appliance = appliance;
        this.numbers = numbers;
        this.mainParts = mainParts;
        this.day = day;
    }

    public static List<Finding> judge(Case appliance, Numbers numbers, Listing mainParts, LocalDate day) {
        return new ApplianceThreeGuarantees(appliance, numbers, mainParts, day).all();
    }

    private List<Finding> all() {
        var found = new ArrayList<Finding>();
        found.add(days(Rule.APPLIANCE_RETURN, Figure.RETURN_DAYS));
        found.add(days(Rule.APPLIANCE_EXCHANGE, Figure.EXCHANGE_DAYS));
        found.add(years(reasoning(Rule.APPLIANCE_WHOLE, Figure.WHOLE_YEARS), numbers.whole(Figure.WHOLE_YEARS)));
        found.add(mainParts());
        found.add(failedRepairs());
        found.add(longerThan(
                Rule.APPLIANCE_MISSING_PARTS,
                Figure.MISSING_PARTS_DAYS,
                appliance.partsWaitDays(),
                Input.PARTS_WAIT_DAYS));
        found.add(longerThan(
                Rule.APPLIANCE_REPAIRER_DELAY,
                Figure.REPAIRER_DAYS,
                appliance.repairerDelayDays(),
                Input.REPAIRER_DELAY_DAYS));
        found.add(normalUse());
        if (appliance.productionEndedOn() != null) {
            found.add(partsSupply(appliance.productionEndedOn()));
        }
        return List.copyOf(found);
    }

    private Finding days(Rule rule, Figure figure) {
        var reasoning = started(rule, figure);
        var start = start();
        if (start == null) {
            return reasoning.lacks(Input.PURCHASED_ON);
        }
        var amount = numbers.whole(figure);
        return runs(reasoning.line("appliance.days", amount), start, start.plusDays(amount));
    }

    private Finding mainParts() {
        var reasoning = new Reasoning(Rule.APPLIANCE_MAIN_PARTS, mainParts.basis(), day);
        var type = appliance.productType();
        if (type == null) {
            return reasoning.lacks(Input.PRODUCT_TYPE);
        }
        var item = mainParts.find(type).orElse(null);
        if (item == null || item.years() == null) {
            return reasoning.line("appliance.notListed").holds(false);
        }
        return years(reasoning.line("appliance.type", item.label()), item.years());
    }

    private Finding years(Reasoning reasoning, int amount) {
        startLine(reasoning);
        var start = start();
        if (start == null) {
            return reasoning.lacks(Input.PURCHASED_ON);
        }
        return runs(reasoning.line("appliance.years", amount), start, start.plusYears(amount));
    }

    private Finding runs(Reasoning reasoning, LocalDate start, LocalDate end) {
        var last = end(start, end, appliance.repairs(), day);
        var stood = ChronoUnit.DAYS.between(end, last);
        if (stood > 0) {
            reasoning.line("appliance.paused", Math.toIntExact(stood), end);
        }
        return reasoning.line("until", last).until(last).holds(!day.isBefore(start) && !day.isAfter(last));
    }

    /**
     * When a time ends that stands during repairs.
     *
     * @param end when it would end without them
     * @param day until which a repair without an end has lasted
     */
    static LocalDate end(LocalDate start, LocalDate end, List<Repair> repairs, LocalDate day) {
        var last = end;
        var counted = start;
        for (var repair :
                repairs.stream().sorted(Comparator.comparing(Repair::in)).toList()) {
            var from = repair.in().isAfter(counted) ? repair.in() : counted.plusDays(1);
            var to = repair.last(day);
            if (!from.isAfter(to) && !from.isAfter(last)) {
                last = last.plusDays(ChronoUnit.DAYS.between(from, to) + 1);
                counted = to;
            }
        }
        return last;
    }

    private Finding failedRepairs() {
        var least = numbers.whole(Figure.FAILED_REPAIRS);
        var reasoning =
                started(Rule.APPLIANCE_FAILED_REPAIRS, Figure.FAILED_REPAIRS).line("appliance.failed.rule", least);
        var failed = appliance.failedRepairs();
        if (failed == null) {
            return reasoning.lacks(Input.FAILED_REPAIRS);
        }
        reasoning.line("appliance.failed", failed);
        return failed < least ? reasoning.holds(false) : whileWarranted(reasoning);
    }

    private Finding longerThan(Rule rule, Figure figure, @Nullable Integer days, Input input) {
        var most = numbers.whole(figure);
        var reasoning = started(rule, figure).line("appliance.longer.rule", most);
        if (days == null) {
            return reasoning.lacks(input);
        }
        reasoning.line("appliance.longer", days);
        return days <= most ? reasoning.holds(false) : whileWarranted(reasoning);
    }

    /** These rights arise within the warranty. */
    private Finding whileWarranted(Reasoning reasoning) {
        var start = start();
        if (start == null) {
            return reasoning.lacks(Input.PURCHASED_ON);
        }
        var last = end(start, start.plusYears(numbers.whole(Figure.WHOLE_YEARS)), appliance.repairs(), day);
        return reasoning.line("appliance.warranted", last).holds(!day.isBefore(start) && !day.isAfter(last));
    }

    private Finding normalUse() {
        var amount = numbers.whole(Figure.NORMAL_USE_DAYS);
        var reasoning =
                reasoning(Rule.APPLIANCE_NORMAL_USE, Figure.NORMAL_USE_DAYS).line("appliance.use.rule", amount);
        var repaired = appliance.repairs().stream()
                .map(Repair::out)
                .filter(out -> out != null && !out.isAfter(day))
                .max(Comparator.naturalOrder())
                .orElse(appliance.repairedOn());
        if (repaired == null) {
            return reasoning.lacks(Input.REPAIRED_ON);
        }
        var last = repaired.plusDays(amount);
        return reasoning
                .line("appliance.use", repaired, last)
                .until(last)
                .holds(!day.isBefore(repaired) && !day.isAfter(last));
    }

    private Finding partsSupply(LocalDate ended) {
        var amount = numbers.whole(Figure.PARTS_SUPPLY_YEARS);
        var last = ended.plusYears(amount);
        return reasoning(Rule.APPLIANCE_PARTS_SUPPLY, Figure.PARTS_SUPPLY_YEARS)
                .line("appliance.supply", ended, amount, last)
                .until(last)
                .holds(!day.isAfter(last));
    }

    private @Nullable LocalDate start() {
        return appliance.exchangedOn() != null ? appliance.exchangedOn() : appliance.start();
    }

    private Reasoning reasoning(Rule rule, Figure figure) {
        return new Reasoning(rule, numbers.basis(figure), day);
    }

    private Reasoning started(Rule rule, Figure figure) {
        var reasoning = reasoning(rule, figure);
        startLine(reasoning);
        return reasoning;
    }

    private void startLine(Reasoning reasoning) {
        var start = start();
        if (start == null) {
            return;
        }
        if (appliance.exchangedOn() != null) {
            reasoning.line("appliance.start.exchanged", start);
        } else if (appliance.installedOn() != null) {
            reasoning.line("appliance.start.installed", start);
        } else if (appliance.deliveredOn() != null) {
            reasoning.line("appliance.start.delivered", start);
        } else {
            reasoning.line("appliance.start.purchased", start);
        }
        if (day.isBefore(start)) {
            reasoning.line("notStarted", day);
        }
    }
}
