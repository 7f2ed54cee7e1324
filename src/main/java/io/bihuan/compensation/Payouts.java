package io.bihuan.compensation;

import io.bihuan.compensation.CompensationEvent.CompensationPaid;
import io.bihuan.compensation.CompensationEvent.PayoutFailed;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money that finance pays out. A payout goes into one file and no other; a grant has at most one payout that is waiting, with finance or
 * paid; a result that comes twice changes nothing.
 */
@Component
public class Payouts {
    /** Payouts that are shown, or given to finance at once. */
    public static final int MOST = 1_000;

    private static final int LONGEST = 100;
    private static final Pattern ACCOUNT = Pattern.compile("[\\p{Alnum}@._+-]{4,64}");
    private static final String COLUMNS =
            "p.*, g.number from compensation.payout p join compensation.granted g on g.id = p.grant_id ";

    /**
     * What was given to finance in one file.
     *
     * @param open payouts whose result is not known yet
     */
    public record Batch(
            UUID id,
            long number,
            int payouts,
            Money total,
            Actor createdBy,
            Instant createdAt,
            int open,
            int paid,
            int failed) {}

    /** One line of a file of results and what it did. */
    public record Recorded(PayoutResult result, PayoutResult.Effect effect) {}

    private final GrantRows rows;
    private final CaseChange change;
    private final Keys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;

    Payouts(GrantRows rows, CaseChange change, Keys keys, JdbcClient jdbc, InstantSource time) {
        this.rows = rows;
        this.change = change;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
    }

    // ---- ask for one ----

