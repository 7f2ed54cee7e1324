package io.bihuan.regulator;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Reach;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Submission;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cases that authorities send. One number of one authority is one complaint, however often it is registered. */
@Component
public class RegulatorCases {
    /** Rows of a page, and of a file. */
    public static final int MOST_EXPORTED = 500;

    private static final String SELECT = """
            select r.complaint_id, c.number, c.stage, c.department, r.authority, r.external_number, r.sent_at, r.stated_due_at,
                r.answered_at
            from regulator.regulator_case r join complaint.api_complaint c on c.id = r.complaint_id
            """;

    private final Intake intake;
    private final Complaints complaints;
    private final JdbcClient jdbc;
    private final InstantSource time;

    RegulatorCases(Intake intake, Complaints complaints, JdbcClient jdbc, InstantSource time) {
        this.intake = intake;
        this.complaints = complaints;
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * What the authority sent.
     *
     * @param submission what it is about; origin, external number and channel are set here
     */
    public record Sent(
            Authority authority,
            String externalNumber,
            Instant sentAt,
            @Nullable Instant statedDueAt,
            Submission.Draft submission) {}

    /** The complaint of a case, and whether it was registered just now. */
    public record Registered(ComplaintNumber number, boolean isNew) {}

    /**
     * Registers a case once.
     *
     * @throws io.bihuan.intake.InvalidSubmission with every wrong field
     */
    public Registered register(Sent sent, Actor actor) {
        String origin = sent.authority().origin();
        String external = sent.externalNumber().strip();
        Optional<ComplaintNumber> known = complaints.find(origin, external);
        if (known.isPresent()) {
            return new Registered(known.get(), false);
        }
        Submission submission = sent.submission()
                .external(origin, external)
                .receivedAt(sent.sentAt())
                .build();
        try {
            Complaint complaint = intake.register(
                    submission,
                    actor,
                    (registered, writes) ->
                            add(writes, registered, sent.authority(), external, sent.sentAt(), sent.statedDueAt()));
            return new Registered(complaint.number(), true);
        } catch (DuplicateKeyException duplicate) {
            // Of two at once the second waited at the unique number for the first.
            return new Registered(complaints.find(origin, external).orElseThrow(() -> duplicate), false);
        }
    }

    /**
     * Registers a case in the transaction of the caller, who tries it again when that fails because somebody registered it meanwhile.
     *
     * @param registration with origin, external number and channel of the case, received when the authority sent it
     * @return empty when it was registered before
     */
    Optional<Complaint> registerWithin(
            Registration registration, Authority authority, @Nullable Instant statedDueAt, Actor actor) {
        String external = Objects.requireNonNull(registration.externalNumber());
        Instant sentAt = Objects.requireNonNull(registration.receivedAt());
        return complaints.find(authority.origin(), external).isPresent()
                ? Optional.empty()
                : Optional.of(complaints.register(
                        registration,
                        actor,
                        (registered, writes) -> add(writes, registered, authority, external, sentAt, statedDueAt)));
    }

    private void add(
            Writes writes,
            Complaint complaint,
            Authority authority,
            String external,
            Instant sentAt,
            @Nullable Instant statedDueAt) {
        writes.addOne("""
                insert into regulator.regulator_case
                    (complaint_id, authority, external_number, sent_at, stated_due_at, registered_at)
                values (?, ?, ?, ?, ?, ?)
                """, complaint.id(), authority.name(), external, sentAt, statedDueAt, time.instant());
    }

    /** Which of these are registered, as {@link #key} writes them; at most as many as asked for. */
    Set<String> registered(Set<Authority> authorities, List<String> externalNumbers) {
        return new HashSet<>(jdbc.sql("""
                        select authority, external_number from regulator.regulator_case
                        where authority = any(:authorities) and external_number = any(:numbers)
                        """)
                .param("authorities", authorities.stream().map(Authority::name).toArray(String[]::new))
                .param("numbers", externalNumbers.toArray(String[]::new))
                .query((row, number) -> key(Authority.valueOf(row.getString(1)), row.getString(2)))
                .list());
    }

    /** What tells a case from all others. */
    static String key(Authority authority, String externalNumber) {
        return authority.name() + " " + externalNumber;
    }

    /** Records what the authority was answered; the clock of the authority stops with it. */
    public void answer(ComplaintNumber number, Integer version, Command.AnswerAuthority answer, Actor actor) {
        complaints.perform(
                number,
                version,
                answer,
                actor,
                (complaint, writes) -> writes.add(
                        "update regulator.regulator_case set answered_at = ? where complaint_id = ?",
                        time.instant(),
                        complaint.id()));
    }

    public Optional<RegulatorCase> find(UUID complaintId) {
        return jdbc.sql(SELECT + " where r.complaint_id = :id")
                .param("id", complaintId)
                .query((row, number) -> read(row))
                .optional();
    }

    /** The cases without an answer, those first whose date is next; after the last row of the page before. */
    public List<RegulatorCase> open(Reach reach, @Nullable Instant afterDue, @Nullable UUID afterId, int limit) {
        return jdbc.sql(SELECT + """
                         where r.answered_at is null
                        and (:all or c.department = :department)
                        and (coalesce(r.stated_due_at, 'infinity'), r.complaint_id) > (:due::timestamptz, :id::uuid)
                        order by coalesce(r.stated_due_at, 'infinity'), r.complaint_id limit :limit
                        """)
                .param("all", reach.all())
                .param("department", reach.department())
                .param("due", sql(afterDue == null ? Instant.EPOCH : afterDue))
                .param("id", afterId == null ? new UUID(0, 0) : afterId)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    /** The cases sent in a time, the newest first. */
    public List<RegulatorCase> sent(Reach reach, Instant from, Instant until, @Nullable Cut after, int limit) {
        return jdbc.sql(SELECT + """
                         where r.sent_at >= :from and r.sent_at < :until
                        and (:all or c.department = :department)
                        and (r.sent_at, r.complaint_id) < (:sent::timestamptz, :id::uuid)
                        order by r.sent_at desc, r.complaint_id desc limit :limit
                        """)
                .param("all", reach.all())
                .param("department", reach.department())
                .param("from", sql(from))
                .param("until", sql(until))
                .param("sent", sql(after == null ? until : after.at()))
                .param("id", after == null ? new UUID(-1, -1) : after.id())
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    /** The place of a row in the list by time. */
    public record Cut(Instant at, UUID id) {}

    private static RegulatorCase read(ResultSet row) throws SQLException {
        return new RegulatorCase(
                row.getObject("complaint_id", UUID.class),
                new ComplaintNumber(row.getString("number")),
                Stage.valueOf(row.getString("stage")),
                row.getString("department"),
                Authority.valueOf(row.getString("authority")),
                row.getString("external_number"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                instant(row, "stated_due_at"),
                instant(row, "answered_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
