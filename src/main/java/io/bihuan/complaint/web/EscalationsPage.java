package io.bihuan.complaint.web;

import java.time.Instant;
import java.util.List;

/**
 * What has escalated to one person, and what he has to do.
 *
 * @param unseen complaints that are beyond the person's reach by now
 */
public record EscalationsPage(List<WorklistRow> rows, int unseen, List<TaskRow> tasks) {
    /** A task as one line. */
    public record TaskRow(
            String id, String number, String readableNumber, String text, Instant dueAt, String dueLook) {}
}
