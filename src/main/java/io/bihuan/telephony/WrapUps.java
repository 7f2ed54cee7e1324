package io.bihuan.telephony;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What agents write down after calls. */
@Component
public class WrapUps {
    /** Characters (code points) of a note. */
    public static final int LONGEST_NOTE = 5_000;

    private static final int MOST = 50;

    /** What was written down about a call. */
    public record WrapUp(
            UUID staff,
            Outcome outcome,
            @Nullable String note,
            @Nullable String complaint,
            Instant at) {}

    /** Somebody else wrote something down, or the call went on, since the form was opened. */
    @ResponseStatus(HttpStatus.CONFLICT)
    public static final class Written extends Refused {
        Written() {
            super("telephony.refused.written");
        }
    }

    private final Complaints complaints;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final Keys keys;
    private final InstantSource time;

    WrapUps(Complaints complaints, JdbcClient jdbc, DataSource database, Keys keys, InstantSource time) {
        this.complaints = complaints;
        this.jdbc = jdbc;
        this.database = database;
        this.keys = keys;
        this.time = time;
    }

    /** What was written down about a call, the oldest first. */
    public List<WrapUp> of(LoggedCall call) {
        SubjectKey key = key(call);
        return jdbc.sql("""
                        select staff, outcome, note, complaint_number, at from telephony.wrap_up where call_id = :call
                        order by at, id limit :most
                        """)
                .param("call", call.id())
                .param("most", MOST)
                .query((row, number) -> new WrapUp(
                        Objects.requireNonNull(row.getObject("staff", UUID.class)),
                        Outcome.valueOf(CallRows.text(row, "outcome")),
                        key.decryptNullable(row.getBytes("note")),
                        row.getString("complaint_number"),
                        Objects.requireNonNull(CallRows.instant(row, "at"))))
                .list();
    }

    /**
     * Writes down what came of a call, and with it in the complaint it was about.
     *
     * @param written how many had been written down when the form was opened: of one form sent twice the second is refused
     * @param entry what the complaint's history is to say
     * @param isNew whether the customer said something new, so that the work that waited for it goes on
     */
    @Transactional
    public void write(
            LoggedCall call,
            int written,
            Outcome outcome,
            String note,
            @Nullable ComplaintNumber about,
            String entry,
            boolean isNew,
            SignedIn who) {
        jdbc.sql("select id from telephony.call where id = :id for update")
                .param("id", call.id())
                .query(UUID.class)
                .single();
        if (count(call) != written) {
            throw new Written();
        }
        Instant now = time.instant();
        var writes = new Writes();
        writes.addOne(
                """
                insert into telephony.wrap_up (id, call_id, staff, outcome, note, complaint_number, at) values (?, ?, ?, ?, ?, ?, ?)
                """,
                Ids.next(),
                call.id(),
                who.id(),
                outcome.name(),
                note.isBlank() ? null : key(call).encrypt(note),
                about == null ? null : about.digits(),
                now);
        writes.addOne("""
                update telephony.call set outcome = ?, complaint_number = coalesce(?, complaint_number), wrapped_at = ?, changed_at = ?,
                    version = version + 1 where id = ?
                """, outcome.name(), about == null ? null : about.digits(), now, now, call.id());
        if (about == null) {
            writes.send(database);
            return;
        }
        Complaint complaint = complaints.find(about).orElseThrow(() -> new Complaints.Unknown(about));
        if (!who.reach().all()
                && !Objects.equals(complaint.department(), who.reach().department())) {
            throw new Complaints.Unknown(about);
        }
        complaints.perform(
                about,
                null,
                isNew ? new Command.AddInformation(entry, List.of()) : new Command.Note(entry, List.of()),
                who.actor(),
                (after, all) -> all.addAll(writes));
    }

    private int count(LoggedCall call) {
        return jdbc.sql("select count(*) from telephony.wrap_up where call_id = :call")
                .param("call", call.id())
                .query(Integer.class)
                .single();
    }

    private SubjectKey key(LoggedCall call) {
        return jdbc.sql("select data_key from telephony.call where id = :id")
                .param("id", call.id())
                .query((row, number) -> keys.unwrap(row.getBytes("data_key")))
                .single();
    }
}
