package io.bihuan.clock.web;

import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.DayEnd;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.WarnPoint;
import io.bihuan.pack.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A draft of a policy as an administrator typed it.
 *
 * @param general the amount for that severity, in the unit
 * @param warnAt points with anything between them
 * @param told those of the reasons in {@code pausable} of which the customer must be told
 * @param effectiveFrom a time of the wall clock, empty for as soon as possible
 * @param previewAt when the complaint of the preview is filed, empty for now
 * @param days how far back the draft is run
 * @param base the revision this draft was begun on
 */
public record PolicyForm(
        @Nullable String unit,
        @Nullable String calendar,
        @Nullable String general,
        @Nullable String urgent,
        @Nullable String major,
        @Nullable Boolean startDayCounts,
        @Nullable Boolean rollsForward,
        @Nullable Boolean exclusive,
        @Nullable String endsAt,
        @Nullable String cutOff,
        @Nullable String warnAt,
        @Nullable Set<String> pausable,
        @Nullable Set<String> told,
        @Nullable List<Step> extensions,
        @Nullable String effectiveFrom,
        @Nullable String previewAt,
        @Nullable String reason,
        @Nullable String days,
        @Nullable String base) {
    static final int STEPS = 4;

    /** One step of extension; a line without an amount is none. */
    public record Step(
            @Nullable String by,
            @Nullable String approver,
            @Nullable String times,
            @Nullable Boolean mustTell) {
        static final Step NONE = new Step("", "", "1", false);

        public Step {
            by = typed(by);
            approver = typed(approver);
            times = typed(times);
            mustTell = mustTell != null && mustTell;
        }

        boolean isNone() {
            return String.valueOf(by).isEmpty();
        }

        public boolean isTold() {
            return Boolean.TRUE.equals(mustTell);
        }
    }

    public PolicyForm {
        unit = typed(unit);
        calendar = typed(calendar);
        general = typed(general);
        urgent = typed(urgent);
        major = typed(major);
        startDayCounts = startDayCounts != null && startDayCounts;
        rollsForward = rollsForward != null && rollsForward;
        exclusive = exclusive != null && exclusive;
        endsAt = typed(endsAt).isEmpty() ? DayEnd.MIDNIGHT.name() : typed(endsAt);
        cutOff = typed(cutOff);
        warnAt = typed(warnAt);
        pausable = pausable == null ? Set.of() : Set.copyOf(pausable);
        told = told == null ? Set.of() : Set.copyOf(told);
        var steps = new ArrayList<Step>();
        for (Step step : extensions == null ? List.<Step>of() : extensions) {
            if (step != null) {
                steps.add(step);
            }
        }
        while (steps.size() < STEPS) {
            steps.add(Step.NONE);
        }
        extensions = List.copyOf(steps);
        effectiveFrom = typed(effectiveFrom);
        previewAt = typed(previewAt);
        reason = typed(reason);
        days = typed(days).isEmpty() ? "30" : typed(days);
        base = typed(base);
    }

    private static String typed(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** A draft that is still the same as those terms. */
    static PolicyForm of(ClockPolicy terms, int base) {
        var counting = terms.counting();
        return new PolicyForm(
                terms.unit().name(),
                terms.calendar(),
                String.valueOf(terms.amountFor(Severity.GENERAL)),
                String.valueOf(terms.amountFor(Severity.URGENT)),
                String.valueOf(terms.amountFor(Severity.MAJOR)),
                counting.startDayCounts(),
                counting.rollsForward(),
                !counting.inclusive(),
                counting.endsAt().name(),
                counting.cutOff() == null ? "" : counting.cutOff().toString(),
                terms.warnAt().stream().map(PolicyForm::typed).collect(Collectors.joining(", ")),
                terms.pausable().stream().map(PauseReason::name).collect(Collectors.toSet()),
                terms.pausable().stream()
                        .filter(PauseReason::mustTell)
                        .map(PauseReason::name)
                        .collect(Collectors.toSet()),
                terms.extensions().stream()
                        .map(step -> new Step(
                                String.valueOf(step.amount()),
                                step.approver(),
                                String.valueOf(step.times()),
                                step.mustTell()))
                        .toList(),
                "",
                "",
                "",
                "",
                String.valueOf(base));
    }

    /** Minutes as hours or days where they are whole. */
    private static String typed(WarnPoint point) {
        return switch (point.kind()) {
            case PERCENT -> point.toString();
            case BEFORE -> "-" + length(point.value());
            case AFTER -> "+" + length(point.value());
        };
    }

    private static String length(int minutes) {
        return minutes % 1440 == 0 ? minutes / 1440 + "d" : minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }

    String amountFor(Severity severity) {
        return String.valueOf(
                switch (severity) {
                    case GENERAL -> general;
                    case URGENT -> urgent;
                    case MAJOR -> major;
                });
    }

    public boolean isPausable(String name) {
        return pausable != null && pausable.contains(name);
    }

    public boolean isTold(String name) {
        return told != null && told.contains(name);
    }

    public boolean isOn(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
