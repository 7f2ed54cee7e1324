package io.bihuan.solution;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.Reach;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.standard.Measure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The proposals as they are stored, and the lists by which people find what waits for them. */
@Component
class SolutionRows {
    /** The state of one complaint with the key it is encrypted with; null where there is none yet. */
    record Stored(Proposals proposals, byte @Nullable [] wrapped) {}

    private static final Stored NONE = new Stored(Proposals.NONE, null);

    private final JdbcClient jdbc;
    private final Keys keys;
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    SolutionRows(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    Stored read(UUID complaintId) {
        return jdbc.sql("select data_key, state from solution.solution where complaint_id = ?")
                .param(complaintId)
                .query((row, index) -> stored(row))
                .optional()
                .orElse(NONE);
    }

    Map<UUID, Proposals> read(Collection<UUID> complaints) {
        var found = new HashMap<UUID, Proposals>();
        jdbc.sql("select complaint_id, data_key, state from solution.solution where complaint_id = any(:ids)")
                .param("ids", complaints.toArray(UUID[]::new))
                .query((row, index) -> found.put(
                        Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                        stored(row).proposals()))
                .list();
        return found;
    }

    private Stored stored(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        byte[] state = row.getBytes("state");
        return wrapped == null || state == null
                ? NONE
                : new Stored(mapper.readValue(keys.unwrap(wrapped).decryptBytes(state), Proposals.class), wrapped);
    }

    /** Adds what changed of the complaint's proposals. */
    void write(Writes writes, UUID complaintId, Stored before, Proposals after) {
        byte[] wrapped = before.wrapped() == null ? keys.newWrapped() : before.wrapped();
        SubjectKey key = keys.unwrap(wrapped);
        writes.addOne("""
                insert into solution.solution (complaint_id, data_key, state) values (?, ?, ?)
                on conflict (complaint_id) do update set data_key = excluded.data_key, state = excluded.state
                """, complaintId, wrapped, key.encrypt(mapper.writeValueAsBytes(after)));
        for (Proposal proposal : after.all()) {
            Proposal old = before.proposals().find(proposal.number()).orElse(null);
            if (!proposal.equals(old)) {
                approvals(writes, complaintId, proposal, old);
                measures(writes, complaintId, proposal, old);
            }
        }
    }

    private static void approvals(Writes writes, UUID complaintId, Proposal proposal, @Nullable Proposal old) {
        for (int i = 0; i < proposal.rounds().size(); i++) {
            Proposal.Round round = proposal.rounds().get(i);
            boolean isLast = i == proposal.rounds().size() - 1;
            if (!isLast
                    && old != null
                    && old.rounds().size() > i
                    && old.rounds().get(i).equals(round)) {
                continue;
            }
            Set<UUID> barred = new HashSet<>(proposal.authors());
            barred.addAll(proposal.approvedBy());
            barred.add(round.by());
            writes.addOne(
                    """
                    insert into solution.approval
                        (complaint_id, proposal, round, asked_at, asked_by, barred, approvers, approved, fen, decided_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (complaint_id, proposal, round) do update
                        set barred = excluded.barred, approved = excluded.approved, decided_at = excluded.decided_at
                    """,
                    complaintId,
                    proposal.number(),
                    i + 1,
                    round.askedAt(),
                    round.by(),
                    barred.toArray(UUID[]::new),
                    proposal.approvers(),
                    proposal.approvedBy().size(),
                    Authority.total(proposal.measures()),
                    round.decidedAt());
        }
    }

    private static void measures(Writes writes, UUID complaintId, Proposal proposal, @Nullable Proposal old) {
        if (old != null && old.works().size() > proposal.works().size()) {
            writes.add(
                    "delete from solution.measure where complaint_id = ? and proposal = ? and measure > ?",
                    complaintId,
                    proposal.number(),
                    proposal.works().size());
        }
        for (PlannedWork work : proposal.works()) {
            PlannedMeasure plan = work.plan();
            writes.addOne(
                    """
                    insert into solution.measure as m
                        (complaint_id, proposal, measure, kind, department, person, due_at, fen, is_binding, settled_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (complaint_id, proposal, measure) do update
                        set kind = excluded.kind, department = excluded.department, person = excluded.person,
                            due_at = excluded.due_at, fen = excluded.fen, is_binding = excluded.is_binding,
                            settled_at = excluded.settled_at,
                            told_at = case when m.due_at = excluded.due_at then m.told_at end
                    """,
                    complaintId,
                    proposal.number(),
                    plan.number(),
                    plan.kind(),
                    plan.department(),
                    plan.person(),
                    plan.dueAt(),
                    plan.fen(),
                    proposal.state().isBinding(),
                    work.settledAt());
        }
    }

    /** What anybody wrote becomes unreadable for good; that it happened stays. */
    void erase(Collection<UUID> complaints) {
        jdbc.sql("update solution.solution set data_key = null, state = null where complaint_id = any(:ids)")
                .param("ids", complaints.toArray(UUID[]::new))
                .update();
    }

    /** Whether a measure that is to be carried out is this person's or that of this department. */
    boolean works(UUID complaintId, UUID person, @Nullable String department) {
        return jdbc.sql("""
                        select exists (select from solution.measure
                            where complaint_id = :complaint and is_binding
                            and (person = :person or (person is null and department = :department)))
                        """)
                .param("complaint", complaintId)
                .param("person", person)
                .param("department", department)
                .query(Boolean.class)
                .single();
    }

    /** What waits for approval and is not barred to the person, what is due first first; after the last row of the page before. */
    List<OpenApproval> approvals(Reach reach, @Nullable Instant afterDue, @Nullable UUID afterId, int limit) {
        return jdbc.sql("""
                        select * from (
                            select a.complaint_id, c.number, c.category, c.severity, c.department, c.pack, a.proposal, a.asked_at, a.asked_by, a.barred,
                                a.approvers, a.approved, a.fen, coalesce(
                                    (select min(o.due_at) from clock.api_outcomes o
                                     where o.subject_kind = 'complaint' and o.subject_id = a.complaint_id and o.name = 'approval'
                                     and o.stopped_at is null),
                                    a.asked_at + interval '4 hours') as due_at
                            from solution.approval a join complaint.api_complaint c on c.id = a.complaint_id
                            where a.decided_at is null and (:all or c.department = :department)) waiting
                        where (due_at, complaint_id) > (:due, :id)
                        order by due_at, complaint_id limit :limit
                        """)
                .param("all", reach.all())
                .param("department", reach.department())
                .param("due", sql(afterDue == null ? Instant.EPOCH : afterDue))
                .param("id", afterId == null ? new UUID(0, 0) : afterId)
                .param("limit", limit)
                .query((row, index) -> new OpenApproval(
                        row.getObject("complaint_id", UUID.class),
                        new ComplaintNumber(row.getString("number")),
                        row.getInt("proposal"),
                        instant(row, "asked_at"),
                        row.getObject("asked_by", UUID.class),
                        Set.of((UUID[]) row.getArray("barred").getArray()),
                        row.getInt("approvers"),
                        row.getInt("approved"),
                        row.getLong("fen"),
                        instant(row, "due_at")))
                .list();
    }

    /**
     * Measures that are to be carried out, what is due first first; after the last row of the page before.
     *
     * @param person only those of this person; null: whosever
     * @param department only those of this department; null: whichever
     */
    List<OpenMeasure> measures(
            Reach reach,
            @Nullable UUID person,
            @Nullable String department,
            OpenMeasure.@Nullable Place after,
            int limit) {
        return jdbc.sql("""
                        select m.*, c.number, c.department as complaint_department
                        from solution.measure m join complaint.api_complaint c on c.id = m.complaint_id
                        where m.is_binding and m.settled_at is null
                        and (:person::uuid is null or m.person = :person)
                        and (:department::text is null or m.department = :department)
                        and (:all or c.department = :own or m.department = :own)
                        and (m.due_at, m.complaint_id, m.proposal, m.measure) > (:due, :id, :proposal, :measure)
                        order by m.due_at, m.complaint_id, m.proposal, m.measure limit :limit
                        """)
                .param("person", person)
                .param("department", department)
                .param("all", reach.all() || person != null)
                .param("own", reach.department())
                .param("due", sql(after == null ? Instant.EPOCH : after.dueAt()))
                .param("id", after == null ? new UUID(0, 0) : after.complaintId())
                .param("proposal", after == null ? 0 : after.proposal())
                .param("measure", after == null ? 0 : after.measure())
                .param("limit", limit)
                .query((row, index) -> measure(row))
                .list();
    }

    /** Takes late measures whose people do not know it yet, as part of the transaction: no other node takes them. */
    List<OpenMeasure> takeLate(Instant now, int limit) {
        return jdbc.sql("""
                        with late as (
                            select complaint_id, proposal, measure from solution.measure
                            where is_binding and settled_at is null and told_at is null and due_at <= :now
                            order by due_at limit :limit for update skip locked),
                        told as (
                            update solution.measure m set told_at = :now from late
                            where m.complaint_id = late.complaint_id and m.proposal = late.proposal and m.measure = late.measure
                            returning m.*)
                        select told.*, c.number, c.department as complaint_department
                        from told join complaint.api_complaint c on c.id = told.complaint_id
                        limit :limit
                        """)
                .param("now", sql(now))
                .param("limit", limit)
                .query((row, index) -> measure(row))
                .list();
    }

    private static OpenMeasure measure(ResultSet row) throws SQLException {
        long fen = row.getLong("fen");
        boolean isFree = row.wasNull();
        return new OpenMeasure(
                row.getObject("complaint_id", UUID.class),
                new ComplaintNumber(row.getString("number")),
                row.getInt("proposal"),
                row.getInt("measure"),
                Measure.valueOf(row.getString("kind")),
                row.getString("department"),
                row.getObject("person", UUID.class),
                instant(row, "due_at"),
                isFree ? null : fen);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
