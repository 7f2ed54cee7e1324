package io.bihuan.complaint;

import io.bihuan.pack.Label;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.web.WaitingCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people have to do for complaints; the rows are written together with the events that open and end them. */
@Component
public class Tasks {
    /** Tasks shown at once. */
    public static final int MOST = 100;

    /**
     * A task.
     *
     * @param doneBy the actor; null while it is open and when it fell away with its complaint
     */
    public record Task(
            UUID complaintId,
            UUID id,
            UUID assignee,
            Label text,
            Instant openedAt,
            Instant dueAt,
            @Nullable Instant doneAt,
            @Nullable String doneBy) {
        public boolean isOpen() {
            return doneAt == null;
        }
    }

    private static final String COLUMNS =
            "select complaint_id, id, assignee, text_zh, text_en, opened_at, due_at, done_at, done_by from complaint.task ";

    private final JdbcClient jdbc;

    Tasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The tasks of a complaint, the open ones first. */
    @Transactional(readOnly = true)
    public List<Task> of(UUID complaintId) {
        return jdbc.sql(COLUMNS + "where complaint_id = ? order by done_at nulls first, due_at, id limit ?")
                .param(complaintId)
                .param(MOST)
                .query(Tasks::task)
                .list();
    }

    /** The open tasks of somebody, the next due first. */
    @Transactional(readOnly = true)
    public List<Task> open(UUID assignee) {
        return jdbc.sql(COLUMNS + "where assignee = ? and done_at is null order by due_at, id limit ?")
                .param(assignee)
                .param(MOST)
                .query(Tasks::task)
                .list();
    }

    /** The open tasks of the viewer. */
    public static final WaitingCount OF_VIEWER = WaitingCount.counting("""
            select count(*) from (select from complaint.task where assignee = :viewer and done_at is null limit 100) t
            """);

    /** Adds to the writes what the events did to the tasks of their complaint; those that are left without an event fell away. */
    static void follow(Writes writes, Complaint before, List<HistoryEvent> events, Complaint after) {
        var gone = new HashSet<>(before.tasks());
        for (HistoryEvent event : events) {
            if (event.event() instanceof ComplaintEvent.TaskOpened opened) {
                gone.add(opened.task());
                writes.addOne(
                        """
                        insert into complaint.task (complaint_id, id, assignee, text_zh, text_en, opened_at, due_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """,
                        after.id(),
                        opened.task(),
                        opened.assignee(),
                        opened.text().zh(),
                        opened.text().en(),
                        event.at(),
                        opened.dueAt());
            } else if (event.event() instanceof ComplaintEvent.TaskDone done) {
                gone.remove(done.task());
                end(writes, after.id(), done.task(), event.at(), event.actor());
            }
        }
        gone.removeAll(after.tasks());
        gone.forEach(task -> end(writes, after.id(), task, after.updatedAt(), null));
    }

    private static void end(Writes writes, UUID complaint, UUID task, Instant at, @Nullable Actor by) {
        writes.addOne(
                "update complaint.task set done_at = ?, done_by = ? where complaint_id = ? and id = ? and done_at is null",
                at,
                by == null ? null : by.toString(),
                complaint,
                task);
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        return new Task(
                Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getObject("assignee", UUID.class)),
                new Label(
                        Objects.requireNonNull(row.getString("text_zh")),
                        Objects.requireNonNull(row.getString("text_en"))),
                Objects.requireNonNull(Register.instant(row, "opened_at")),
                Objects.requireNonNull(Register.instant(row, "due_at")),
                Register.instant(row, "done_at"),
                row.getString("done_by"));
    }
}
