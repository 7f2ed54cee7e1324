package io.bihuan.teamwork;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Teams over departments: one for a complaint at a time. */
@Component
public class Teams {
    private final Complaints complaints;
    private final Staff staff;
    private final TextKeys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;

    Teams(Complaints complaints, Staff staff, TextKeys keys, JdbcClient jdbc, InstantSource time) {
        this.complaints = complaints;
        this.staff = staff;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public Teams at(InstantSource otherTime) {
        return new Teams(complaints.at(otherTime), staff, keys, jdbc, otherTime);
    }

    /** The team of a complaint, if one was ever called. */
    @Transactional(readOnly = true)
    public Optional<Team> of(UUID complaintId) {
        return find(complaintId);
    }

    /** Why a team should be called for a complaint; empty when it need not be. */
    @Transactional(readOnly = true)
    public Set<TeamReason> proposed(Complaint complaint) {
        var departments = new HashSet<>(
                jdbc.sql("""
                        select distinct department from teamwork.task
                        where complaint_id = ? and department is not null and state <> 'WITHDRAWN' limit 50
                        """).param(complaint.id()).query(String.class).list());
        if (complaint.department() != null) {
            departments.add(complaint.department());
        }
        return TeamReason.of(complaint.severity(), TeamReason.complexity(complaint), departments);
    }

    /** Calls a team together; its clocks begin. */
    @Transactional
    public Complaint call(ComplaintNumber number, @Nullable String note, UUID lead, SignedIn who) {
        return change(
                number,
                who,
                (complaint, team) ->
                        Team.call(team, proposed(complaint), By.of(who, complaint.owner()), note, colleague(lead)));
    }

    @Transactional
    public Complaint join(ComplaintNumber number, UUID person, SignedIn who) {
        return one(number, who, (team, by) -> team.join(by, colleague(person)));
    }

    @Transactional
    public Complaint leave(ComplaintNumber number, UUID person, String reason, SignedIn who) {
        return one(number, who, (team, by) -> team.leave(by, person, reason));
    }

    /** Somebody else of the team leads it. */
    @Transactional
    public Complaint leadBy(ComplaintNumber number, UUID person, SignedIn who) {
        return one(number, who, (team, by) -> team.leadBy(by, person));
    }

    /** It has met and begun. */
    @Transactional
    public Complaint start(ComplaintNumber number, @Nullable String note, SignedIn who) {
        return one(number, who, (team, by) -> team.start(by, note));
    }

    /**
     * Sets a milestone of the plan.
     *
     * @param step made with the form: sent twice, it is set once
     */
    @Transactional
    public Complaint set(ComplaintNumber number, UUID step, String text, UUID owner, Instant dueAt, SignedIn who) {
        return change(
                number,
                who,
                (complaint, team) ->
                        there(team).steps().stream().anyMatch(each -> each.id().equals(step))
                                ? List.of()
                                : List.of(there(team)
                                        .set(
                                                By.of(who, complaint.owner()),
                                                step,
                                                text,
                                                owner,
                                                dueAt.truncatedTo(ChronoUnit.MICROS))));
    }

    @Transactional
    public Complaint done(ComplaintNumber number, UUID step, SignedIn who) {
        return one(number, who, (team, by) -> team.done(by, step));
    }

    @Transactional
    public Complaint drop(ComplaintNumber number, UUID step, String reason, SignedIn who) {
        return one(number, who, (team, by) -> team.drop(by, step, reason));
    }

    /** The plan stands, or stands anew. */
    @Transactional
    public Complaint plan(ComplaintNumber number, String text, SignedIn who) {
        return one(number, who, (team, by) -> team.plan(by, text));
    }

    /**
     * Records what the team decided.
     *
     * @param decision made with the form: sent twice, it is recorded once
     */
    @Transactional
    public Complaint decide(ComplaintNumber number, UUID decision, String text, SignedIn who) {
        return change(
                number,
                who,
                (complaint, team) -> there(team).decisions().stream()
                                .anyMatch(each -> each.id().equals(decision))
                        ? List.of()
                        : List.of(there(team).decide(By.of(who, complaint.owner()), decision, text)));
    }

    /** Sends the team home. */
    @Transactional
    public Complaint end(ComplaintNumber number, String reason, SignedIn who) {
        return one(number, who, (team, by) -> team.end(by, reason));
    }

    private Colleague colleague(UUID person) {
        StaffMember member = staff.find(person)
                .filter(StaffMember::active)
                .orElseThrow(() -> new Refused("teamwork.refused.nobody"));
        return new Colleague(member.id(), member.department());
    }

    private static Team there(@Nullable Team team) {
        if (team == null) {
            throw new Refused("teamwork.refused.no-team");
        }
        return team;
    }

    private Complaint one(ComplaintNumber number, SignedIn who, BiFunction<Team, By, TeamEvent> rule) {
        return change(
                number, who, (complaint, team) -> List.of(rule.apply(there(team), By.of(who, complaint.owner()))));
    }

    private interface Rule {
        List<TeamEvent> decide(Complaint complaint, @Nullable Team team);
    }

    private Complaint change(ComplaintNumber number, SignedIn who, Rule rule) {
        return complaints.record(number, null, who.actor(), (complaint, writes) -> {
            DepartmentTasks.refuseClosed(complaint);
            Team team = find(complaint.id()).orElse(null);
            List<TeamEvent> events = rule.decide(complaint, team);
            if (!events.isEmpty()) {
                Instant at = time.instant().truncatedTo(ChronoUnit.MICROS);
                SubjectKey key = keys.toWrite(complaint.id(), writes);
                for (TeamEvent event : events) {
                    team = Team.after(team, complaint.id(), event, at);
                    write(writes, team, event, at, key);
                }
            }
            return events;
        });
    }

    private static void write(Writes writes, Team after, TeamEvent event, Instant at, SubjectKey key) {
        UUID complaint = after.complaintId();
        switch (event) {
            case TeamEvent.TeamCalled e -> {
                writes.addOne(
                        """
                        insert into teamwork.team (complaint_id, why, called_at, called_by, note) values (?, ?, ?, ?, ?)
                        on conflict (complaint_id) do update set why = excluded.why, called_at = excluded.called_at,
                            called_by = excluded.called_by, note = excluded.note, started_at = null, planned_at = null, plan = null,
                            ended_at = null
                        """,
                        complaint,
                        e.why().stream().map(Enum::name).toArray(String[]::new),
                        at,
                        e.by(),
                        key.encryptNullable(Personal.valueOf(e.note())));
                writes.add(
                        "update teamwork.member set left_at = ? where complaint_id = ? and left_at is null",
                        at,
                        complaint);
            }
            case TeamEvent.TeamMemberJoined e ->
                writes.addOne("""
                        insert into teamwork.member (complaint_id, person, department, leads, joined_at) values (?, ?, ?, ?, ?)
                        on conflict (complaint_id, person) do update set department = excluded.department, leads = excluded.leads,
                            joined_at = excluded.joined_at, left_at = null
                        """, complaint, e.person(), e.department(), e.leads(), at);
            case TeamEvent.TeamMemberLeft e ->
                writes.addOne(
                        "update teamwork.member set left_at = ? where complaint_id = ? and person = ?",
                        at,
                        complaint,
                        e.person());
            case TeamEvent.TeamLeadChanged e -> {
                leads(writes, complaint, e.from(), false);
                leads(writes, complaint, e.to(), true);
            }
            case TeamEvent.TeamStarted e ->
                writes.addOne("update teamwork.team set started_at = ? where complaint_id = ?", at, complaint);
            case TeamEvent.TeamStepSet e ->
                writes.addOne(
                        """
                        insert into teamwork.step (complaint_id, id, text, owner, due_at, told_level, tell_at) values (?, ?, ?, ?, ?, 0, ?)
                        """,
                        complaint,
                        e.step(),
                        key.encrypt(Personal.text(e.text())),
                        e.owner(),
                        e.dueAt(),
                        e.dueAt());
            case TeamEvent.TeamStepDone e ->
                writes.addOne(
                        "update teamwork.step set done_at = ?, done_by = ?, tell_at = null where complaint_id = ? and id = ?",
                        at,
                        e.by(),
                        complaint,
                        e.step());
            case TeamEvent.TeamStepDropped e ->
                writes.addOne(
                        "update teamwork.step set dropped_at = ?, tell_at = null where complaint_id = ? and id = ?",
                        at,
                        complaint,
                        e.step());
            case TeamEvent.TeamPlanned e ->
                writes.addOne(
                        "update teamwork.team set planned_at = ?, plan = ? where complaint_id = ?",
                        after.plannedAt(),
                        key.encrypt(after.plan()),
                        complaint);
            case TeamEvent.TeamDecided e ->
                writes.addOne(
                        "insert into teamwork.decision (complaint_id, id, text, at, by_person) values (?, ?, ?, ?, ?)",
                        complaint,
                        e.decision(),
                        key.encrypt(Personal.text(e.text())),
                        at,
                        e.by());
            case TeamEvent.TeamEnded e ->
                writes.addOne("update teamwork.team set ended_at = ? where complaint_id = ?", at, complaint);
        }
    }

    private static void leads(Writes writes, UUID complaint, UUID person, boolean leads) {
        writes.addOne(
                "update teamwork.member set leads = ? where complaint_id = ? and person = ?", leads, complaint, person);
    }

    private Optional<Team> find(UUID complaintId) {
        return jdbc.sql("""
                        select t.*, k.data_key from teamwork.team t left join teamwork.text_key k on k.complaint_id = t.complaint_id
                        where t.complaint_id = ?
                        """)
                .param(complaintId)
                .query((row, number) -> team(row))
                .optional();
    }

    private Team team(ResultSet row) throws SQLException {
        UUID complaintId = Rows.id(row, "complaint_id");
        SubjectKey key = keys.read(row.getBytes("data_key"));
        return new Team(
                complaintId,
                Arrays.stream((String[]) row.getArray("why").getArray())
                        .map(TeamReason::valueOf)
                        .collect(Collectors.toSet()),
                Rows.at(row, "called_at"),
                Rows.id(row, "called_by"),
                TextKeys.text(key, row.getBytes("note")),
                Rows.maybe(row, "started_at"),
                Rows.maybe(row, "planned_at"),
                TextKeys.text(key, row.getBytes("plan")),
                Rows.maybe(row, "ended_at"),
                members(complaintId),
                steps(complaintId, key),
                decisions(complaintId, key));
    }

    private List<Team.Member> members(UUID complaintId) {
        return jdbc.sql("select * from teamwork.member where complaint_id = ? order by joined_at, person limit ?")
                .param(complaintId)
                .param(Team.MOST_MEMBERS)
                .query((row, number) -> new Team.Member(
                        Rows.id(row, "person"),
                        row.getString("department"),
                        row.getBoolean("leads"),
                        Rows.at(row, "joined_at"),
                        Rows.maybe(row, "left_at")))
                .list();
    }

    private List<Team.Step> steps(UUID complaintId, @Nullable SubjectKey key) {
        return jdbc.sql("select * from teamwork.step where complaint_id = ? order by due_at, id limit ?")
                .param(complaintId)
                .param(Team.MOST_STEPS)
                .query((row, number) -> new Team.Step(
                        Rows.id(row, "id"),
                        TextKeys.text(key, row.getBytes("text")),
                        Rows.id(row, "owner"),
                        Rows.at(row, "due_at"),
                        Rows.maybe(row, "done_at"),
                        Rows.person(row, "done_by"),
                        Rows.maybe(row, "dropped_at")))
                .list();
    }

    private List<Team.Decision> decisions(UUID complaintId, @Nullable SubjectKey key) {
        return jdbc.sql("select * from teamwork.decision where complaint_id = ? order by at, id limit 500")
                .param(complaintId)
                .query((row, number) -> new Team.Decision(
                        Rows.id(row, "id"),
                        TextKeys.text(key, row.getBytes("text")),
                        Rows.at(row, "at"),
                        Objects.requireNonNull(Rows.person(row, "by_person"))))
                .list();
    }
}
