package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.teamwork.Team;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The team of a complaint, or the proposal to call one.
 *
 * @param team null while none was called
 * @param why the reasons that the complaint gives, in words
 * @param stand called, started, planned, ended; empty while there is none
 * @param startBy until when it is to begin, {@code planBy} until when its plan is to stand; null when that clock does not run
 */
public record CaseTeamPage(
        CasePages.Head head,
        @Nullable Team team,
        String why,
        String stand,
        String calledBy,
        @Nullable Instant startBy,
        @Nullable Instant planBy,
        List<MemberLine> members,
        List<StepLine> steps,
        List<DecisionLine> decisions,
        boolean mayCall,
        boolean mayLead,
        List<ChoiceGroup> people,
        List<ChoiceGroup> memberChoice,
        String newId,
        String dueAt,
        Filled filled,
        String done) {
    /** Somebody of the team. */
    public record MemberLine(String id, String name, String department, boolean leads) {}

    /** A milestone of the plan; {@code done} says when and by whom, null while it is open. */
    public record StepLine(
            String id,
            String text,
            String owner,
            Instant dueAt,
            String dueLook,
            @Nullable String done,
            boolean isDropped) {
        public boolean isOpen() {
            return done == null && !isDropped;
        }
    }

    /** What was decided. */
    public record DecisionLine(String text, String by, Instant at) {}

    /** Whether the form that came back has lost its place, for something happened meanwhile. */
    public boolean isLost() {
        String form = filled.form();
        boolean isStarted = team != null && team.startedAt() != null;
        return switch (form) {
            case "" -> false;
            case "call" -> !mayCall;
            case "start" -> !mayLead || isStarted;
            case "step", "plan", "end" -> !mayLead || !isStarted;
            case "join", "leave", "lead", "decide" -> !mayLead;
            default ->
                form.startsWith("stepdone")
                        || !mayLead
                        || steps.stream().noneMatch(step -> step.isOpen() && form.endsWith(step.id()));
        };
    }

    /** The draft of a form. */
    public String draft(String form) {
        return "teamwork:" + head.complaint().number().digits() + ":" + form;
    }
}
