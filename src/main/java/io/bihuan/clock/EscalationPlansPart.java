package io.bihuan.clock;

import io.bihuan.calendar.Hours;
import io.bihuan.calendar.ShippedNames;
import io.bihuan.clock.EscalationPlan.Action;
import io.bihuan.clock.EscalationPlan.Level;
import io.bihuan.clock.EscalationPlan.When;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.Severity;
import io.bihuan.web.Misread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the list {@code escalations} of a pack. */
@Component
class EscalationPlansPart implements PackPart<EscalationPlans> {
    static final int MOST_LEVELS = 20;
    private static final Set<Recipient> NEW_OWNERS =
            EnumSet.of(Recipient.LEAD, Recipient.DUTY, Recipient.DEPARTMENT_HEAD);
    private static final Duration LONGEST = Duration.ofDays(366);

    @Override
    public String name() {
        return "escalations";
    }

    @Override
    public Class<EscalationPlans> type() {
        return EscalationPlans.class;
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public EscalationPlans read(PackNode node) {
        return new EscalationPlans(
                node.children().stream().map(EscalationPlansPart::plan).toList());
    }

    private static EscalationPlan plan(PackNode node) {
        String name = node.define("escalation", "name");
        PackNode list = node.child("levels");
        var levels = new ArrayList<Level>();
        for (PackNode each : list.children()) {
            if (levels.size() == MOST_LEVELS) {
                each.problem("clock.problem.tooManyLevels", MOST_LEVELS);
            }
            level(each, levels);
        }
        if (list.children().isEmpty()) {
            list.problem("clock.problem.noLevel");
        }
        return new EscalationPlan(name, node.label("label"), levels);
    }

    private static void level(PackNode node, List<Level> before) {
        PackNode at = node.child("at");
        When when = node.optionalChild("when").map(EscalationPlansPart::when).orElse(When.ALWAYS);
        List<Action> actions = actions(node.child("do"));
        WarnPoint point = point(at);
        if (point == null) {
            return;
        }
        if (!before.isEmpty() && point.compareTo(before.getLast().at()) < 0) {
            at.problem("clock.problem.levelOrder", before.getLast().at());
        }
        before.add(new Level(before.size() + 1, point, when, actions));
    }

    private static @Nullable WarnPoint point(PackNode at) {
        String written = at.scalar();
        if (written.isEmpty()) {
            return null;
        }
        try {
            return WarnPoint.parse(written);
        } catch (Misread e) {
            at.problem(e.phrase());
            return null;
        }
    }

    private static When when(PackNode node) {
        var hours = new ArrayList<Hours>();
        for (PackNode each : node.children("hours")) {
            hours(each).ifPresent(hours::add);
        }
        String during = calendar(node, "duringWorkOf");
        String outside = calendar(node, "outsideWorkOf");
        if (during != null && during.equals(outside)) {
            node.problemAt("outsideWorkOf", "clock.problem.sameCalendar");
        }
        return new When(
                new HashSet<>(node.anyOf("severities", Severity.class)),
                new HashSet<>(node.anyOf("grades", Grade.class)),
                hours,
                during,
                outside);
    }

    private static Optional<Hours> hours(PackNode node) {
        String written = node.text();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Hours.parse(written));
        } catch (Misread e) {
            node.problem(e.phrase());
            return Optional.empty();
        }
    }

    private static @Nullable String calendar(PackNode node, String key) {
        String name = node.optionalText(key);
        return name == null || ShippedNames.CALENDARS.contains(name) ? name : node.refer("calendar", key);
    }

    private static List<Action> actions(PackNode list) {
        var actions = new ArrayList<Action>();
        for (PackNode each : list.children()) {
            action(each).ifPresent(actions::add);
        }
        if (list.children().isEmpty()) {
            list.problem("clock.problem.noAction");
        }
        return actions;
    }

    private static Optional<Action> action(PackNode node) {
        var found = new ArrayList<Action>();
        if (node.has("notify")) {
            List<Recipient> to = node.anyOf("notify", Recipient.class);
            if (to.isEmpty()) {
                node.problemAt("notify", "clock.problem.notifiesNobody");
            }
            var written = new HashSet<String>();
            for (PackNode each : node.children("notify")) {
                if (!written.add(each.scalar())) {
                    each.problem("clock.problem.twice");
                }
            }
            found.add(new EscalationPlan.Notify(to));
        }
        if (node.has("reassign")) {
            Recipient to = node.oneOf("reassign", Recipient.class);
            if (!NEW_OWNERS.contains(to)) {
                node.problemAt("reassign", "clock.problem.noNewOwner", to.name());
            }
            found.add(new EscalationPlan.Reassign(to));
        }
        if (node.has("raiseSeverity")) {
            if (!node.flag("raiseSeverity")) {
                node.problemAt("raiseSeverity", "clock.problem.notTrue");
            }
            found.add(new EscalationPlan.RaiseSeverity());
        }
        if (node.has("openTask")) {
            PackNode task = node.child("openTask");
            Duration dueIn = task.duration("dueIn");
            if (dueIn.isZero() || dueIn.compareTo(LONGEST) > 0) {
                task.problemAt("dueIn", "clock.problem.dueIn");
            }
            found.add(new EscalationPlan.OpenTask(task.oneOf("for", Recipient.class), task.label("text"), dueIn));
        }
        if (found.size() != 1) {
            node.problem("clock.problem.oneAction");
        }
        return found.stream().findFirst();
    }
}
