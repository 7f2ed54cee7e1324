package io.bihuan.clock;

import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.Severity;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the list {@code clocks} of a pack. */
@Component
class ClockPoliciesPart implements PackPart<ClockPolicies> {
    /** Ten years of minutes; a longer limit is a slip of the pen. */
    private static final int LONGEST = 5_256_000;

    private static final int HIGHEST_WARNING = 1_000;

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
        return new ClockPolicy(
                node.define("clock", "name"),
                node.label("label"),
                node.text("startOn"),
                once(node.child("stopOn")),
                node.oneOf("unit", Unit.class),
                calendar(node),
                amounts(node.child("amount")),
                node.oneOf("grade", Grade.class),
                warnPoints(node.child("warnAt")),
                node.has("pausable") ? once(node.child("pausable")) : Set.of(),
                node.optionalText("source"));
    }

    private static String calendar(PackNode node) {
        String calendar = node.text("calendar");
        if (!calendar.isEmpty() && !calendar.equals(Deadlines.ALWAYS)) {
            node.problem("calendar", "unknown calendar `" + calendar + "`: write `" + Deadlines.ALWAYS + "`");
        }
        return calendar;
    }

    /** Every severity needs its own amount: a missing one would leave such complaints without a deadline. */
    private static Map<Severity, Integer> amounts(PackNode node) {
        var amounts = new EnumMap<Severity, Integer>(Severity.class);
        for (Severity severity : Severity.values()) {
            amounts.put(severity, node.number(severity.name(), 1, LONGEST));
        }
        return amounts;
    }

    private static List<Integer> warnPoints(PackNode node) {
        var points = new HashSet<Integer>();
        return node.children().stream()
                .map(each -> {
                    int point = each.number(1, HIGHEST_WARNING);
                    if (!points.add(point)) {
                        each.problem("warns at " + point + " % twice: keep one");
                    }
                    return point;
                })
                .toList();
    }

    private static Set<String> once(PackNode node) {
        var texts = new HashSet<String>();
        for (PackNode each : node.children()) {
            String text = each.text();
            if (!texts.add(text)) {
                each.problem("`" + text + "` is written twice: keep one");
            }
        }
        return texts;
    }
}
