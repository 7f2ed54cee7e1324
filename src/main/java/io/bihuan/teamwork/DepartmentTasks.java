package io.bihuan.teamwork;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Questions;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.NotFound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What departments and colleagues do for a complaint: one method for each thing that may happen to a task. */
@Component
public class DepartmentTasks {
    /** Tasks of a complaint, and of a list. */
    public static final int MOST = 200;

    /** Where lists stop to count. */
    public static final int MOST_COUNTED = 100;

    private static final int ANSWERS = 500;

    /**
     * A task to be given.
     *
     * @param id made with the form: sent twice, it is given once
     * @param department that is to find somebody, when {@code assignee} is null
     */
    public record NewTask(
            UUID id,
            String title,
            @Nullable String what,
            @Nullable String department,
            @Nullable UUID assignee,
            Instant dueAt,
            List<String> items) {}

    /** How a task came to whoever has it. */
    public record Move(
            UUID task,
            Kind kind,
            Instant at,
            UUID by,
            @Nullable String toDepartment,
            @Nullable UUID toPerson,
            String reason) {
        /** What happened to it. */
        public enum Kind {
            HANDED_OVER,
            RETURNED,
            REOPENED,
            WITHDRAWN,
            MOVED
        }
    }

    /** An answer of the customer, as it stands in the history. */
    public record Answer(Instant at, String text) {}

    private static final String TASK = """
            select t.*, k.data_key from teamwork.task t left join teamwork.text_key k on k.complaint_id = t.complaint_id
            """;

    private final Complaints complaints;
    private final Staff staff;
    private final TextKeys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Questions questions;

