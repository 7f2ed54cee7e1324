package io.bihuan.teamwork.web;

import io.bihuan.teamwork.Task;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a complaint as its page shows it.
 *
 * @param holder who has it, {@code giver} who gave it, {@code endedBy} who ended it
 * @param trail how it came here, in sentences
 * @param answers of the customer, for a question
 */
public record TaskLine(
        Task task,
        String holder,
        String giver,
        String endedBy,
        String dueLook,
        boolean isLate,
        List<Item> items,
        List<Trail> trail,
        List<Trail> answers,
        boolean mayAccept,
        boolean mayWork,
        boolean mayReturn,
        boolean mayChange,
        String sender) {
    /** A line of the checklist; {@code done} says who and when, null while it is not. */
    public record Item(int index, String text, @Nullable String done) {}

    /** What happened, and what was written. */
    public record Trail(Instant at, String title, String text) {}

    public String id() {
        return task.id().toString();
    }
}
