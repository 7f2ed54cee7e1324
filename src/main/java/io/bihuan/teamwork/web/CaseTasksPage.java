package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.teamwork.Counts;
import io.bihuan.teamwork.Task;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tasks of a complaint.
 *
 * @param escalated tasks that an escalation opened
 * @param isReachable whether there is a number or an address to which a question can be sent
 * @param newId for the next task, {@code dueAt} when it is proposed to be due
 */
public record CaseTasksPage(
        CasePages.Head head,
        List<TaskLine> open,
        List<TaskLine> ended,
        List<Escalated> escalated,
        Counts.Tally tally,
        boolean mayAct,
        boolean mayAsk,
        boolean isReachable,
        boolean mayCallTeam,
        List<ChoiceGroup> to,
        String newId,
        String dueAt,
        Filled filled,
        String done) {
    /** A task that an escalation opened. */
    public record Escalated(String id, String text, String assignee, Instant dueAt, String dueLook) {}

    /** The draft of a form. */
    public String draft(String form) {
        return "teamwork:" + head.complaint().number().digits() + ":" + form;
    }

    /** Whether the form that came back has lost its place, for something happened meanwhile. */
    public boolean isLost() {
        if (filled.is("")) {
            return false;
        }
        if (filled.is("give")) {
            return !mayAct;
        }
        if (filled.is("ask")) {
            return !mayAsk;
        }
        return Stream.concat(open.stream(), ended.stream()).noneMatch(line -> offers(line, filled.form()));
    }

    private static boolean offers(TaskLine line, String form) {
        if (!form.endsWith(line.id())) {
            return false;
        }
        return switch (form.substring(0, form.indexOf('-'))) {
            case "result", "handover" -> line.mayWork();
            case "return" -> line.mayReturn();
            case "due", "withdraw" -> line.mayChange() && line.task().isOpen();
            case "reopen" -> line.mayChange() && line.task().state() == Task.State.DONE;
            // These write nothing.
            default -> true;
        };
    }

    public boolean isNothing() {
        return open.isEmpty() && ended.isEmpty() && escalated.isEmpty();
    }
}
