package io.bihuan.identity;

import io.bihuan.platform.Refused;
import io.bihuan.web.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tells whether somebody is who he says. From the third failure on the login waits 1 s, 2 s, 4 s … 15 min; an attempt counts
 * before it is checked, so that many at once gain nothing. Unknown logins behave and last like known ones.
 */
@Service
public class SignIns {
    private static final Logger log = LoggerFactory.getLogger(SignIns.class);
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Staff staff;
    private final Passwords passwords;

    SignIns(JdbcClient jdbc, InstantSource time, Staff staff, Passwords passwords) {
        this.jdbc = jdbc;
        this.time = time;
        this.staff = staff;
        this.passwords = passwords;
    }

    /** The person with this login and password; refused for every other pair, and while the login has to wait. */
    public StaffMember enter(String login, String password) {
        String name = login.strip();
        byte[] hash = hash(name);
        claim(hash);
        var account = StorableText.is(name) ? staff.accountOf(name).orElse(null) : null;
        boolean isRight = passwords.matches(password, account == null ? null : account.passwordHash());
        if (account == null || !isRight || !account.member().active()) {
            log.info("sign-in failed");
            throw new Refused("identity.refused.wrong");
        }
        jdbc.sql("delete from identity.sign_in_attempt where login_hash = :hash")
                .param("hash", hash)
                .update();
        staff.signedIn(account.member().id());
        return account.member();
    }

    /** Counts the attempt as a failure, or refuses it because the last one is too short ago. */
    private void claim(byte[] hash) {
        Instant now = time.instant();
        jdbc.sql("""
                delete from identity.sign_in_attempt where login_hash in (
                    select login_hash from identity.sign_in_attempt where last_at < :forgotten limit 100)""").param("forgotten", at(now.minus(FORGOTTEN))).update();
        int counted = jdbc.sql("""
                insert into identity.sign_in_attempt as attempt (login_hash, failed_count, locked_until, last_at)
                values (:hash, 1, to_timestamp(0), :now)
                on conflict (login_hash) do update set
                    failed_count = attempt.failed_count + 1,
                    locked_until = case when attempt.failed_count < 2 then to_timestamp(0)
                        else :now::timestamptz
                            + least(900, power(2, least(attempt.failed_count - 2, 10))) * interval '1 second' end,
                    last_at = :now
                where attempt.locked_until <= :now""").param("hash", hash).param("now", at(now)).update();
        if (counted == 0) {
            long seconds = jdbc.sql("select locked_until from identity.sign_in_attempt where login_hash = :hash")
                    .param("hash", hash)
                    .query(OffsetDateTime.class)
                    .optional()
                    .map(until -> Duration.between(now, until.toInstant())
                            .plusMillis(999)
                            .toSeconds())
                    .orElse(1L);
            throw new Refused("identity.refused.wait", Math.max(1, seconds));
        }
    }

    private static byte[] hash(String login) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(login.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
