package io.bihuan.teamwork.web;

import io.bihuan.teamwork.MyTasks;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open tasks of whoever reads it.
 *
 * @param hasDepartment whether there can be tasks that wait for somebody of the own department
 * @param untaken how many of those there are
 */
public record MyTasksPage(MyTasks.Whose whose, boolean hasDepartment, int untaken, List<Row> rows, int most) {
    /**
     * A task.
     *
     * @param href its place on the pages of its complaint
     * @param states how it stands, in words with their colours
     * @param progress of its checklist; empty when it has none
     * @param act what can be done with it here; null when it has to be opened
     */
    public record Row(
            String readableNumber,
            String href,
            String title,
            List<Badge> states,
            String holder,
            String giver,
            Instant dueAt,
            String dueLook,
            String progress,
            @Nullable Act act) {}

    /** A word with a colour. */
    public record Badge(String text, String tone) {}

    /** A button: where its form goes, and what it says. */
    public record Act(String action, String label) {}
}
