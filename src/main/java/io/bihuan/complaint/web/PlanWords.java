package io.bihuan.complaint.web;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.Hours;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.EscalationPlan;
import io.bihuan.clock.EscalationPlans;
import io.bihuan.clock.Policies;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.clock.WarnPoint;
import io.bihuan.complaint.web.EscalationPlansPage.LevelLine;
import io.bihuan.complaint.web.EscalationPlansPage.PlanLines;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Says escalation plans in words, in the language of a reader. */
@Component
class PlanWords {
    private static final String LIST = "clock.escalation.list";

    private final Packs packs;
    private final Policies policies;
    private final Calendars calendars;
    private final InstantSource time;

    PlanWords(Packs packs, Policies policies, Calendars calendars, InstantSource time) {
        this.packs = packs;
        this.policies = policies;
        this.calendars = calendars;
        this.time = time;
    }

    EscalationPlansPage page(Texts t) {
        return new EscalationPlansPage(
                packs.all().stream().flatMap(pack -> plans(pack, t)).toList());
    }

    private Stream<PlanLines> plans(Pack pack, Texts t) {
        List<ClockPolicy> inForce = policies.of(pack, time.instant()).stream()
                .map(PolicyVersion::terms)
                .toList();
        return pack.part(EscalationPlans.class, EscalationPlans.NONE).all().stream()
                .map(plan -> {
                    List<ClockPolicy> users = inForce.stream()
                            .filter(policy -> plan.name().equals(policy.escalation()))
                            .toList();
                    return new PlanLines(
                            pack.name().in(t.locale()),
                            plan.label().in(t.locale()),
                            users.stream()
                                    .map(policy -> policy.label().in(t.locale()))
                                    .toList(),
                            plan.levels().stream()
                                    .map(level -> new LevelLine(
                                            level.number(),
                                            at(level.at(), t),
                                            when(level.when(), t),
                                            level.actions().stream()
                                                    .map(action -> action(action, t))
                                                    .toList(),
                                            users.stream()
                                                    .noneMatch(policy ->
                                                            policy.warnAt().contains(level.at()))))
                                    .toList());
                });
    }

    private static String at(WarnPoint point, Texts t) {
        return switch (point.kind()) {
            case PERCENT ->
                point.value() == 100
                        ? t.of("clock.escalation.at.due")
                        : t.of("clock.escalation.at." + (point.value() < 100 ? "percent" : "late"), point.value());
            case BEFORE -> t.of("clock.escalation.at.before", t.duration(point.offset()));
            case AFTER -> t.of("clock.escalation.at.after", t.duration(point.offset()));
        };
    }

    private List<String> when(EscalationPlan.When when, Texts t) {
        var lines = new ArrayList<String>();
        if (!when.severities().isEmpty()) {
            lines.add(t.of(
                    "clock.escalation.when.severities",
                    words(when.severities().stream().sorted(), t)));
        }
        if (!when.grades().isEmpty()) {
            lines.add(t.of(
                    "clock.escalation.when.grades", words(when.grades().stream().sorted(), t)));
        }
        if (!when.hours().isEmpty()) {
            lines.add(t.of(
                    "clock.escalation.when.hours",
                    when.hours().stream().map(Hours::toString).collect(Collectors.joining(t.of(LIST)))));
        }
        if (when.duringWorkOf() != null) {
            lines.add(t.of("clock.escalation.when.during", calendar(when.duringWorkOf(), t)));
        }
        if (when.outsideWorkOf() != null) {
            lines.add(t.of("clock.escalation.when.outside", calendar(when.outsideWorkOf(), t)));
        }
        return lines;
    }

    private String calendar(String name, Texts t) {
        return calendars
                .find(name)
                .map(calendar -> calendar.label().in(t.locale()))
                .orElse(name);
    }

    private static String action(EscalationPlan.Action action, Texts t) {
        return switch (action) {
            case EscalationPlan.Notify notify -> t.of("clock.escalation.do.notify", words(notify.to().stream(), t));
            case EscalationPlan.Reassign reassign -> t.of("clock.escalation.do.reassign", t.of(reassign.to()));
            case EscalationPlan.RaiseSeverity raise -> t.of("clock.escalation.do.raiseSeverity");
            case EscalationPlan.OpenTask task ->
                t.of(
                        "clock.escalation.do.openTask",
                        t.of(task.assignee()),
                        task.text().in(t.locale()),
                        t.duration(task.dueIn()));
        };
    }

    private static String words(Stream<? extends Enum<?>> constants, Texts t) {
        return constants.map(t::of).collect(Collectors.joining(t.of(LIST)));
    }
}
