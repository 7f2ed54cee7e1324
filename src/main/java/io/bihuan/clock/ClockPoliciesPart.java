package io.bihuan.clock;

import io.bihuan.calendar.ShippedNames;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Expression;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.Severity;
import io.bihuan.web.Misread;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the list {@code clocks} of a pack. */
@Component
class ClockPoliciesPart implements PackPart<ClockPolicies> {
    /** What is promised to others must say by which rule. */
    private static final Set<String> BY_LAW = Set.of(Grade.LEGAL.name(), Grade.CONTRACT.name());

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public Class<ClockPolicies> type() {
        return ClockPolicies.class;
    }

    @Override
    public ClockPolicies read(PackNode node) {
        return new ClockPolicies(
                node.children().stream().map(ClockPoliciesPart::policy).toList());
    }

    private static ClockPolicy policy(PackNode node) {
        Unit unit = node.oneOf("unit", Unit.class);
        return new ClockPolicy(
                node.define("clock", "name"),
                node.label("label"),
                node.text("startOn"),
                once(node.child("stopOn")),
                node.has("restartOn") ? once(node.child("restartOn")) : Set.of(),
                counting(node, unit),
                calendar(node),
                amounts(node.child("amount"), unit.longest()),
                node.oneOf("grade", Grade.class),
                warnPoints(node.child("warnAt")),
                pauses(node),
                node.children("extend").stream()
                        .map(step -> extension(step, unit.longest()))
                        .toList(),
                node.has("doneWhen") ? node.oneOf("doneWhen", Dispatch.class) : Dispatch.SENT,
                node.optionalLabel("breach"),
                node.optionalRefer("escalation", "escalation"),
                BY_LAW.contains(node.text("grade")) ? node.law("source") : node.source("source"),
                node.expression("when", Expression.CASE_WORDS),
                isMovable(node, unit),
                node.has("owedTo") ? node.oneOf("owedTo", Owed.class) : Owed.CUSTOMER);
    }

    /** A promised time is a time of the clock on the wall: only a clock that counts as that one does can be given another. */
    private static boolean isMovable(PackNode node, Unit unit) {
        boolean isMovable = node.flag("movable");
        if (isMovable
                && (unit != Unit.MINUTE
                        || !node.text("calendar").equals(WorkCalendar.ALWAYS)
                        || node.has("pausable"))) {
            node.problemAt("movable", "clock.problem.notMovable");
        }
        return isMovable;
    }

    private static Counting counting(PackNode node, Unit unit) {
        if (!unit.isOfDays()) {
            for (String key : List.of("startDay", "rollForward", "inclusive", "endsAt", "cutOff")) {
                if (node.has(key)) {
                    node.problemAt(key, "clock.problem.daysOnly");
                    node.child(key);
                }
            }
            return Counting.of(unit);
        }
        DayEnd end = node.optionalOneOf("endsAt", DayEnd.class);
        return new Counting(
                unit,
                node.optionalOneOf("startDay", StartDay.class) == StartDay.COUNTED,
                node.flag("rollForward"),
                !node.has("inclusive") || node.flag("inclusive"),
                end == null ? DayEnd.MIDNIGHT : end,
                cutOff(node));
    }

    /** The words of {@code startDay}. */
    private enum StartDay {
        EXCLUDED,
        COUNTED
    }

    private static @Nullable LocalTime cutOff(PackNode node) {
        String text = node.optionalText("cutOff");
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            node.problemAt("cutOff", "clock.problem.noTime", text);
            return null;
        }
    }

    /** One that ships, or one that the pack itself defines. */
    private static String calendar(PackNode node) {
        String calendar = node.text("calendar");
        return calendar.isEmpty() || ShippedNames.CALENDARS.contains(calendar)
                ? calendar
                : node.refer("calendar", "calendar");
    }

    /** Every severity needs its own amount: a missing one would leave such complaints without a deadline. */
    private static Map<Severity, Integer> amounts(PackNode node, int longest) {
        var amounts = new EnumMap<Severity, Integer>(Severity.class);
        for (Severity severity : Severity.values()) {
            amounts.put(severity, node.number(severity.name(), 1, longest));
        }
        return amounts;
    }

    private static List<WarnPoint> warnPoints(PackNode node) {
        var points = new ArrayList<WarnPoint>();
        for (PackNode each : node.children()) {
            try {
                WarnPoint point = WarnPoint.parse(each.scalar());
                if (points.contains(point)) {
                    each.problem("clock.problem.warnsTwice", point);
                } else if (points.size() == ClockPolicy.MOST_WARN_POINTS) {
                    each.problem("clock.problem.tooManyWarnPoints", ClockPolicy.MOST_WARN_POINTS);
                } else {
                    points.add(point);
                }
            } catch (Misread e) {
                each.problem(e.phrase());
            }
        }
        return points;
    }

    /** A reason is a word of {@link PauseFor}, or {@code {reason: …, mustTell: true}}. */
    private static List<PauseReason> pauses(PackNode node) {
        var names = new HashSet<String>();
        return node.children("pausable").stream()
                .map(each -> {
                    PauseReason reason = each.isMapping()
                            ? new PauseReason(
                                    each.oneOf("reason", PauseFor.class).name(), each.flag("mustTell"))
                            : new PauseReason(each.oneOf(PauseFor.class).name(), false);
                    if (!names.add(reason.name())) {
                        each.problem("pack.problem.writtenTwice", reason.name());
                    }
                    return reason;
                })
                .toList();
    }

    private static ExtensionStep extension(PackNode node, int longest) {
        return new ExtensionStep(
                node.number("by", 1, longest),
                node.text("approver"),
                node.flag("mustTell"),
                node.number("times", 1, 10, 1));
    }

    private static Set<String> once(PackNode node) {
        var texts = new HashSet<String>();
        for (PackNode each : node.children()) {
            String text = each.text();
            if (!texts.add(text)) {
                each.problem("pack.problem.writtenTwice", text);
            }
        }
        return texts;
    }
}
