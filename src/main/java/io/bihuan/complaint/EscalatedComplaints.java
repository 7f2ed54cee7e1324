package io.bihuan.complaint;

import io.bihuan.web.WaitingCount;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The complaints that have escalated to somebody, as long as nobody has acknowledged it. */
@Component
public class EscalatedComplaints {
    /** Complaints listed at once. */
    public static final int MOST = 100;

    private final JdbcClient jdbc;

    EscalatedComplaints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next due first. */
    @Transactional(readOnly = true)
    public List<UUID> to(UUID person) {
        return jdbc.sql("""
                        select id from complaint.complaint
                        where escalated_to is not null and escalated_to @> array[?]::uuid[]
                        order by coalesce(due_at, 'infinity'), id limit ?
                        """).param(person).param(MOST).query(UUID.class).list();
    }

    /** Those of the viewer. */
    public static final WaitingCount TO_VIEWER = WaitingCount.counting("""
            select count(*) from (select from complaint.complaint
                where escalated_to is not null and escalated_to @> array[:viewer]::uuid[] limit 100) c
            """);
}
