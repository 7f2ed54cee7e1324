package io.bihuan.compensation;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.standard.Measure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of grants. Locks are taken in one order: the complaint, the grant, its payout, its budget.
 */
@Component
class GrantRows {
    static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final Ledger ledger;
    private final InstantSource time;

    GrantRows(JdbcClient jdbc, Keys keys, Ledger ledger, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.ledger = ledger;
        this.time = time;
    }

    /** A grant that nobody else changes until the transaction ends. */
    Grant lock(UUID complaintId, UUID id) {
        return jdbc.sql("select * from compensation.granted where complaint_id = :complaint and id = :id for update")
                .param("complaint", complaintId)
                .param("id", id)
                .query((row, number) -> grant(row))
                .optional()
                .orElseThrow(() -> new Refused("compensation.refused.unknown"));
    }

    Optional<Grant> find(UUID id) {
        return jdbc.sql("select * from compensation.granted where id = :id")
                .param("id", id)
                .query((row, number) -> grant(row))
                .optional();
    }

    /** The grant of a voucher. */
    Optional<Grant> find(VoucherCode code) {
        return jdbc.sql("select * from compensation.granted where code_index = :code")
                .param("code", index(code))
                .query((row, number) -> grant(row))
                .optional();
    }

    byte[] index(VoucherCode code) {
        return Objects.requireNonNull(keys.blindIndex("voucher", code.text()));
    }

    List<Grant> of(UUID complaintId) {
        return jdbc.sql("select * from compensation.granted where complaint_id = :complaint order by id limit :most")
                .param("complaint", complaintId)
                .param("most", MOST)
                .query((row, number) -> grant(row))
                .list();
    }

    Optional<SubjectKey> key(UUID id) {
        return jdbc.sql("select data_key from compensation.granted where id = :id and data_key is not null")
                .param("id", id)
                .query((row, number) -> keys.unwrap(row.getBytes("data_key")))
                .optional();
    }

    /** By which means a locked grant is handed over. */
    void choose(Grant grant, Means means) {
        jdbc.sql("update compensation.granted set means = :means where complaint_id = :complaint and id = :id")
                .param("complaint", grant.complaintId())
                .param("id", grant.id())
                .param("means", means.name())
                .update();
    }

    /** Brings a locked grant into another state, in its row and in the book. */
    void move(Grant grant, Status to, @Nullable VoidCause cause, @Nullable String note, Actor actor) {
        Entry entry = Entry.moved(grant.status(), to, grant.amount().fen());
        Instant now = time.instant();
        byte[] sealed = note == null || note.isBlank()
                ? null
                : key(grant.id()).map(key -> key.encrypt(note.strip())).orElse(null);
        jdbc.sql("""
                update compensation.granted set status = :status, void_cause = :cause, end_note = :note,
                    issued_at = case when :status = 'ISSUED' then :now else issued_at end,
                    ended_at = case when :status = 'ISSUED' then null else :now end
                where complaint_id = :complaint and id = :id
                """)
                .param("complaint", grant.complaintId())
                .param("id", grant.id())
                .param("status", to.name())
                .param("cause", cause == null ? null : cause.name())
                .param("note", sealed)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        ledger.book(
                entry,
                grant.budgetId(),
                grant.amount().currency().getCurrencyCode(),
                grant.complaintId(),
                grant.id(),
                actor);
    }

    Grant grant(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        String cause = row.getString("void_cause");
        return new Grant(
                Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                new ComplaintNumber(row.getString("number")),
                Objects.requireNonNull(row.getObject("budget_id", UUID.class)),
                row.getString("item"),
                Measure.valueOf(row.getString("measure")),
                Means.valueOf(row.getString("means")),
                new Money(row.getLong("amount_fen"), Currency.getInstance(row.getString("currency"))),
                row.getString("responsibility"),
                row.getObject("proposal", Integer.class),
                row.getObject("measure_number", Integer.class),
                Status.valueOf(row.getString("status")),
                row.getBoolean("needs_approval"),
                Actor.parse(row.getString("granted_by")),
                Objects.requireNonNull(instant(row, "granted_at")),
                row.getObject("approved_by", UUID.class),
                instant(row, "approved_at"),
                instant(row, "issued_at"),
                instant(row, "expires_at"),
                instant(row, "ended_at"),
                cause == null ? null : VoidCause.valueOf(cause),
                opened(key, row.getBytes("reason")),
                opened(key, row.getBytes("end_note")),
                key != null && row.getBytes("code") != null);
    }

    private static @Nullable Personal opened(@Nullable SubjectKey key, byte @Nullable [] sealed) {
        return key == null || sealed == null ? null : Personal.of(key.decrypt(sealed));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
