package io.bihuan.teamwork;

import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.CaseReach;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Dossier;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How tasks, team and thread of a complaint stand: what its page shows of them, who sees it for them, and what they do not allow. */
@Component
@Order(40)
class CaseStanding implements CasePart, CaseReach, CaseGuard {
    private record Standing(
            int open,
            int late,
            @Nullable Instant nextDueAt,
            Set<String> departments,
            boolean hasTeam,
            boolean isStarted,
            boolean isPlanned,
            boolean isEnded,
            int notes,
            boolean hasThread,
            int lines) {
        static final Standing NONE = new Standing(0, 0, null, Set.of(), false, false, false, false, 0, false, 0);
    }

    private final JdbcClient jdbc;
    private final Staff staff;
    private final InstantSource time;

    CaseStanding(JdbcClient jdbc, Staff staff, InstantSource time) {
        this.jdbc = jdbc;
        this.staff = staff;
        this.time = time;
    }

    private Standing standing(Complaint complaint, SignedIn who) {
        return jdbc.sql("""
                        select count(*) filter (where t.ended_at is null) as open,
                            count(*) filter (where t.ended_at is null and t.due_at < :now) as late,
                            min(t.due_at) filter (where t.ended_at is null) as next_due_at,
                            array_remove(array_agg(distinct t.department) filter (where t.state <> 'WITHDRAWN'), null) as departments,
                            (select array[m.started_at is not null, m.planned_at is not null, m.ended_at is not null]
                                from teamwork.team m where m.complaint_id = :complaint) as team,
                            (select count(*) from complaint.api_event e where e.complaint_id = :complaint and e.type = 'Noted'
                                and e.seq > coalesce((select s.note_seq from teamwork.seen s
                                    where s.complaint_id = :complaint and s.person = :person), 0)) as notes,
                            exists (select from teamwork.shared_thread h where h.complaint_id = :complaint) as thread,
                            (select count(*) from teamwork.shared_line l where l.complaint_id = :complaint and l.staff is null
                                and l.id > coalesce((select s.line_id from teamwork.seen s
                                    where s.complaint_id = :complaint and s.person = :person),
                                    '00000000-0000-0000-0000-000000000000')) as lines
                        from teamwork.task t where t.complaint_id = :complaint
                        """)
                .param("complaint", complaint.id())
                .param("person", who.id())
                .param("now", Rows.sql(time.instant()))
                .query((row, number) -> standing(row))
                .single();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        var departments = row.getArray("departments");
        var team = row.getArray("team");
        Boolean[] states = team == null ? new Boolean[] {false, false, false} : (Boolean[]) team.getArray();
        return new Standing(
                row.getInt("open"),
                row.getInt("late"),
                Rows.maybe(row, "next_due_at"),
                departments == null
                        ? Set.of()
                        : Arrays.stream((String[]) departments.getArray()).collect(Collectors.toSet()),
                team != null,
                states[0],
                states[1],
                states[2],
                row.getInt("notes"),
                row.getBoolean("thread"),
                row.getInt("lines"));
    }

    private static Set<TeamReason> proposed(Complaint complaint, Standing standing) {
        var departments = new HashSet<>(standing.departments());
        if (complaint.department() != null) {
            departments.add(complaint.department());
        }
        return TeamReason.of(complaint.severity(), TeamReason.complexity(complaint), departments);
    }

    @Override
    public List<Tab> tabs(Complaint complaint, SignedIn who) {
        return tabs(complaint, standing(complaint, who));
    }

    @Override
    public List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
        return glances(complaint, standing(complaint, who), t);
    }

    @Override
    public Front front(Dossier dossier, SignedIn who, Texts t) {
        Complaint complaint = dossier.complaint();
        Standing standing =
                dossier.mayHave(TaskEvent.class, TeamEvent.class, SharedEvent.class, ComplaintEvent.Noted.class)
                        ? standing(complaint, who)
                        : Standing.NONE;
        return new Front(tabs(complaint, standing), glances(complaint, standing, t));
    }

    private static List<Tab> tabs(Complaint complaint, Standing standing) {
        var tabs = new ArrayList<Tab>();
        tabs.add(new Tab("teamwork.tab.tasks", "tasks", "check", standing.open()));
        if (standing.hasTeam()
                || (complaint.isOpen() && !proposed(complaint, standing).isEmpty())) {
            tabs.add(new Tab("teamwork.tab.team", "team", "users", 0));
        }
        tabs.add(new Tab("teamwork.tab.discussion", "discussion", "message", standing.notes()));
        if (standing.hasThread()) {
            tabs.add(new Tab("teamwork.tab.thread", "thread", "user", standing.lines()));
        }
        return tabs;
    }

    private static List<Glance> glances(Complaint complaint, Standing standing, Texts t) {
        var glances = new ArrayList<Glance>();
        if (standing.open() > 0) {
            glances.add(new Glance(
                    t.of("teamwork.tab.tasks"),
                    standing.late() > 0
                            ? t.of("teamwork.glance.late", standing.open(), standing.late())
                            : t.of("teamwork.glance.open", standing.open(), t.dateTime(standing.nextDueAt())),
                    standing.late() > 0 ? "red" : null,
                    "tasks"));
        }
        if (standing.hasTeam()) {
            glances.add(new Glance(
                    t.of("teamwork.tab.team"),
                    t.of("teamwork.team.state." + state(standing)),
                    standing.isPlanned() || standing.isEnded() ? null : "yellow",
                    "team"));
        } else if (complaint.isOpen() && !complaint.isJoined()) {
            Set<TeamReason> reasons = proposed(complaint, standing);
            if (!reasons.isEmpty()) {
                glances.add(new Glance(
                        t.of("teamwork.tab.team"),
                        t.of(
                                "teamwork.glance.proposed",
                                reasons.stream()
                                        .sorted()
                                        .map(t::of)
                                        .collect(Collectors.joining(t.of("teamwork.list")))),
                        "orange",
                        "team"));
            }
        }
        if (standing.lines() > 0) {
            glances.add(new Glance(
                    t.of("teamwork.tab.thread"), t.of("teamwork.glance.lines", standing.lines()), "blue", "thread"));
        }
        return glances;
    }

    private static String state(Standing standing) {
        return standing.isEnded()
                ? "ended"
                : standing.isPlanned() ? "planned" : standing.isStarted() ? "started" : "called";
    }

    @Override
    public boolean includes(Complaint complaint, UUID person) {
        String department = staff.find(person).map(StaffMember::department).orElse(null);
        return jdbc.sql("""
                        select exists (select from teamwork.task where complaint_id = :complaint
                                and (assignee = :person or given_by = :person or (ended_at is null and department = :department)))
                            or exists (select from teamwork.member
                                where complaint_id = :complaint and person = :person and left_at is null)
                            or exists (select from teamwork.mention where complaint_id = :complaint and person = :person)
                        """)
                .param("complaint", complaint.id())
                .param("person", person)
                .param("department", department)
                .query(Boolean.class)
                .single();
    }

    /** Nobody is left to work for a complaint that is over. */
    @Override
    public void check(Complaint complaint, Command command, Actor actor) {
        if (command instanceof Command.Archive) {
            int open = jdbc.sql("select count(*) from teamwork.task where complaint_id = ? and ended_at is null")
                    .param(complaint.id())
                    .query(Integer.class)
                    .single();
            if (open > 0) {
                throw new Refused("teamwork.refused.open-tasks", open);
            }
        }
    }
}
