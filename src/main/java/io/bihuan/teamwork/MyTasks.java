package io.bihuan.teamwork;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.web.WaitingCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The open tasks of somebody, over all complaints. */
@Component
public class MyTasks {
    /** Whose tasks are listed. */
    public enum Whose {
        MINE,
        /** Of the own department, and nobody there has said yet to do them. */
        DEPARTMENT,
        /** Those given to others. */
        GIVEN
    }

    /** A task of a list. */
    public record Row(
            ComplaintNumber number,
            UUID id,
            Task.Kind kind,
            Task.State state,
            String title,
            @Nullable String department,
            @Nullable UUID assignee,
            UUID givenBy,
            Instant dueAt,
            String businessLine,
            int items,
            int itemsDone,
            boolean isAnswered) {}

    private static final String OPEN = """
            from teamwork.task t join complaint.api_complaint c on c.id = t.complaint_id and c.archived_at is null
            left join teamwork.text_key k on k.complaint_id = t.complaint_id
            where t.ended_at is null
            and not exists (select from complaint.api_tie j where j.id = t.complaint_id and j.joined_to is not null)
            """;

    private final JdbcClient jdbc;
    private final TextKeys keys;

    MyTasks(JdbcClient jdbc, TextKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    private static String whose(Whose whose) {
        return switch (whose) {
            case MINE -> " and t.assignee = :person";
            case DEPARTMENT -> " and t.assignee is null and t.department = :department";
            case GIVEN -> " and t.given_by = :person and t.assignee is distinct from :person";
        };
    }

    /** The next due first; at most {@link DepartmentTasks#MOST}. */
    @Transactional(readOnly = true)
    public List<Row> of(UUID person, @Nullable String department, Whose whose) {
        return jdbc.sql("""
                        select t.id, t.kind, t.state, t.title, t.department, t.assignee, t.given_by, t.due_at, c.number, c.business_line,
                            k.data_key,
                            (select count(*) from teamwork.task_item i where i.complaint_id = t.complaint_id and i.task_id = t.id) as items,
                            (select count(*) from teamwork.task_item i where i.complaint_id = t.complaint_id and i.task_id = t.id
                                and i.done_at is not null) as items_done,
                            t.asked_seq is not null and exists (select from complaint.api_event e where e.complaint_id = t.complaint_id
                                and e.seq > t.asked_seq and e.type = 'InformationAdded') as answered
                        """ + OPEN + whose(whose) + " order by t.due_at, t.id limit :most")
                .param("person", person)
                .param("department", department)
                .param("most", DepartmentTasks.MOST)
                .query(this::row)
                .list();
    }

    /** A milestone of a team's plan. */
    public record StepRow(ComplaintNumber number, UUID id, String text, Instant dueAt) {}

    private static final String STEPS = """
            from teamwork.step s join teamwork.team m on m.complaint_id = s.complaint_id and m.ended_at is null
            join complaint.api_complaint c on c.id = s.complaint_id and c.archived_at is null
            left join teamwork.text_key k on k.complaint_id = s.complaint_id
            where s.owner = :viewer and s.done_at is null and s.dropped_at is null
            """;

    /** The milestones of teams that this person is to reach, the next due first. */
    @Transactional(readOnly = true)
    public List<StepRow> steps(UUID person) {
        return jdbc.sql("select s.id, s.text, s.due_at, c.number, k.data_key " + STEPS
                        + " order by s.due_at, s.id limit :most")
                .param("viewer", person)
                .param("most", DepartmentTasks.MOST)
                .query((row, index) -> new StepRow(
                        new ComplaintNumber(Rows.text(row, "number")),
                        Rows.id(row, "id"),
                        TextKeys.text(keys.read(row.getBytes("data_key")), row.getBytes("text")),
                        Rows.at(row, "due_at")))
                .list();
    }

    /** What the viewer has to do: the own tasks, those of the department that nobody has, and the milestones of teams. */
    public static final WaitingCount OPEN_TO_VIEWER = new WaitingCount(List.of(
            "select count(*) from (select 1 " + OPEN
                    + " and (t.assignee = :viewer or (t.assignee is null and t.department = :department)) limit 100) t",
            "select count(*) from (select 1 " + STEPS + " limit 100) s"));

    /** How many wait for somebody of the department to take them; counts to a hundred. */
    @Transactional(readOnly = true)
    public int countUntaken(@Nullable String department) {
        return department == null
                ? 0
                : jdbc.sql("select count(*) from (select 1 " + OPEN + """
                         and t.assignee is null and t.department = :department limit :most) open
                        """)
                        .param("department", department)
                        .param("most", DepartmentTasks.MOST_COUNTED)
                        .query(Integer.class)
                        .single();
    }

    private Row row(ResultSet row, int index) throws SQLException {
        return new Row(
                new ComplaintNumber(Rows.text(row, "number")),
                Rows.id(row, "id"),
                Task.Kind.valueOf(Rows.text(row, "kind")),
                Task.State.valueOf(Rows.text(row, "state")),
                TextKeys.text(keys.read(row.getBytes("data_key")), row.getBytes("title")),
                row.getString("department"),
                Rows.person(row, "assignee"),
                Rows.id(row, "given_by"),
                Rows.at(row, "due_at"),
                Rows.text(row, "business_line"),
                row.getInt("items"),
                row.getInt("items_done"),
                row.getBoolean("answered"));
    }
}
