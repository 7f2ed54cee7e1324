package io.bihuan.complaint;

import io.bihuan.platform.Writes;
import io.bihuan.web.WaitingCount;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The complaints that have escalated to somebody, as long as nobody has acknowledged it; the rows are written together with the events
 * that tell somebody and those that end it.
 */
@Component
public class EscalatedComplaints {
    /** Complaints listed at once. */
    public static final int MOST = 100;

    /** For whom a complaint is listed, and when it is due. */
    record Listed(UUID person, @Nullable Instant dueAt) {}

    private final JdbcClient jdbc;

    EscalatedComplaints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next due first. */
    @Transactional(readOnly = true)
    public List<UUID> to(UUID person) {
        return jdbc.sql("""
                        select complaint_id from complaint.escalated
                        where person = ? order by coalesce(due_at, 'infinity'), complaint_id limit ?
                        """).param(person).param(MOST).query(UUID.class).list();
    }

    /** Those of the viewer. */
    public static final WaitingCount TO_VIEWER = WaitingCount.counting(
            "select count(*) from (select from complaint.escalated where person = :viewer limit 100) e");

    /** Adds to the writes whom a complaint has escalated to since, whom it has no more, and when it is due now. */
    static void follow(Writes writes, Complaint before, Complaint after) {
        var told = new HashSet<>(after.escalatedTo());
        var gone = new HashSet<>(before.escalatedTo());
        var stay = new HashSet<>(told);
        stay.retainAll(gone);
        told.removeAll(stay);
        gone.removeAll(stay);
        told.forEach(person -> writes.addOne(
                "insert into complaint.escalated (complaint_id, person, due_at) values (?, ?, ?)",
                after.id(),
                person,
                after.dueAt()));
        if (!gone.isEmpty()) {
            writes.addMany(
                    gone.size(),
                    "delete from complaint.escalated where complaint_id = ? and person = any(?::uuid[])",
                    after.id(),
                    gone.stream().map(UUID::toString).toArray(String[]::new));
        }
        if (!stay.isEmpty() && !Objects.equals(before.dueAt(), after.dueAt())) {
            writes.addMany(
                    stay.size(),
                    "update complaint.escalated set due_at = ? where complaint_id = ? and person = any(?::uuid[])",
                    after.dueAt(),
                    after.id(),
                    stay.stream().map(UUID::toString).toArray(String[]::new));
        }
    }

    /** What is listed of each of these: for whom, and when it is due. */
    Map<UUID, Set<Listed>> of(Collection<UUID> complaints) {
        var listed = new HashMap<UUID, Set<Listed>>();
        jdbc.sql("select complaint_id, person, due_at from complaint.escalated where complaint_id = any(:ids)")
                .param("ids", complaints.toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    listed.computeIfAbsent(row.getObject("complaint_id", UUID.class), id -> new HashSet<>())
                            .add(new Listed(row.getObject("person", UUID.class), Register.instant(row, "due_at")));
                });
        return listed;
    }

    /** What should be. */
    static Set<Listed> of(Complaint complaint) {
        return complaint.escalatedTo().stream()
                .map(person -> new Listed(person, complaint.dueAt()))
                .collect(Collectors.toSet());
    }
}
