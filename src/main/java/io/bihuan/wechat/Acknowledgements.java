package io.bihuan.wechat;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ends the clock of the acknowledgement when the message with the number of a complaint has gone out; not before, and once. */
@Component
class Acknowledgements {
    private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private record Told(UUID message, ComplaintNumber complaint) {}

    private final JdbcClient jdbc;
    private final Complaints complaints;
    private final InstantSource time;

    Acknowledgements(JdbcClient jdbc, Complaints complaints, InstantSource time) {
        this.jdbc = jdbc;
        this.complaints = complaints;
        this.time = time;
    }

    /** Tells the next complaint that its customer knows the number; false when there is none. */
    boolean reportOne() {
        Instant now = time.instant();
        Optional<Told> claimed = jdbc.sql("""
            update wechat.outgoing o set report_at = :until from wechat.complaint k
            where o.id = (select w.id from wechat.outgoing w where w.report_at <= :now
                          order by w.report_at, w.id limit 1 for update skip locked)
            and k.complaint_id = o.complaint_id
            returning o.id, k.number
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Told(row.getObject("id", UUID.class), new ComplaintNumber(row.getString("number"))))
                .optional();
        claimed.ifPresent(this::acknowledge);
        return claimed.isPresent();
    }

    private void acknowledge(Told told) {
        try {
            complaints.perform(
                    told.complaint(),
                    null,
                    new Command.Acknowledge(Contact.WECHAT),
                    Actor.SYSTEM,
                    (complaint, writes) -> writes.addOne(
                            "update wechat.outgoing set report_at = null where id = ? and report_at is not null",
                            told.message()));
        } catch (Refused refused) {
            // Nobody works on it any more.
            log.info("Nothing is acknowledged on complaint {}: {}", told.complaint(), refused.key());
            jdbc.sql("update wechat.outgoing set report_at = null where id = :id")
                    .param("id", told.message())
                    .update();
        }
    }
}
