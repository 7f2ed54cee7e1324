package io.bihuan.clock;

import io.bihuan.clock.EscalationPlan.Action;
import io.bihuan.clock.EscalationPlan.Level;
import io.bihuan.pack.Severity;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rule of escalation: which levels of a plan act when a warn point is reached. */
public final class Escalations {
    /** Whether somebody has said that he knows of it. */
    public enum Acknowledged {
        NO,
        /** While there was still time. */
        BEFORE_DUE,
        AFTER_DUE
    }

    /**
     * What the rule needs to know.
     *
     * @param time of the day by the wall clock of the clock's calendar
     * @param working the names of those calendars, of all that the plan asks, in which it is working time now
     * @param reached the highest level that has acted on this run of the clock; 0 for none
     */
    public record Facts(
            Severity severity,
            Grade grade,
            LocalTime time,
            Set<String> working,
            int reached,
            Acknowledged acknowledged) {
        public Facts {
            working = Set.copyOf(working);
        }
    }

    /** A level that acts now, and what it does. */
    public record Step(int level, List<Action> actions) {
        public Step {
            actions = List.copyOf(actions);
        }
    }

    private Escalations() {}

    /**
     * The levels that act, the lowest first. None acts twice on one run of a clock. One warn point gives a subject one new owner and
     * one higher severity at most, whatever its levels say.
     */
    public static List<Step> decide(EscalationPlan plan, WarnPoint point, Facts facts) {
        if (isSilenced(point, facts.acknowledged())) {
            return List.of();
        }
        var steps = new ArrayList<Step>();
        boolean isReassigned = false;
        boolean isRaised = false;
        for (Level level : plan.levels()) {
            if (!level.at().equals(point)
                    || level.number() <= facts.reached()
                    || !level.when().holds(facts)) {
                continue;
            }
            var actions = new ArrayList<Action>();
            for (Action action : level.actions()) {
                switch (action) {
                    case EscalationPlan.Notify notify -> actions.add(notify);
                    case EscalationPlan.OpenTask task -> actions.add(task);
                    case EscalationPlan.Reassign reassign -> {
                        if (!isReassigned) {
                            actions.add(reassign);
                        }
                        isReassigned = true;
                    }
                    case EscalationPlan.RaiseSeverity raise -> {
                        if (!isRaised && facts.severity() != Severity.MAJOR) {
                            actions.add(raise);
                        }
                        isRaised = true;
                    }
                }
            }
            steps.add(new Step(level.number(), actions));
        }
        return steps;
    }

    /** Who knew in time has promised to keep it: when that fails, the promise is over and the climb goes on. */
    private static boolean isSilenced(WarnPoint point, Acknowledged acknowledged) {
        return switch (acknowledged) {
            case NO -> false;
            case BEFORE_DUE -> !point.isPastDue();
            case AFTER_DUE -> true;
        };
    }
}
