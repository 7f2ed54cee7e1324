package io.bihuan.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time do a thing that must not be done twice at once, such as holding a connection to a mailbox. A node that is killed
 * loses it when its time is over.
 */
@Component
public class Lease {
    private final String holder = UUID.randomUUID().toString();
    private final JdbcClient jdbc;
    private final InstantSource time;

    Lease(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Takes the lease or renews it for so long from now; false while another node has it. */
    public boolean hold(String name, Duration duration) {
        Instant now = time.instant();
        return jdbc.sql("""
                        insert into platform.lease as l (name, holder, until) values (:name, :holder, :until)
                        on conflict (name) do update set holder = excluded.holder, until = excluded.until
                            where l.holder = excluded.holder or l.until < :now
                        """)
                        .param("name", name)
                        .param("holder", holder)
                        .param("until", now.plus(duration).atOffset(ZoneOffset.UTC))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Gives it back, so that another node need not wait for its end. */
    public void release(String name) {
        jdbc.sql("delete from platform.lease where name = :name and holder = :holder")
                .param("name", name)
                .param("holder", holder)
                .update();
    }
}
