package io.bihuan.platform.database;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lives of the database. Transaction ids order the history within one server only: after a restore or a move to another
 * server a new epoch must begin, else followers would skip or repeat events.
 */
@Component
public class Epochs {
    private record Epoch(int number, long systemIdentifier) {}

    private final JdbcClient jdbc;
    private final InstantSource time;
    private volatile int current;

    /** Refuses a database that is not the one of the last epoch, unless {@code bihuan.epoch-check} is false. */
    Epochs(JdbcClient jdbc, InstantSource time, @Value("${bihuan.epoch-check:true}") boolean check) {
        this.jdbc = jdbc;
        this.time = time;
        long server = systemIdentifier();
        Epoch last = last().orElseGet(() -> {
            insert(1, server);
            return last().orElseThrow();
        });
        if (check && last.systemIdentifier != server) {
            throw new CannotStart(
                    "The database was restored or moved: its server is " + server + ", epoch " + last.number
                            + " began on " + last.systemIdentifier + ".",
                    "Make sure that no application runs on the old server, then begin a new epoch:"
                            + " java -jar bihuan.jar new-epoch");
        }
        this.current = last.number;
    }

    /** The epoch in which this process writes. */
    public int current() {
        return current;
    }

    /** Begins the next epoch on the server as it is now; every node must be started again after it. */
    @Transactional
    public int begin() {
        // Two who begin at once get the same number, and the key refuses the second.
        int next = last().map(Epoch::number).orElse(0) + 1;
        if (insert(next, systemIdentifier()) == 0) {
            throw new IllegalStateException("Epoch " + next + " was begun by someone else at the same time.");
        }
        current = next;
        return next;
    }

    private long systemIdentifier() {
        return jdbc.sql("select system_identifier from pg_control_system()")
                .query(Long.class)
                .single();
    }

    private Optional<Epoch> last() {
        return jdbc.sql("select epoch, system_identifier from platform.epoch order by epoch desc limit 1")
                .query((row, number) -> new Epoch(row.getInt(1), row.getLong(2)))
                .optional();
    }

    private int insert(int number, long server) {
        return jdbc.sql("""
                        insert into platform.epoch (epoch, system_identifier, since)
                        values (:epoch, :server, :now) on conflict do nothing
                        """)
                .param("epoch", number)
                .param("server", server)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
