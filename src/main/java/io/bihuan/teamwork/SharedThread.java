package io.bihuan.teamwork;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Saying;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.standard.Letter.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one thread that the customer is invited into. It has a table of its own, and this class reads nothing else: what colleagues write
 * to each other cannot come out of it.
 */
@Component
public class SharedThread {
    /** Lines shown, the newest. */
    public static final int MOST = 200;

    private static final int LONGEST = 5_000;
    private static final String NAMES = "\n";
    private static final String PARTS = "|";

    /**
     * A line of it.
     *
     * @param staff who of the staff said it; null for the customer
     */
    public record Line(UUID id, Instant at, @Nullable UUID staff, String text, List<Attachment> files) {
        public boolean byCustomer() {
            return staff == null;
        }
    }

    /** The thread, its lines the oldest first. */
    public record Shared(
            Instant invitedAt, UUID invitedBy, @Nullable Instant endedAt, List<Line> lines) {
        /** Whether something can be said. */
        public boolean isOpen() {
            return endedAt == null;
        }
    }

    private record Standing(
            Instant invitedAt, UUID invitedBy, @Nullable Instant endedAt) {}

    private final Complaints complaints;
    private final Correspondence correspondence;
    private final ComplaintFiles files;
    private final TextKeys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;

    SharedThread(
            Complaints complaints,
            Correspondence correspondence,
            ComplaintFiles files,
            TextKeys keys,
            JdbcClient jdbc,
            InstantSource time) {
        this.complaints = complaints;
        this.correspondence = correspondence;
        this.files = files;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public SharedThread at(InstantSource otherTime) {
        return new SharedThread(complaints.at(otherTime), correspondence.at(otherTime), files, keys, jdbc, otherTime);
    }

    /** The thread of a complaint; empty when its customer was never invited. */
    @Transactional(readOnly = true)
    public Optional<Shared> of(UUID complaintId) {
        return standing(complaintId)
                .map(standing ->
                        new Shared(standing.invitedAt(), standing.invitedBy(), standing.endedAt(), lines(complaintId)));
    }

    private Optional<Standing> standing(UUID complaintId) {
        return jdbc.sql("select invited_at, invited_by, ended_at from teamwork.shared_thread where complaint_id = ?")
                .param(complaintId)
                .query((row, number) -> new Standing(
                        Rows.at(row, "invited_at"), Rows.id(row, "invited_by"), Rows.maybe(row, "ended_at")))
                .optional();
    }

    private List<Line> lines(UUID complaintId) {
        SubjectKey key = keys.find(complaintId).orElse(null);
        return jdbc.sql("""
                        select id, at, staff, text, files, file_names from teamwork.shared_line
                        where complaint_id = ? order by id desc limit ?
                        """)
                .param(complaintId)
                .param(MOST)
                .query((row, number) -> line(row, key))
                .list()
                .reversed();
    }

    private static Line line(ResultSet row, @Nullable SubjectKey key) throws SQLException {
        String[] names = TextKeys.text(key, row.getBytes("file_names")).split(NAMES, -1);
        var attachments = new ArrayList<Attachment>();
        String[] stored = (String[]) row.getArray("files").getArray();
        for (int i = 0; i < stored.length; i++) {
            String[] parts = stored[i].split("\\" + PARTS, 3);
            attachments.add(new Attachment(
                    parts[0], Personal.of(i < names.length ? names[i] : ""), parts[2], Long.parseLong(parts[1])));
        }
        return new Line(
                Rows.id(row, "id"),
                Rows.at(row, "at"),
                Rows.person(row, "staff"),
                TextKeys.text(key, row.getBytes("text")),
                attachments);
    }

    /** Whether a file was shared in the thread of the complaint, so that its customer may have it. */
    @Transactional(readOnly = true)
    public boolean holds(UUID complaintId, String sha256) {
        return jdbc.sql("""
                        select exists (select from teamwork.shared_line l, unnest(l.files) file
                            where l.complaint_id = :complaint and split_part(file, '|', 1) = :hash)
                        """)
                .param("complaint", complaintId)
                .param("hash", sha256)
                .query(Boolean.class)
                .single();
    }

    /** Invites the customer, or invites him again; he is told where, if there is a way to him. */
    @Transactional
    public Complaint invite(ComplaintNumber number, @Nullable String greeting, Actor actor) {
        UUID staff = staff(actor);
        Complaint invited = complaints.record(number, null, actor, (complaint, writes) -> {
            DepartmentTasks.refuseClosed(complaint);
            Task.require(
                    standing(complaint.id()).map(each -> each.endedAt() != null).orElse(true),
                    "teamwork.refused.thread-open");
            writes.addOne("""
                    insert into teamwork.shared_thread (complaint_id, invited_at, invited_by) values (?, ?, ?)
                    on conflict (complaint_id) do update set invited_at = excluded.invited_at, invited_by = excluded.invited_by,
                        ended_at = null
                    """, complaint.id(), now(), staff);
            var events = new ArrayList<SharedEvent>();
            events.add(new SharedEvent.SharedThreadOpened(staff));
            if (greeting != null && !greeting.isBlank()) {
                events.add(said(complaint, greeting, List.of(), actor, writes));
            }
            return events;
        });
        // An open thread refuses a second invitation, so each of them is an occasion of its own.
        correspondence.tellIfPossible(number, Saying.letter(Purpose.CONVERSATION, Ids.next(), Map.of()), actor);
        return complaints.find(number).orElse(invited);
    }

    /**
     * Ends the thread: what was said stays readable, nothing more can be said.
     *
     * @param reason for colleagues
     */
    @Transactional
    public Complaint end(ComplaintNumber number, String reason, Actor actor) {
        UUID staff = staff(actor);
        return complaints.record(number, null, actor, (complaint, writes) -> {
            refuseEnded(complaint.id());
            writes.addOne(
                    "update teamwork.shared_thread set ended_at = ? where complaint_id = ? and ended_at is null",
                    now(),
                    complaint.id());
            return List.of(new SharedEvent.SharedThreadEnded(staff, Task.needed(reason, "teamwork.refused.reason")));
        });
    }

    /** Says something in it. What the customer says while he is asked something is his answer, too. */
    @Transactional
    public Complaint say(ComplaintNumber number, String text, List<Attachment> attachments, Actor actor) {
        boolean isByCustomer = actor.kind() == Actor.Kind.CUSTOMER;
        Complaint after = complaints.record(number, null, actor, (complaint, writes) -> {
            if (!isByCustomer) {
                DepartmentTasks.refuseClosed(complaint);
            }
            refuseEnded(complaint.id());
            files.used(attachments).accept(complaint, writes);
            return List.of(said(complaint, text, attachments, actor, writes));
        });
        return isByCustomer && after.isWaiting()
                ? complaints.perform(number, null, new Command.AddInformation(text, attachments), actor)
                : after;
    }

    private void refuseEnded(UUID complaintId) {
        Task.require(
                standing(complaintId).map(each -> each.endedAt() == null).orElse(false),
                "teamwork.refused.thread-closed");
    }

    private SharedEvent.SharedSaid said(
            Complaint complaint, String text, List<Attachment> attachments, Actor actor, Writes writes) {
        boolean isNothing = text.isBlank() && attachments.isEmpty();
        Task.require(!isNothing, "teamwork.refused.text");
        Task.require(text.length() <= LONGEST, "teamwork.refused.long");
        UUID line = Ids.next();
        SubjectKey key = keys.toWrite(complaint.id(), writes);
        writes.addOne(
                """
                insert into teamwork.shared_line (complaint_id, id, at, staff, text, files, file_names) values (?, ?, ?, ?, ?, ?, ?)
                """,
                complaint.id(),
                line,
                now(),
                actor.kind() == Actor.Kind.CUSTOMER ? null : staff(actor),
                key.encrypt(text.strip()),
                attachments.stream()
                        .map(file -> file.sha256() + PARTS + file.size() + PARTS + file.mediaType())
                        .toArray(String[]::new),
                key.encrypt(attachments.stream()
                        .map(file -> Personal.text(file.name()).replace(NAMES, " "))
                        .collect(Collectors.joining(NAMES))));
        return new SharedEvent.SharedSaid(line, Personal.of(text.strip()), attachments);
    }

    private static UUID staff(Actor actor) {
        if (actor.kind() != Actor.Kind.STAFF) {
            throw new Refused("teamwork.refused.not-yours");
        }
        return UUID.fromString(actor.id());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
