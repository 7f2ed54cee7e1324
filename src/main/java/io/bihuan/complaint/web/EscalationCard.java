package io.bihuan.complaint.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the deadlines of a complaint have escalated and what is to be done about it. */
public record EscalationCard(List<Line> lines, List<TaskLine> tasks, boolean mayAct) {
    /**
     * A clock that has escalated.
     *
     * @param clock its name, {@code label} what it is called
     * @param told everybody who was told
     * @param acknowledgedBy empty while nobody has
     */
    public record Line(
            String clock,
            String label,
            int level,
            String told,
            Instant at,
            String acknowledgedBy,
            @Nullable Instant acknowledgedAt) {}

    /** A task; {@code doneBy} is empty while it is open and when it fell away. */
    public record TaskLine(
            String id,
            String text,
            String assignee,
            Instant dueAt,
            boolean isOpen,
            String dueLook,
            String doneBy,
            @Nullable Instant doneAt) {}

    public boolean isEmpty() {
        return lines.isEmpty() && tasks.isEmpty();
    }
}
