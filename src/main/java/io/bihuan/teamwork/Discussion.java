package io.bihuan.teamwork;

import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who follows a complaint, and how far everybody has read. The notes themselves are events of the complaint. */
@Component
public class Discussion {
    private final JdbcClient jdbc;
    private final InstantSource time;

    Discussion(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** From now on this person is told of what happens to the complaint. */
    @Transactional
    public void watch(UUID complaintId, UUID person) {
        jdbc.sql("insert into teamwork.watch (complaint_id, person, since) values (?, ?, ?) on conflict do nothing")
                .param(complaintId)
                .param(person)
                .param(Rows.sql(time.instant()))
                .update();
    }

    @Transactional
    public void unwatch(UUID complaintId, UUID person) {
        jdbc.sql("delete from teamwork.watch where complaint_id = ? and person = ?")
                .param(complaintId)
                .param(person)
                .update();
    }

    @Transactional(readOnly = true)
    public boolean isWatching(UUID complaintId, UUID person) {
        return jdbc.sql("select exists (select from teamwork.watch where complaint_id = ? and person = ?)")
                .param(complaintId)
                .param(person)
                .query(Boolean.class)
                .single();
    }

    /** Up to which event of the history this person has read the notes; 0 when never. */
    @Transactional(readOnly = true)
    public int read(UUID complaintId, UUID person) {
        return jdbc.sql("select note_seq from teamwork.seen where complaint_id = ? and person = ?")
                .param(complaintId)
                .param(person)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** This person has read the notes up to that event. */
    @Transactional
    public void hasRead(UUID complaintId, UUID person, int sequence) {
        jdbc.sql("""
                        insert into teamwork.seen as s (complaint_id, person, note_seq) values (:complaint, :person, :seq)
                        on conflict (complaint_id, person) do update set note_seq = excluded.note_seq where s.note_seq < excluded.note_seq
                        """)
                .param("complaint", complaintId)
                .param("person", person)
                .param("seq", sequence)
                .update();
    }

    /** This person has read the shared thread up to that line. */
    @Transactional
    public void hasReadLine(UUID complaintId, UUID person, @Nullable UUID line) {
        if (line == null) {
            return;
        }
        jdbc.sql("""
                        insert into teamwork.seen as s (complaint_id, person, note_seq, line_id) values (:complaint, :person, 0, :line)
                        on conflict (complaint_id, person) do update set line_id = excluded.line_id
                            where s.line_id is null or s.line_id < excluded.line_id
                        """)
                .param("complaint", complaintId)
                .param("person", person)
                .param("line", line)
                .update();
    }
}
