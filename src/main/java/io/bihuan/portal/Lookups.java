package io.bihuan.portal;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Opens a complaint by its number and the last four digits of the customer's phone. There are only ten thousand of those, so the
 * number itself is locked after a few failures; what is typed as a number counts the same whether such a complaint exists or not,
 * and an attempt counts before it is checked, so that many at once gain nothing.
 */
@Component
public class Lookups {
    /** How long the next attempt has to wait after the first, second, … failure. One a day leaves the digits safe for 27 years. */
    private static final List<Duration> WAITS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12),
            Duration.ofHours(24));

    /** Longer than the longest wait, or waiting would win new attempts. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    /** A failure is answered no sooner than this, so that the time does not tell what was wrong. */
    private static final Duration SLOWEST_CHECK = Duration.ofMillis(250);

    private static final int LONGEST = 40;
    private static final int BATCH = 1_000;

    private final Complaints complaints;
    private final Allowances allowances;
    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    Lookups(Complaints complaints, Allowances allowances, JdbcClient jdbc, Keys keys, InstantSource time) {
        this.complaints = complaints;
        this.allowances = allowances;
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    /**
     * The number of the complaint that both belong to; empty whatever is wrong about them.
     *
     * @param number as it was typed
     * @param digits as they were typed
     * @param address where the request came from
     * @throws TooOften when this address or this number has to wait
     */
    public Optional<ComplaintNumber> find(String number, String digits, String address) {
        long begun = System.nanoTime();
        allowances.use(Allowance.LOOKUP, address);
        String typed = plain(number);
        byte[] hash = Objects.requireNonNull(keys.blindIndex("portal-lookup-number", typed));
        claim(hash);
        Optional<ComplaintNumber> found = ComplaintNumber.read(typed)
                .flatMap(complaints::find)
                .filter(complaint -> belongs(complaint, plain(digits)))
                .map(Complaint::number);
        if (found.isPresent()) {
            jdbc.sql("delete from portal.lookup_attempt where number_hash = :hash")
                    .param("hash", hash)
                    .update();
        } else {
            pause(SLOWEST_CHECK.minusNanos(System.nanoTime() - begun));
        }
        return found;
    }

    private static String plain(String typed) {
        String narrow = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Pd}]", "");
        return narrow.substring(0, Math.min(narrow.length(), LONGEST));
    }

    private static boolean belongs(Complaint complaint, String digits) {
        String phone = Personal.text(complaint.customer().phone()).replaceFirst(";ext=.*", "");
        String known = phone.replaceAll("[^0-9]", "");
        return known.length() >= 4
                && digits.length() == 4
                && MessageDigest.isEqual(
                        known.substring(known.length() - 4).getBytes(StandardCharsets.UTF_8),
                        digits.getBytes(StandardCharsets.UTF_8));
    }

    private void claim(byte[] hash) {
        OffsetDateTime now = now();
        var waits = WAITS.stream().map(Duration::toSeconds).toArray(Long[]::new);
        boolean isFree = jdbc.sql("""
                        insert into portal.lookup_attempt as a (number_hash, failed_count, locked_until, last_at)
                        values (:hash, 1, :now, :now)
                        on conflict (number_hash) do update set
                            failed_count = case when a.last_at < :forgotten then 1 else least(a.failed_count, 1000) + 1 end,
                            locked_until = case when a.last_at < :forgotten then :now
                                else :now + make_interval(secs => (:waits::bigint[])[least(a.failed_count + 1, :last)]) end,
                            last_at = :now
                        where a.locked_until <= :now
                        returning failed_count
                        """)
                .param("hash", hash)
                .param("now", now)
                .param("forgotten", now.minus(REMEMBERED))
                .param("waits", waits)
                .param("last", WAITS.size())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!isFree) {
            OffsetDateTime until = jdbc.sql("select locked_until from portal.lookup_attempt where number_hash = :hash")
                    .param("hash", hash)
                    .query(OffsetDateTime.class)
                    .optional()
                    .orElse(now);
            throw new TooOften(Duration.between(now, until));
        }
    }

    private static void pause(Duration length) {
        if (length.isPositive()) {
            try {
                Thread.sleep(length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Forgets numbers that nobody has tried for a month, at most a thousand; gives how many. */
    int forgetOld() {
        return jdbc.sql("""
                        delete from portal.lookup_attempt where number_hash in
                            (select number_hash from portal.lookup_attempt where last_at < :before
                             order by last_at limit :most for update skip locked)
                        """)
                .param("before", now().minus(REMEMBERED))
                .param("most", BATCH)
                .update();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
