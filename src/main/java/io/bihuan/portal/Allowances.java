package io.bihuan.portal;

import io.bihuan.privacy.Keys;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts what is done from one address. The counters are in the database, so that several nodes count together and a restart
 * forgives nothing; one statement counts and decides, so that many requests at once gain nothing.
 */
@Component
class Allowances {
    private static final int BATCH = 1_000;
    private static final int NETWORK_BYTES = 8;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    Allowances(JdbcClient jdbc, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    private record Use(int used, OffsetDateTime resetsAt) {}

    /** Uses the allowance of an address once; {@link TooOften} when nothing is left of it. */
    void use(Allowance allowance, String address) {
        OffsetDateTime now = now();
        Use use = jdbc.sql("""
                        insert into portal.allowance as a (key, used, resets_at) values (:key, 1, :resets)
                        on conflict (key) do update set
                            used = case when a.resets_at <= :now then 1 else least(a.used, :most) + 1 end,
                            resets_at = case when a.resets_at <= :now then excluded.resets_at else a.resets_at end
                        returning used, resets_at
                        """)
                .param("key", key(allowance, address))
                .param("now", now)
                .param("resets", now.plus(allowance.window()))
                .param("most", allowance.most())
                .query((row, index) -> new Use(row.getInt("used"), row.getObject("resets_at", OffsetDateTime.class)))
                .single();
        if (use.used() > allowance.most()) {
            throw new TooOften(Duration.between(now, use.resetsAt()));
        }
    }

    /** Takes back a use that came to nothing. */
    void giveBack(Allowance allowance, String address) {
        jdbc.sql("update portal.allowance set used = used - 1 where key = :key and used > 0 and resets_at > :now")
                .param("key", key(allowance, address))
                .param("now", now())
                .update();
    }

    private byte[] key(Allowance allowance, String address) {
        String name = "portal-" + allowance.name().toLowerCase(Locale.ROOT);
        return Objects.requireNonNull(keys.blindIndex(name, network(address)));
    }

    /** Who has one IPv6 address has the 2^64 of its network. */
    static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /** Forgets counters whose window is over, at most a thousand; gives how many. */
    int forgetOld() {
        return jdbc.sql("""
                        delete from portal.allowance where key in
                            (select key from portal.allowance where resets_at < :now
                             order by resets_at limit :most for update skip locked)
                        """).param("now", now()).param("most", BATCH).update();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