    @Transactional(propagation = Propagation.MANDATORY)
    UUID ask(Grant grant, Issue.Payout payee) {
        String account = payee.account().replaceAll("\\s", "");
        boolean isWhole = !payee.name().isBlank()
                && payee.name().length() <= LONGEST
                && payee.bank().length() <= LONGEST
                && ACCOUNT.matcher(account).matches();
        if (!isWhole) {
            throw new Refused("compensation.refused.payee");
        }
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        jdbc.sql("""
                insert into compensation.payout (complaint_id, id, grant_id, attempt, amount_fen, currency, status, data_key,
                    payee_name, payee_bank, payee_account, created_at)
                values (:complaint, :id, :grant, 1 + (select count(*) from compensation.payout where grant_id = :grant),
                    :fen, :currency, 'WAITING', :key, :name, :bank, :account, :now)
                """)
                .param("complaint", grant.complaintId())
                .param("id", id)
                .param("grant", grant.id())
                .param("fen", grant.amount().fen())
                .param("currency", grant.amount().currency().getCurrencyCode())
                .param("key", wrapped)
                .param("name", key.encrypt(payee.name().strip()))
                .param("bank", key.encrypt(payee.bank().strip()))
                .param("account", key.encrypt(account))
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    /** Another try for a locked grant; empty when one is under way or has paid already. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<UUID> repeat(Grant grant, Issue.Payout payee) {
        if (grant.status() == Status.USED) {
            throw new Refused("compensation.refused.paid");
        }
        if (grant.means() != Means.PAYOUT || grant.status() != Status.ISSUED) {
            throw new Refused("compensation.refused.status", grant.status());
        }
        boolean isUnderWay = of(grant.complaintId()).stream()
                .anyMatch(payout -> payout.grantId().equals(grant.id())
                        && (payout.state() == Payout.State.WAITING || payout.state() == Payout.State.EXPORTED));
        return isUnderWay ? Optional.empty() : Optional.of(ask(grant, payee));
    }

    /** Takes back the payout of a locked grant; refused when finance has it, for then it may be paid at any moment. */
    @Transactional(propagation = Propagation.MANDATORY)
    void cancel(Grant grant) {
        jdbc.sql("""
                update compensation.payout set status = 'CANCELLED', ended_at = :now where grant_id = :grant and status = 'WAITING'
                """)
                .param("grant", grant.id())
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        boolean isWithFinance =
                jdbc.sql("""
                        select exists (select 1 from compensation.payout
                            where grant_id = :grant and status in ('EXPORTED', 'PAID'))
                        """).param("grant", grant.id()).query(Boolean.class).single();
        if (isWithFinance) {
            throw new Refused("compensation.refused.withFinance");
        }
    }

    // ---- give to finance ----

    /** Puts everything that waits into one file, at most {@value #MOST} payouts; empty when nothing waits. */
    @Transactional
    public Optional<UUID> export(UUID who) {
        UUID batch = Ids.next();
        Instant now = time.instant();
        jdbc.sql("""
                insert into compensation.batch (id, payouts, total_fen, currency, created_by, created_at)
                values (:id, 0, 0, :currency, :by, :now)
                """)
                .param("id", batch)
                .param("currency", Money.CNY.getCurrencyCode())
                .param("by", Actor.staff(who).toString())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        int payouts = jdbc.sql("""
                        update compensation.payout set status = 'EXPORTED', batch_id = :batch
                        where id in (select id from compensation.payout where status = 'WAITING' and currency = :currency
                                     order by created_at limit :most for update skip locked)
                        """)
                .param("batch", batch)
                .param("currency", Money.CNY.getCurrencyCode())
                .param("most", MOST)
                .update();
        if (payouts == 0) {
            jdbc.sql("delete from compensation.batch where id = :id")
                    .param("id", batch)
                    .update();
            return Optional.empty();
        }
        jdbc.sql("""
                update compensation.batch set payouts = :payouts,
                    total_fen = (select sum(amount_fen) from compensation.payout where batch_id = :id)
                where id = :id
                """).param("id", batch).param("payouts", payouts).update();
        return Optional.of(batch);
    }

    /** The payouts of a file, with whole accounts; it is written down who fetched it. */
    @Transactional
    public List<Payout> fetch(UUID batch, UUID who) {
        List<Payout> payouts = jdbc.sql("select " + COLUMNS + "where p.batch_id = :batch order by p.id limit :most")
                .param("batch", batch)
                .param("most", MOST)
                .query((row, number) -> payout(row))
                .list();
        if (!payouts.isEmpty()) {
            Seen.write(jdbc, Seen.What.BATCH, batch, who, time.instant());
        }
        return payouts;
    }

    // ---- take back the results ----

    /**
     * Takes in a file of results. Each line counts by itself and once: the same file again changes nothing.
     *
     * @throws Refused when the file cannot be understood; nothing was taken in then
     */
    public List<Recorded> results(byte[] file, Actor actor) {
        var recorded = new ArrayList<Recorded>();
        for (PayoutResult result : PayoutResults.read(file)) {
            recorded.add(new Recorded(result, record(result, actor)));
        }
        return recorded;
    }

    /** Takes in one result. */
    public PayoutResult.Effect record(PayoutResult result, Actor actor) {
        Optional<Payout> found = find(result.payout());
        if (found.isEmpty()
                || found.get().state() == Payout.State.WAITING
                || found.get().state() == Payout.State.CANCELLED) {
            return PayoutResult.Effect.UNKNOWN;
        }
        var effect = new PayoutResult.Effect[] {PayoutResult.Effect.KNOWN};
        change.perform(found.get().complaintId(), actor, () -> {
            var events = new ArrayList<CompensationEvent>();
            effect[0] = record(result, found.get(), actor, events);
            return events;
        });
        return effect[0];
    }

    private PayoutResult.Effect record(PayoutResult result, Payout known, Actor actor, List<CompensationEvent> events) {
        Grant grant = rows.lock(known.complaintId(), known.grantId());
        Payout payout = find(result.payout()).orElseThrow();
        if (payout.state() != Payout.State.EXPORTED) {
            boolean isSame = (payout.state() == Payout.State.PAID) == result.isPaid();
            return isSame ? PayoutResult.Effect.KNOWN : PayoutResult.Effect.CONTRADICTS;
        }
        String reason = result.reason();
        byte[] wrapped = jdbc.sql("select data_key from compensation.payout where id = :id")
                .param("id", payout.id())
                .query((row, number) -> Optional.ofNullable(row.getBytes("data_key")))
                .single()
                .orElse(null);
        jdbc.sql("""
                update compensation.payout set status = :status, ended_at = :now, bank_reference = :reference, failure = :failure
                where id = :id and status = 'EXPORTED'
                """)
                .param("id", payout.id())
                .param("status", result.isPaid() ? "PAID" : "FAILED")
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("reference", cut(result.reference()))
                .param(
                        "failure",
                        wrapped == null || reason == null || result.isPaid()
                                ? null
                                : keys.unwrap(wrapped).encrypt(Objects.requireNonNull(cut(reason))))
                .update();
        String currency = grant.amount().currency().getCurrencyCode();
        if (result.isPaid()) {
            rows.move(grant, Status.USED, null, null, actor);
            events.add(new CompensationPaid(grant.id(), grant.amount().fen(), currency, payout.id()));
        } else {
            events.add(new PayoutFailed(
                    grant.id(), grant.amount().fen(), currency, payout.id(), Personal.ofNullable(cut(reason))));
        }
        return PayoutResult.Effect.RECORDED;
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST * 2 ? text : text.substring(0, LONGEST * 2);
    }

    // ---- read ----

    public Optional<Payout> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + "where p.id = :id")
                .param("id", id)
                .query((row, number) -> payout(row))
                .optional();
    }

    /** Those of a complaint, the oldest first. */
    public List<Payout> of(UUID complaintId) {
        return jdbc.sql("select " + COLUMNS + "where p.complaint_id = :complaint order by p.id limit :most")
                .param("complaint", complaintId)
                .param("most", MOST)
                .query((row, number) -> payout(row))
                .list();
    }

    /** Those that no file has yet, the oldest first. */
    public List<Payout> waiting(int most) {
        return jdbc.sql("select " + COLUMNS + "where p.status = 'WAITING' order by p.created_at, p.id limit :most")
                .param("most", most)
                .query((row, number) -> payout(row))
                .list();
    }

    /** The files, the newest first. */
    public List<Batch> batches(int most) {
        return jdbc.sql("""
                        select b.*,
                            (select count(*) from compensation.payout p where p.batch_id = b.id and p.status = 'EXPORTED') as open,
                            (select count(*) from compensation.payout p where p.batch_id = b.id and p.status = 'PAID') as paid,
                            (select count(*) from compensation.payout p where p.batch_id = b.id and p.status = 'FAILED') as failed
                        from compensation.batch b order by b.number desc limit :most
                        """)
                .param("most", most)
                .query((row, number) -> batch(row))
                .list();
    }

    public Optional<Batch> batch(UUID id) {
        return jdbc.sql("select *, 0 as open, 0 as paid, 0 as failed from compensation.batch where id = :id")
                .param("id", id)
                .query((row, number) -> batch(row))
                .optional();
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getLong("number"),
                row.getInt("payouts"),
                new Money(row.getLong("total_fen"), Currency.getInstance(row.getString("currency"))),
                Actor.parse(row.getString("created_by")),
                Objects.requireNonNull(GrantRows.instant(row, "created_at")),
                row.getInt("open"),
                row.getInt("paid"),
                row.getInt("failed"));
    }

    private Payout payout(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        return new Payout(
                Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Objects.requireNonNull(row.getObject("grant_id", UUID.class)),
                new ComplaintNumber(row.getString("number")),
                row.getInt("attempt"),
                new Money(row.getLong("amount_fen"), Currency.getInstance(row.getString("currency"))),
                Payout.State.valueOf(row.getString("status")),
                row.getObject("batch_id", UUID.class),
                opened(key, row.getBytes("payee_name")),
                opened(key, row.getBytes("payee_bank")),
                opened(key, row.getBytes("payee_account")),
                opened(key, row.getBytes("failure")),
                row.getString("bank_reference"),
                Objects.requireNonNull(GrantRows.instant(row, "created_at")),
                GrantRows.instant(row, "ended_at"));
    }

    private static @Nullable Personal opened(@Nullable SubjectKey key, byte @Nullable [] sealed) {
        return key == null || sealed == null ? null : Personal.of(key.decrypt(sealed));
    }
}
