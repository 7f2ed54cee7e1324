package io.bihuan.teamwork;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.ComplaintEvent.CaseEvent;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a task. */
public sealed interface TaskEvent extends CaseEvent {
    /** Which task. */
    UUID task();

    /**
     * Somebody has something to do.
     *
     * @param department that is to find somebody, when {@code assignee} is null
     * @param items of its checklist, in their order
     * @param asked the event with which the customer was asked, for a question to the customer
     */
    record TaskGiven(
            UUID task,
            Task.Kind kind,
            Personal title,
            @Nullable Personal what,
            @Nullable String department,
            @Nullable UUID assignee,
            UUID givenBy,
            Instant dueAt,
            List<Personal> items,
            @Nullable Integer asked)
            implements TaskEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            var texts = new ArrayList<Personal>();
            texts.add(title);
            if (what != null) {
                texts.add(what);
            }
            texts.addAll(items);
            return texts;
        }
    }

    record TaskAccepted(UUID task, UUID by) implements TaskEvent {}

    record TaskHandedOver(
            UUID task,
            UUID by,
            @Nullable String department,
            @Nullable UUID assignee,
            Personal reason) implements TaskEvent {}

    /**
     * Back to whom it came from.
     *
     * @param department of whoever has it again; null: none, or not recorded then
     */
    record TaskReturned(UUID task, UUID by, @Nullable String department, UUID to, Personal reason)
            implements TaskEvent {}

    /** A line of the checklist is done, or not done after all. */
    record TaskItemTicked(UUID task, UUID by, int item, boolean done) implements TaskEvent {}

    record TaskCompleted(UUID task, UUID by, Personal result) implements TaskEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return List.of(result);
        }
    }

    record TaskReopened(UUID task, UUID by, Instant dueAt, Personal reason) implements TaskEvent {}

    record TaskWithdrawn(UUID task, UUID by, Personal reason) implements TaskEvent {}

    /** It is due at another time. */
    record TaskMoved(UUID task, UUID by, Instant dueAt, Personal reason) implements TaskEvent {}
}
