package io.bihuan.teamwork;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.Post;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Ids;
import io.bihuan.platform.WhenServing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells that a task or a milestone of a plan is late: when it is due those who have it and gave it, a day later those above them. Every
 * node looks; what one has claimed the others pass by, and telling it and not telling it again are one transaction.
 */
@Component
@WhenServing
public class LateWork implements SmartLifecycle {
    /** So long after the first time those above are told. */
    static final Duration SECOND = Duration.ofDays(1);

    private static final int LEVELS = 2;
    private static final int AT_ONCE = 50;
    private static final Duration POLL = Duration.ofSeconds(5);
    /** Asked for each of the few that are late: in the list of sources it may be answered by reading every complaint. */
    private static final String JOINED = "(select j.joined_to from complaint.api_tie j where j.id = c.id) is not null";

    private static final Logger log = LoggerFactory.getLogger(LateWork.class);

    private record Late(
            UUID complaintId,
            ComplaintNumber number,
            UUID owner,
            boolean isOver,
            UUID id,
            @Nullable String department,
            @Nullable UUID assignee,
            UUID givenBy,
            Instant dueAt,
            int level) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Notices notices;
    private final Staff staff;
    private final InstantSource time;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable Thread loop;

    LateWork(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Notices notices,
            Staff staff,
            InstantSource time) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.notices = notices;
        this.staff = staff;
        this.time = time;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        loop = Thread.ofVirtual().name("late-work").start(this::keepLooking);
    }

    @Override
    public void stop() {
        stopped.countDown();
        Thread looking = loop;
        loop = null;
        if (looking != null) {
            try {
                looking.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    private void keepLooking() {
        boolean isAway = false;
        try {
            while (!stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    while (tell() == AT_ONCE && stopped.getCount() > 0) {
                        // There may be more.
                    }
                    isAway = false;
                } catch (RuntimeException e) {
                    if (!isAway) {
                        log.warn("Late tasks are told of as soon as they can be: {}", e.toString());
                    }
                    isAway = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of what became late; how many there were. */
    public int tell() {
        Integer tasks = transaction.execute(
                status -> tell("teamwork.task", "teamwork.notice.late", "tasks", """
                select t.complaint_id, t.id, t.department, t.assignee, t.given_by, t.due_at, t.told_level, c.number, c.owner,
                    c.archived_at is not null or %s as is_over
                from teamwork.task t join complaint.api_complaint c on c.id = t.complaint_id
                where t.tell_at <= :now order by t.tell_at limit :most for update of t skip locked
                """.formatted(JOINED)));
        Integer steps = transaction.execute(
                status -> tell("teamwork.step", "teamwork.notice.lateStep", "team", """
                select s.complaint_id, s.id, null as department, s.owner as assignee, m.called_by as given_by, s.due_at, s.told_level,
                    c.number, c.owner, c.archived_at is not null or %s or m.ended_at is not null as is_over
                from teamwork.step s join teamwork.team m on m.complaint_id = s.complaint_id
                join complaint.api_complaint c on c.id = s.complaint_id
                where s.tell_at <= :now order by s.tell_at limit :most for update of s skip locked
                """.formatted(JOINED)));
        return Math.max(tasks == null ? 0 : tasks, steps == null ? 0 : steps);
    }

    private int tell(String table, String key, String tab, String claim) {
        Instant now = time.instant();
        List<Late> claimed = jdbc.sql(claim)
                .param("now", Rows.sql(now))
                .param("most", AT_ONCE)
                .query(LateWork::late)
                .list();
        var all = new ArrayList<StaffNotice>();
        for (Late late : claimed) {
            int level = late.level() + 1;
            if (!late.isOver()) {
                for (UUID person : people(late, level)) {
                    all.add(new StaffNotice(
                            person,
                            Ids.next(),
                            level == 1 ? key : key + ".again",
                            List.of(late.number().readable()),
                            "/desk/complaints/" + late.number().digits() + "/" + tab,
                            now));
                }
            }
            Instant next = level < LEVELS && !late.isOver() ? later(late.dueAt().plus(SECOND), now) : null;
            jdbc.sql(
                            "update " + table
                                    + " set told_level = :level, tell_at = :next::timestamptz where complaint_id = :complaint and id = :id")
                    .param("level", level)
                    .param("next", next == null ? null : Rows.sql(next))
                    .param("complaint", late.complaintId())
                    .param("id", late.id())
                    .update();
        }
        notices.tell(all);
        return claimed.size();
    }

    /** What was late already when it came is not told twice at once. */
    private static Instant later(Instant planned, Instant now) {
        return planned.isAfter(now) ? planned : now.plus(SECOND);
    }

    private Set<UUID> people(Late late, int level) {
        var people = new LinkedHashSet<>(TeamworkFollower.holders(staff, late.department(), late.assignee()));
        people.add(late.givenBy());
        if (level > 1) {
            people.add(late.owner());
            UUID assignee = late.assignee();
            if (assignee != null) {
                staff.find(assignee).map(StaffMember::lead).ifPresent(people::add);
            }
            if (late.department() != null) {
                staff.holding(Post.DEPARTMENT_HEAD, late.department()).forEach(head -> people.add(head.id()));
            }
        }
        return people;
    }

    private static Late late(ResultSet row, int index) throws SQLException {
        return new Late(
                Rows.id(row, "complaint_id"),
                new ComplaintNumber(Rows.text(row, "number")),
                Rows.id(row, "owner"),
                row.getBoolean("is_over"),
                Rows.id(row, "id"),
                row.getString("department"),
                Rows.person(row, "assignee"),
                Rows.id(row, "given_by"),
                Rows.at(row, "due_at"),
                row.getInt("told_level"));
    }
}
