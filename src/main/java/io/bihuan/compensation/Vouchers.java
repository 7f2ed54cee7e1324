package io.bihuan.compensation;

import io.bihuan.compensation.CompensationEvent.CompensationExpired;
import io.bihuan.compensation.CompensationEvent.CompensationUsed;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The vouchers in customers' hands: each is used once, whoever asks how often at the same time. */
@Component
public class Vouchers {
    private static final int LONGEST_PLACE = 200;

    /** There is no such voucher. */
    @ResponseStatus(HttpStatus.NOT_FOUND)
    public static final class Unknown extends Refused {
        Unknown() {
            super("compensation.refused.noVoucher");
        }
    }

    /** It was used before. */
    @ResponseStatus(HttpStatus.CONFLICT)
    public static final class UsedBefore extends Refused {
        UsedBefore() {
            super("compensation.refused.used");
        }
    }

    private final GrantRows rows;
    private final CaseChange change;
    private final JdbcClient jdbc;
    private final InstantSource time;

    Vouchers(GrantRows rows, CaseChange change, JdbcClient jdbc, InstantSource time) {
        this.rows = rows;
        this.change = change;
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * The grant of a voucher.
     *
     * @param typed its code, however it was written
     * @throws Refused when it cannot be a code: a character is wrong or two have changed places
     */
    @Transactional(readOnly = true)
    public Grant find(String typed) {
        VoucherCode code = VoucherCode.read(typed).orElseThrow(() -> new Refused("compensation.refused.code"));
        return rows.find(code).orElseThrow(Unknown::new);
    }

    /**
     * Uses a voucher. The same actor with the same key gets the same answer however often it asks.
     *
     * @param place where, or for what
     * @param key of the request
     * @throws Refused when it was used before, is past its time or was annulled
     */
    @Transactional
    public Grant use(String typed, @Nullable String place, Actor actor, String key) {
        Grant found = find(typed);
        if (place != null && place.length() > LONGEST_PLACE) {
            throw new Refused("compensation.refused.place", LONGEST_PLACE);
        }
        change.perform(found.complaintId(), actor, () -> use(found, place, actor, key));
        return rows.find(found.id()).orElseThrow(Unknown::new);
    }

    private List<CompensationEvent> use(Grant found, @Nullable String place, Actor actor, String key) {
        Grant grant = rows.lock(found.complaintId(), found.id());
        if (grant.status() == Status.USED) {
            if (isOwnUse(grant.id(), actor, key)) {
                return List.of();
            }
            throw new UsedBefore();
        }
        Instant now = time.instant();
        boolean isPast = grant.expiresAt() != null && !now.isBefore(grant.expiresAt());
        if (grant.status() == Status.EXPIRED || (grant.status() == Status.ISSUED && isPast)) {
            throw new Refused("compensation.refused.expired");
        }
        if (grant.status() != Status.ISSUED) {
            throw new Refused("compensation.refused.annulled");
        }
        int written = jdbc.sql("""
                        insert into compensation.voucher_use (grant_id, actor, request_key, used_at)
                        values (:grant, :actor, :key, :now) on conflict do nothing
                        """)
                .param("grant", grant.id())
                .param("actor", actor.toString())
                .param("key", key)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        if (written == 0) {
            // The key stands for the use of another voucher.
            throw new Refused("compensation.refused.key");
        }
        rows.move(grant, Status.USED, null, place, actor);
        return List.of(new CompensationUsed(
                grant.id(),
                grant.amount().fen(),
                grant.amount().currency().getCurrencyCode(),
                grant.means(),
                Personal.ofNullable(place)));
    }

    private boolean isOwnUse(UUID grant, Actor actor, String key) {
        return jdbc.sql("""
                        select exists (select 1 from compensation.voucher_use
                            where grant_id = :grant and actor = :actor and request_key = :key)
                        """)
                .param("grant", grant)
                .param("actor", actor.toString())
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    /** A voucher that nobody else looks after and whose time is over. */
    record Overdue(UUID complaintId, UUID id) {}

    /** Takes the voucher that is past its time the longest, for so long; empty when there is none. */
    @Transactional
    Optional<Overdue> claimOverdue(Instant until) {
        OffsetDateTime now = time.instant().atOffset(ZoneOffset.UTC);
        return jdbc.sql("""
                        update compensation.granted set claimed_until = :until
                        where id = (select id from compensation.granted
                                    where status = 'ISSUED' and expires_at is not null and expires_at <= :now
                                    and (claimed_until is null or claimed_until < :now)
                                    order by expires_at limit 1 for update skip locked)
                        returning complaint_id, id
                        """)
                .param("now", now)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Overdue(
                        Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                        Objects.requireNonNull(row.getObject("id", UUID.class))))
                .optional();
    }

    /** Ends a voucher whose time is over; nothing happens to one that was used or annulled meanwhile. */
    @Transactional
    public void expire(UUID complaintId, UUID id) {
        change.perform(complaintId, Actor.SYSTEM, () -> {
            Grant grant = rows.lock(complaintId, id);
            if (grant.status() != Status.ISSUED
                    || grant.expiresAt() == null
                    || time.instant().isBefore(grant.expiresAt())) {
                return List.of();
            }
            rows.move(grant, Status.EXPIRED, null, null, Actor.SYSTEM);
            return List.of(new CompensationExpired(
                    id, grant.amount().fen(), grant.amount().currency().getCurrencyCode()));
        });
    }
}
