package io.bihuan.complaint;

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

    /** How many; counts to a hundred. */
    @Transactional(readOnly = true)
    public int count(UUID person) {
        return jdbc.sql("""
                        select count(*) from (select 1 from complaint.complaint
                            where escalated_to is not null and escalated_to @> array[?]::uuid[] limit ?) escalated
                        """).param(person).param(MOST).query(Integer.class).single();
    }
}