    DepartmentTasks(
            Complaints complaints,
            Staff staff,
            TextKeys keys,
            JdbcClient jdbc,
            InstantSource time,
            Questions questions) {
        this.complaints = complaints;
        this.staff = staff;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
        this.questions = questions;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public DepartmentTasks at(InstantSource otherTime) {
        return new DepartmentTasks(complaints.at(otherTime), staff, keys, jdbc, otherTime, questions.at(otherTime));
    }

    /** The tasks of a complaint, the open ones first. */
    @Transactional(readOnly = true)
    public List<Task> of(UUID complaintId) {
        Map<UUID, List<Task.Item>> items = items(complaintId);
        return jdbc.sql(TASK + "where t.complaint_id = ? order by t.ended_at desc nulls first, t.due_at, t.id limit ?")
                .param(complaintId)
                .param(MOST)
                .query((row, number) -> task(row, items))
                .list();
    }

    /** How the tasks of a complaint went from hand to hand, the oldest first. */
    @Transactional(readOnly = true)
    public List<Move> moves(UUID complaintId) {
        return jdbc.sql("""
                        select m.*, k.data_key from teamwork.task_move m
                        left join teamwork.text_key k on k.complaint_id = m.complaint_id
                        where m.complaint_id = ? order by m.id limit ?
                        """)
                .param(complaintId)
                .param(MOST * 5)
                .query((row, number) -> new Move(
                        Rows.id(row, "task_id"),
                        Move.Kind.valueOf(Rows.text(row, "kind")),
                        Rows.at(row, "at"),
                        Rows.id(row, "by_person"),
                        row.getString("to_department"),
                        Rows.person(row, "to_person"),
                        TextKeys.text(keys.read(row.getBytes("data_key")), row.getBytes("reason"))))
                .list();
    }

    /** How many tasks of a complaint are open. */
    @Transactional(readOnly = true)
    public int open(UUID complaintId) {
        return jdbc.sql("select count(*) from teamwork.task where complaint_id = ? and ended_at is null")
                .param(complaintId)
                .query(Integer.class)
                .single();
    }

    /** What came from the customer's side since he was asked; empty for a task that asks nobody. */
    @Transactional(readOnly = true)
    public List<Answer> answers(ComplaintNumber number, Task task) {
        Integer asked = task.asked();
        if (asked == null) {
            return List.of();
        }
        var answers = new ArrayList<Answer>();
        for (HistoryEvent event : complaints.history(number, asked, ANSWERS)) {
            if (event.event() instanceof ComplaintEvent.InformationAdded added) {
                answers.add(new Answer(event.at(), Personal.text(added.text())));
            }
        }
        return answers;
    }

    /** Gives somebody something to do. */
    @Transactional
    public Complaint give(ComplaintNumber number, NewTask wanted, SignedIn who) {
        return complaints.record(
                number,
                null,
                who.actor(),
                (complaint, writes) -> given(complaint, wanted, Task.Kind.WORK, null, who, writes));
    }

    /**
     * Asks the customer: the clocks that may wait for him do, he is told that it is his turn, and what he answers is found in the task.
     *
     * @param wanted whose text is the question
     */
    @Transactional
    public Complaint ask(ComplaintNumber number, NewTask wanted, SignedIn who) {
        Complaint before = complaints.find(number).orElseThrow(() -> new Complaints.Unknown(number));
        if (find(before.id(), wanted.id()).isPresent()) {
            return before;
        }
        String question = wanted.what() == null ? "" : wanted.what();
        Complaint asked = questions.ask(number, null, question, wanted.dueAt(), who.actor());
        return complaints.record(
                number,
                null,
                who.actor(),
                (complaint, writes) -> given(complaint, wanted, Task.Kind.QUESTION, asked.version(), who, writes));
    }

    private List<TaskEvent> given(
            Complaint complaint, NewTask wanted, Task.Kind kind, @Nullable Integer asked, SignedIn who, Writes writes) {
        refuseClosed(complaint);
        if (find(complaint.id(), wanted.id()).isPresent()) {
            return List.of();
        }
        Task.require(!wanted.title().isBlank(), "teamwork.refused.text");
        Task.require(wanted.items().size() <= Task.MOST_ITEMS, "teamwork.refused.many");
        Holder to = holder(wanted.department(), wanted.assignee());
        var event = new TaskEvent.TaskGiven(
                wanted.id(),
                kind,
                Personal.of(wanted.title().strip()),
                Personal.ofNullable(wanted.what()),
                to.department(),
                to.person(),
                who.id(),
                wanted.dueAt().truncatedTo(ChronoUnit.MICROS),
                wanted.items().stream().map(Personal::of).toList(),
                asked);
        insert(writes, Task.first(complaint.id(), event, now()));
        return List.of(event);
    }

    private record Holder(
            @Nullable String department, @Nullable UUID person) {}

    /** Somebody brings the own department. */
    private Holder holder(@Nullable String department, @Nullable UUID person) {
        if (person != null) {
            StaffMember member = staff.find(person)
                    .filter(StaffMember::active)
                    .orElseThrow(() -> new Refused("teamwork.refused.nobody"));
            return new Holder(member.department(), person);
        }
        if (department == null || department.isBlank()) {
            throw new Refused("teamwork.refused.nobody");
        }
        return new Holder(department, null);
    }

    @Transactional
    public Complaint accept(ComplaintNumber number, UUID task, SignedIn who) {
        return change(number, task, who, (found, by) -> List.of(found.accept(by)));
    }

    /** Hands it on to a department or somebody. */
    @Transactional
    public Complaint handOver(
            ComplaintNumber number,
            UUID task,
            @Nullable String department,
            @Nullable UUID person,
            String reason,
            SignedIn who) {
        return change(number, task, who, (found, by) -> {
            Holder to = holder(department, person);
            return List.of(found.handOver(by, to.department(), to.person(), reason));
        });
    }

    /** Sends it back to whom it came from. */
    @Transactional
    public Complaint giveBack(ComplaintNumber number, UUID task, String reason, SignedIn who) {
        return change(number, task, who, (found, by) -> {
            String home =
                    staff.find(found.sender()).map(StaffMember::department).orElse(null);
            return List.of(found.giveBack(by, home, reason));
        });
    }

    @Transactional
    public Complaint tick(ComplaintNumber number, UUID task, int item, boolean done, SignedIn who) {
        return change(number, task, who, (found, by) -> List.of(found.tick(by, item, done)));
    }

    @Transactional
    public Complaint complete(ComplaintNumber number, UUID task, String result, SignedIn who) {
        return change(number, task, who, (found, by) -> found.complete(by, result));
    }

    @Transactional
    public Complaint reopen(ComplaintNumber number, UUID task, Instant dueAt, String reason, SignedIn who) {
        return change(
                number,
                task,
                who,
                (found, by) -> List.of(found.reopen(by, dueAt.truncatedTo(ChronoUnit.MICROS), reason)));
    }

    @Transactional
    public Complaint withdraw(ComplaintNumber number, UUID task, String reason, SignedIn who) {
        return change(number, task, who, (found, by) -> List.of(found.withdraw(by, reason)));
    }

    /** Another time by which it is to be done. */
    @Transactional
    public Complaint move(ComplaintNumber number, UUID task, Instant dueAt, String reason, SignedIn who) {
        return change(
                number,
                task,
                who,
                (found, by) -> List.of(found.move(by, dueAt.truncatedTo(ChronoUnit.MICROS), reason)));
    }

    private Complaint change(
            ComplaintNumber number, UUID id, SignedIn who, BiFunction<Task, By, List<? extends TaskEvent>> rule) {
        return complaints.record(number, null, who.actor(), (complaint, writes) -> {
            refuseClosed(complaint);
            Task before = find(complaint.id(), id).orElseThrow(() -> new NotFound("task " + id));
            List<? extends TaskEvent> events = rule.apply(before, By.of(who, complaint.owner()));
            SubjectKey key = keys.toWrite(complaint.id(), writes);
            Instant at = now();
            Task after = before;
            for (TaskEvent event : events) {
                after = after.after(event, at);
                trace(writes, after, event, at, key);
            }
            update(writes, after);
            return events;
        });
    }

    static void refuseClosed(Complaint complaint) {
        if (!complaint.isOpen()) {
            throw new Refused("complaint.refused.archived");
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void insert(Writes writes, Task task) {
        SubjectKey key = keys.toWrite(task.complaintId(), writes);
        writes.addOne(
                """
                insert into teamwork.task (complaint_id, id, kind, state, title, what, department, assignee, given_by, sender, given_at,
                    due_at, hand_overs, returns, asked_seq, told_level, tell_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, ?)
                """,
                task.complaintId(),
                task.id(),
                task.kind(),
                task.state(),
                key.encrypt(task.title()),
                key.encryptNullable(task.what().isBlank() ? null : task.what()),
                task.department(),
                task.assignee(),
                task.givenBy(),
                task.sender(),
                task.givenAt(),
                task.dueAt(),
                task.asked(),
                task.dueAt());
        for (int i = 0; i < task.items().size(); i++) {
            writes.addOne(
                    "insert into teamwork.task_item (complaint_id, task_id, position, text) values (?, ?, ?, ?)",
                    task.complaintId(),
                    task.id(),
                    i,
                    key.encrypt(task.items().get(i).text()));
        }
    }

    private static void update(Writes writes, Task task) {
        writes.addOne(
                """
                update teamwork.task set state = ?, department = ?, assignee = ?, sender = ?, due_at = ?, ended_at = ?, ended_by = ?,
                    hand_overs = ?, returns = ?, tell_at = case when ?::boolean then tell_at end
                where complaint_id = ? and id = ?
                """,
                task.state(),
                task.department(),
                task.assignee(),
                task.sender(),
                task.dueAt(),
                task.endedAt(),
                task.endedBy(),
                task.handOvers(),
                task.returns(),
                task.isOpen(),
                task.complaintId(),
                task.id());
    }

    /** What an event leaves beside the state of the task. */
    private static void trace(Writes writes, Task after, TaskEvent event, Instant at, SubjectKey key) {
        switch (event) {
            case TaskEvent.TaskGiven e -> throw new IllegalArgumentException("given twice: " + e.task());
            case TaskEvent.TaskAccepted e -> {}
            case TaskEvent.TaskHandedOver e -> {
                move(writes, after, Move.Kind.HANDED_OVER, at, e.by(), e.reason(), key);
                tellAnew(writes, after);
            }
            case TaskEvent.TaskReturned e -> {
                move(writes, after, Move.Kind.RETURNED, at, e.by(), e.reason(), key);
                tellAnew(writes, after);
            }
            case TaskEvent.TaskReopened e -> {
                move(writes, after, Move.Kind.REOPENED, at, e.by(), e.reason(), key);
                tellAnew(writes, after);
            }
            case TaskEvent.TaskMoved e -> {
                move(writes, after, Move.Kind.MOVED, at, e.by(), e.reason(), key);
                tellAnew(writes, after);
            }
            case TaskEvent.TaskWithdrawn e -> move(writes, after, Move.Kind.WITHDRAWN, at, e.by(), e.reason(), key);
            case TaskEvent.TaskItemTicked e ->
                writes.addOne(
                        """
                        update teamwork.task_item set done_by = ?, done_at = ? where complaint_id = ? and task_id = ? and position = ?
                        """, e.done() ? e.by() : null, e.done() ? at : null, after.complaintId(), after.id(), e.item());
            case TaskEvent.TaskCompleted e ->
                writes.addOne(
                        "update teamwork.task set result = ? where complaint_id = ? and id = ?",
                        key.encrypt(Personal.text(e.result())),
                        after.complaintId(),
                        after.id());
        }
    }

    private static void move(
            Writes writes, Task after, Move.Kind kind, Instant at, UUID by, Personal reason, SubjectKey key) {
        writes.addOne(
                """
                insert into teamwork.task_move (complaint_id, task_id, id, kind, at, by_person, to_department, to_person, reason)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                after.complaintId(),
                after.id(),
                Ids.next(),
                kind,
                at,
                by,
                after.department(),
                after.assignee(),
                key.encrypt(Personal.text(reason)));
    }

    /** Whoever has it now was told nothing yet. */
    private static void tellAnew(Writes writes, Task after) {
        writes.addOne(
                "update teamwork.task set told_level = 0, tell_at = ? where complaint_id = ? and id = ?",
                after.dueAt(),
                after.complaintId(),
                after.id());
    }

    private Optional<Task> find(UUID complaintId, UUID id) {
        Map<UUID, List<Task.Item>> items = items(complaintId);
        return jdbc.sql(TASK + "where t.complaint_id = ? and t.id = ?")
                .param(complaintId)
                .param(id)
                .query((row, number) -> task(row, items))
                .optional();
    }

    private Map<UUID, List<Task.Item>> items(UUID complaintId) {
        var items = new HashMap<UUID, List<Task.Item>>();
        jdbc.sql("""
                        select i.task_id, i.text, i.done_by, i.done_at, k.data_key from teamwork.task_item i
                        left join teamwork.text_key k on k.complaint_id = i.complaint_id
                        where i.complaint_id = ? order by i.task_id, i.position limit ?
                        """).param(complaintId).param(MOST * Task.MOST_ITEMS).query(row -> {
            items.computeIfAbsent(Rows.id(row, "task_id"), task -> new ArrayList<>())
                    .add(new Task.Item(
                            TextKeys.text(keys.read(row.getBytes("data_key")), row.getBytes("text")),
                            Rows.person(row, "done_by"),
                            Rows.maybe(row, "done_at")));
        });
        return items;
    }

    private Task task(ResultSet row, Map<UUID, List<Task.Item>> items) throws SQLException {
        SubjectKey key = keys.read(row.getBytes("data_key"));
        UUID id = Rows.id(row, "id");
        byte[] result = row.getBytes("result");
        return new Task(
                Rows.id(row, "complaint_id"),
                id,
                Task.Kind.valueOf(Rows.text(row, "kind")),
                Task.State.valueOf(Rows.text(row, "state")),
                TextKeys.text(key, row.getBytes("title")),
                TextKeys.text(key, row.getBytes("what")),
                row.getString("department"),
                Rows.person(row, "assignee"),
                Rows.id(row, "given_by"),
                Rows.id(row, "sender"),
                Rows.at(row, "given_at"),
                Rows.at(row, "due_at"),
                Rows.maybe(row, "ended_at"),
                Rows.person(row, "ended_by"),
                result == null ? null : TextKeys.text(key, result),
                items.getOrDefault(id, List.of()),
                row.getInt("hand_overs"),
                row.getInt("returns"),
                row.getObject("asked_seq", Integer.class));
    }
}
