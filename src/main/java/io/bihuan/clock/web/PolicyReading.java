package io.bihuan.clock.web;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.Counting;
import io.bihuan.clock.DayEnd;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.PauseFor;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.Unit;
import io.bihuan.clock.WarnPoint;
import io.bihuan.clock.WhatIfs;
import io.bihuan.identity.Role;
import io.bihuan.pack.Severity;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Texts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of what was typed the terms of a policy, and says at which field it cannot. Reads one form, then is thrown away. */
final class PolicyReading {
    private static final int LONGEST_REASON = 500;
    private static final Duration FARTHEST = Duration.ofDays(366);
    private static final Duration FARTHEST_PREVIEW = Duration.ofDays(3_660);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);
    // Blanks, and the commas and semicolons of both languages.
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;\\uFF0C\\u3001\\uFF1B]+");

    private final PolicyForm form;
    private final Calendars calendars;
    private final Texts t;
    private final Instant now;
    private FieldErrors errors;

    PolicyReading(PolicyForm form, FieldErrors found, Calendars calendars, Texts t, Instant now) {
        this.form = form;
        this.errors = found;
        this.calendars = calendars;
        this.t = t;
        this.now = now;
    }

    FieldErrors errors() {
        return errors;
    }

    void wrong(String field, String key, Object... arguments) {
        errors = errors.with(field, t.of(key, arguments));
    }

    /** The terms; null when something is wrong. */
    @Nullable
    ClockPolicy terms(ClockPolicy stated) {
        Unit unit = oneOf("unit", form.unit(), Unit.class);
        String calendar = calendar();
        if (unit == null) {
            return null;
        }
        Map<Severity, Integer> amounts = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            String field = severity.name().toLowerCase(Locale.ROOT);
            amounts.put(severity, number(field, form.amountFor(severity), unit.longest()));
        }
        Counting counting = counting(unit);
        List<WarnPoint> points = warnPoints();
        List<PauseReason> pausable = pausable();
        List<ExtensionStep> steps = extensions(unit);
        if (errors.any()) {
            return null;
        }
        return stated.countedAs(new ClockPolicy(
                stated.name(),
                stated.label(),
                stated.startOn(),
                stated.stopOn(),
                stated.restartOn(),
                counting,
                calendar,
                amounts,
                stated.grade(),
                points,
                pausable,
                steps,
                stated.doneWhen(),
                stated.breach(),
                stated.escalation(),
                stated.source(),
                stated.when(),
                stated.movable(),
                stated.owedTo()));
    }

    private String calendar() {
        String name = Objects.requireNonNull(form.calendar());
        if (name.isEmpty()) {
            wrong("calendar", "web.field.missing");
        } else if (calendars.find(name).isEmpty()) {
            wrong("calendar", "clock.field.calendar", name);
        }
        return name;
    }

    private Counting counting(Unit unit) {
        LocalTime cutOff = null;
        String typed = Objects.requireNonNull(form.cutOff());
        if (!typed.isEmpty()) {
            try {
                cutOff = LocalTime.parse(typed, TIME);
            } catch (DateTimeException e) {
                wrong("cutOff", "clock.field.cut-off", typed);
            }
        }
        DayEnd end = oneOf("endsAt", form.endsAt(), DayEnd.class);
        if (unit.isOfDays()) {
            return new Counting(
                    unit,
                    form.isOn(form.startDayCounts()),
                    form.isOn(form.rollsForward()),
                    !form.isOn(form.exclusive()),
                    end == null ? DayEnd.MIDNIGHT : end,
                    cutOff);
        }
        daysOnly("startDayCounts", form.isOn(form.startDayCounts()));
        daysOnly("rollsForward", form.isOn(form.rollsForward()));
        daysOnly("exclusive", form.isOn(form.exclusive()));
        daysOnly("endsAt", end == DayEnd.CLOSE);
        daysOnly("cutOff", !typed.isEmpty());
        return Counting.of(unit);
    }

    private void daysOnly(String field, boolean isGiven) {
        if (isGiven) {
            wrong(field, "clock.field.days-only");
        }
    }

    private List<WarnPoint> warnPoints() {
        var points = new ArrayList<WarnPoint>();
        for (String typed : BETWEEN.split(Objects.requireNonNull(form.warnAt()), -1)) {
            if (typed.isEmpty()) {
                continue;
            }
            try {
                WarnPoint point = WarnPoint.parse(typed);
                if (points.contains(point)) {
                    wrong("warnAt", "clock.field.warn-twice", typed);
                }
                points.add(point);
            } catch (IllegalArgumentException e) {
                wrong("warnAt", "clock.field.warn", typed, WarnPoint.HIGHEST_PERCENT);
            }
        }
        if (points.size() > ClockPolicy.MOST_WARN_POINTS) {
            wrong("warnAt", "clock.field.warn-many", points.size(), ClockPolicy.MOST_WARN_POINTS);
        }
        return points;
    }

    private List<PauseReason> pausable() {
        var reasons = new ArrayList<PauseReason>();
        for (PauseFor reason : PauseFor.values()) {
            if (form.isPausable(reason.name())) {
                reasons.add(new PauseReason(reason.name(), form.isTold(reason.name())));
            } else if (form.isTold(reason.name())) {
                wrong("pausable", "clock.field.told", t.of(reason));
            }
        }
        boolean isUnknown = Objects.requireNonNull(form.pausable()).stream()
                .anyMatch(name -> Arrays.stream(PauseFor.values())
                        .noneMatch(each -> each.name().equals(name)));
        if (isUnknown) {
            wrong("pausable", "web.field.unreadable");
        }
        return reasons;
    }

    private List<ExtensionStep> extensions(Unit unit) {
        var steps = new ArrayList<ExtensionStep>();
        List<PolicyForm.Step> typed = Objects.requireNonNull(form.extensions());
        if (typed.size() > PolicyForm.STEPS) {
            wrong("extensions", "clock.field.steps", PolicyForm.STEPS);
        }
        for (int i = 0; i < Math.min(typed.size(), PolicyForm.STEPS); i++) {
            PolicyForm.Step step = typed.get(i);
            if (step.isNone()) {
                continue;
            }
            int by = number("extensions[" + i + "].by", String.valueOf(step.by()), unit.longest());
            int times = number("extensions[" + i + "].times", String.valueOf(step.times()), 10);
            String approver = String.valueOf(step.approver());
            if (approver.isEmpty() || approver.length() > 60) {
                wrong("extensions[" + i + "].approver", "web.field.missing");
            }
            steps.add(new ExtensionStep(by, approver, step.isTold(), times));
        }
        return steps;
    }

    /** The roles that may be asked to approve. */
    static List<Role> approvers() {
        return List.of(Role.values());
    }

    private int number(String field, String typed, int most) {
        if (typed.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(typed);
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        wrong(field, "clock.field.number", most);
        return 1;
    }

    int days() {
        return number("days", Objects.requireNonNull(form.days()), WhatIfs.MOST_DAYS);
    }

    String reason() {
        String reason = Objects.requireNonNull(form.reason());
        if (reason.isEmpty()) {
            wrong("reason", "web.field.missing");
        } else if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            wrong("reason", "web.field.long", LONGEST_REASON);
        }
        return reason;
    }

    /** When the version comes into force; now for as soon as possible. */
    Instant effectiveFrom() {
        Instant from = moment("effectiveFrom", form.effectiveFrom()).orElse(now);
        // Whoever chose this very minute means now.
        if (from.isBefore(now.minus(Duration.ofMinutes(1))) || from.isAfter(now.plus(FARTHEST))) {
            wrong("effectiveFrom", "clock.field.effective");
        }
        return from;
    }

    Instant previewAt() {
        Instant at = moment("previewAt", form.previewAt()).orElse(now.truncatedTo(ChronoUnit.MINUTES));
        if (Duration.between(now, at).abs().compareTo(FARTHEST_PREVIEW) > 0) {
            wrong("previewAt", "clock.field.moment");
            return now;
        }
        return at;
    }

    private Optional<Instant> moment(String field, @Nullable String typed) {
        if (typed == null || typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(typed.replace(' ', 'T'))
                    .atZone(t.zone())
                    .toInstant());
        } catch (DateTimeException e) {
            wrong(field, "clock.field.moment");
            return Optional.empty();
        }
    }

    private <E extends Enum<E>> @Nullable E oneOf(String field, @Nullable String typed, Class<E> type) {
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(typed))
                .findFirst();
        if (found.isEmpty()) {
            wrong(field, "web.field.unreadable");
        }
        return found.orElse(null);
    }
}
