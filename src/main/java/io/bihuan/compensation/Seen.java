package io.bihuan.compensation;

import io.bihuan.platform.Ids;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes down who saw what can be turned into money. */
final class Seen {
    /** What was seen. */
    enum What {
        CODE,
        BATCH
    }

    private Seen() {}

    static void write(JdbcClient jdbc, What what, UUID subject, UUID who, Instant at) {
        jdbc.sql(
                        "insert into compensation.seen (id, what, subject_id, who, at) values (:id, :what, :subject, :who, :at)")
                .param("id", Ids.next())
                .param("what", what.name())
                .param("subject", subject)
                .param("who", who)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
