package io.bihuan.complaint;

import io.bihuan.platform.Ids;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who saw the unmasked data of a customer, and why (PIPL art. 51: access to personal information is limited and recorded). */
@Component
public class Reveals {
    /** Characters (code points) of a reason. */
    public static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final InstantSource time;

    Reveals(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Records it; what is to be seen may be shown once this has returned. */
    public void record(Complaint complaint, UUID staff, String fields, String reason) {
        jdbc.sql("""
                        insert into complaint.reveal (complaint_id, id, staff, fields, reason, at)
                        values (:complaint, :id, :staff, :fields, :reason, :now)
                        """)
                .param("complaint", complaint.id())
                .param("id", Ids.next())
                .param("staff", staff)
                .param("fields", fields)
                .param("reason", reason)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
