package io.bihuan.complaint.web;

import java.util.List;

/** The escalation plans in force, in words. */
public record EscalationPlansPage(List<PlanLines> plans) {
    /** A plan and the clocks that go by it. */
    public record PlanLines(String pack, String label, List<String> clocks, List<LevelLine> levels) {}

    /**
     * A level in words.
     *
     * @param isIdle whether no clock of the plan warns at that point
     */
    public record LevelLine(int number, String at, List<String> when, List<String> actions, boolean isIdle) {}
}
