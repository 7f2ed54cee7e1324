package io.bihuan.teamwork;

import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a department or a colleague does for a complaint: what its events add up to, and the rules by which they come.
 *
 * @param department that is to find somebody while there is no assignee
 * @param sender from whom whoever has it got it, and to whom it goes back
 * @param endedAt when it was done or withdrawn
 * @param handOvers how often it was handed on, {@code returns} how often sent back
 * @param asked the event with which the customer was asked; null when it is no question to the customer
 */
public record Task(
        UUID complaintId,
        UUID id,
        Kind kind,
        State state,
        String title,
        String what,
        @Nullable String department,
        @Nullable UUID assignee,
        UUID givenBy,
        UUID sender,
        Instant givenAt,
        Instant dueAt,
        @Nullable Instant endedAt,
        @Nullable UUID endedBy,
        @Nullable String result,
        List<Item> items,
        int handOvers,
        int returns,
        @Nullable Integer asked) {
    /** Characters of a title. */
    public static final int LONGEST_TITLE = 200;
    /** Lines of a checklist. */
    public static final int MOST_ITEMS = 30;

    /** What kind of work it is. */
    public enum Kind {
        WORK,
        /** The customer is asked something, and the clocks that may wait do. */
        QUESTION
    }

    /** How far it is. */
    public enum State {
        /** Nobody has said yet to do it. */
        OPEN,
        ACCEPTED,
        DONE,
        WITHDRAWN
    }

    /** A line of the checklist. */
    public record Item(
            String text, @Nullable UUID doneBy, @Nullable Instant doneAt) {
        public boolean isDone() {
            return doneAt != null;
        }
    }

    public Task {
        items = List.copyOf(items);
    }

    public boolean isOpen() {
        return endedAt == null;
    }

    public boolean isLate(Instant now) {
        return isOpen() && dueAt.isBefore(now);
    }

    /** Whether it is for this person to do: given to it, or to its department and nobody there yet. */
    public boolean isFor(UUID person, @Nullable String ofDepartment) {
        return assignee != null ? assignee.equals(person) : department != null && department.equals(ofDepartment);
    }

    /** Whether this person may work on it: who has it, who gave it, who decides. */
    public boolean mayBeDoneBy(By by) {
        return isFor(by.id(), by.department()) || mayBeChangedBy(by);
    }

    /** Whether this person may say what becomes of it: who gave it, who decides. */
    public boolean mayBeChangedBy(By by) {
        return by.decides() || by.id().equals(givenBy);
    }

    /** Whether there is somebody else to send it back to. */
    public boolean mayGoBack(By by) {
        return isOpen() && isFor(by.id(), by.department()) && !sender.equals(assignee);
    }

    public long itemsDone() {
        return items.stream().filter(Item::isDone).count();
    }

    TaskEvent.TaskAccepted accept(By by) {
        require(state == State.OPEN, "teamwork.refused.not-open");
        require(isFor(by.id(), by.department()), "teamwork.refused.not-yours");
        return new TaskEvent.TaskAccepted(id, by.id());
    }

    TaskEvent.TaskHandedOver handOver(By by, @Nullable String toDepartment, @Nullable UUID toPerson, String reason) {
        open();
        mayDo(by);
        boolean isSame;
        if (toPerson != null) {
            isSame = toPerson.equals(assignee);
        } else if (toDepartment != null) {
            isSame = assignee == null && toDepartment.equals(department);
        } else {
            throw new Refused("teamwork.refused.nobody");
        }
        require(!isSame, "teamwork.refused.same-holder");
        return new TaskEvent.TaskHandedOver(
                id, by.id(), toDepartment, toPerson, needed(reason, "teamwork.refused.reason"));
    }

    /** @param home the department of whoever it came from */
    TaskEvent.TaskReturned giveBack(By by, @Nullable String home, String reason) {
        open();
        require(isFor(by.id(), by.department()), "teamwork.refused.not-yours");
        require(!sender.equals(assignee), "teamwork.refused.own-task");
        return new TaskEvent.TaskReturned(id, by.id(), home, sender, needed(reason, "teamwork.refused.reason"));
    }

    TaskEvent.TaskItemTicked tick(By by, int item, boolean done) {
        open();
        mayDo(by);
        require(item >= 0 && item < items.size(), "teamwork.refused.item");
        require(items.get(item).isDone() != done, "teamwork.refused.item-already");
        return new TaskEvent.TaskItemTicked(id, by.id(), item, done);
    }

    /** Who completes what nobody has accepted has accepted it. */
    List<TaskEvent> complete(By by, String result) {
        open();
        mayDo(by);
        long left = items.size() - itemsDone();
        if (left > 0) {
            throw new Refused("teamwork.refused.items-left", left);
        }
        var completed = new TaskEvent.TaskCompleted(id, by.id(), needed(result, "teamwork.refused.result"));
        return state == State.OPEN && isFor(by.id(), by.department())
                ? List.of(new TaskEvent.TaskAccepted(id, by.id()), completed)
                : List.of(completed);
    }

    TaskEvent.TaskReopened reopen(By by, Instant newDueAt, String reason) {
        require(state == State.DONE, "teamwork.refused.not-done");
        require(mayBeChangedBy(by), "teamwork.refused.not-giver");
        return new TaskEvent.TaskReopened(id, by.id(), newDueAt, needed(reason, "teamwork.refused.reason"));
    }

    TaskEvent.TaskWithdrawn withdraw(By by, String reason) {
        open();
        require(mayBeChangedBy(by), "teamwork.refused.not-giver");
        return new TaskEvent.TaskWithdrawn(id, by.id(), needed(reason, "teamwork.refused.reason"));
    }

    /** Whoever has it to do does not give himself more time. */
    TaskEvent.TaskMoved move(By by, Instant newDueAt, String reason) {
        open();
        require(mayBeChangedBy(by), "teamwork.refused.not-giver");
        return new TaskEvent.TaskMoved(id, by.id(), newDueAt, needed(reason, "teamwork.refused.reason"));
    }

    private void open() {
        require(isOpen(), "teamwork.refused.ended");
    }

    private void mayDo(By by) {
        require(mayBeDoneBy(by), "teamwork.refused.not-yours");
    }

    /** The task that was just given. */
    static Task first(UUID complaintId, TaskEvent.TaskGiven given, Instant at) {
        return new Task(
                complaintId,
                given.task(),
                given.kind(),
                given.givenBy().equals(given.assignee()) ? State.ACCEPTED : State.OPEN,
                Personal.text(given.title()),
                Personal.text(given.what()),
                given.department(),
                given.assignee(),
                given.givenBy(),
                given.givenBy(),
                at,
                given.dueAt(),
                null,
                null,
                null,
                given.items().stream()
                        .map(item -> new Item(Personal.text(item), null, null))
                        .toList(),
                0,
                0,
                given.asked());
    }

    /** The task after one more event. */
    Task after(TaskEvent event, Instant at) {
        return switch (event) {
            case TaskEvent.TaskGiven e -> throw new IllegalArgumentException("given twice: " + e.task());
            case TaskEvent.TaskAccepted e -> held(State.ACCEPTED, department, e.by(), sender, 0, 0);
            case TaskEvent.TaskHandedOver e ->
                held(
                        State.OPEN,
                        e.assignee() == null ? e.department() : department(e.department()),
                        e.assignee(),
                        e.by(),
                        1,
                        0);
            // It is his already: he gave it.
            case TaskEvent.TaskReturned e -> held(State.ACCEPTED, e.department(), e.to(), e.to(), 0, 1);
            case TaskEvent.TaskItemTicked e -> ticked(e, at);
            case TaskEvent.TaskCompleted e -> ended(State.DONE, at, e.by(), Personal.text(e.result()));
            case TaskEvent.TaskReopened e -> dueAt(e.dueAt()).ended(State.OPEN, null, null, result);
            case TaskEvent.TaskWithdrawn e -> ended(State.WITHDRAWN, at, e.by(), result);
            case TaskEvent.TaskMoved e -> dueAt(e.dueAt());
        };
    }

    private @Nullable String department(@Nullable String given) {
        return given == null ? department : given;
    }

    private Task held(
            State next, @Nullable String of, @Nullable UUID person, UUID from, int moreHandOvers, int moreReturns) {
        return new Task(
                complaintId,
                id,
                kind,
                next,
                title,
                what,
                of,
                person,
                givenBy,
                from,
                givenAt,
                dueAt,
                endedAt,
                endedBy,
                result,
                items,
                handOvers + moreHandOvers,
                returns + moreReturns,
                asked);
    }

    private Task ended(State next, @Nullable Instant at, @Nullable UUID by, @Nullable String newResult) {
        return new Task(
                complaintId,
                id,
                kind,
                next,
                title,
                what,
                department,
                assignee,
                givenBy,
                sender,
                givenAt,
                dueAt,
                at,
                by,
                newResult,
                items,
                handOvers,
                returns,
                asked);
    }

    private Task dueAt(Instant newDueAt) {
        return new Task(
                complaintId,
                id,
                kind,
                state,
                title,
                what,
                department,
                assignee,
                givenBy,
                sender,
                givenAt,
                newDueAt,
                endedAt,
                endedBy,
                result,
                items,
                handOvers,
                returns,
                asked);
    }

    private Task ticked(TaskEvent.TaskItemTicked e, Instant at) {
        var next = new ArrayList<>(items);
        next.set(e.item(), new Item(items.get(e.item()).text(), e.done() ? e.by() : null, e.done() ? at : null));
        return new Task(
                complaintId,
                id,
                kind,
                state,
                title,
                what,
                department,
                assignee,
                givenBy,
                sender,
                givenAt,
                dueAt,
                endedAt,
                endedBy,
                result,
                next,
                handOvers,
                returns,
                asked);
    }

    static void require(boolean allowed, String key) {
        if (!allowed) {
            throw new Refused(key);
        }
    }

    static Personal needed(@Nullable String text, String key) {
        if (text == null || text.isBlank()) {
            throw new Refused(key);
        }
        return Personal.of(text.strip());
    }
}
