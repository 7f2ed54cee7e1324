package io.bihuan.investigation;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.WhenServing;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reminds those who have steps to take when one is due, once for each due time; every node looks, each row is claimed by one. */
@Component
@WhenServing
class StepsDue {
    private record Due(UUID complaint, Instant at, List<UUID> people) {}

    private final JdbcClient jdbc;
    private final Complaints complaints;
    private final Notices notices;
    private final InstantSource time;
    private final TransactionTemplate transaction;

    StepsDue(
            JdbcClient jdbc,
            Complaints complaints,
            Notices notices,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.complaints = complaints;
        this.notices = notices;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelay = 20, fixedDelay = 20, timeUnit = TimeUnit.SECONDS)
    void remind() {
        while (remindNext()) {
            // the next one
        }
    }

    /** Reminds of what is due longest; false when nothing is. */
    boolean remindNext() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Due> due = claim();
            due.ifPresent(this::tell);
            return due.isPresent();
        }));
    }

    private Optional<Due> claim() {
        return jdbc.sql("""
                        update investigation.investigation set reminded_at = next_due_at
                        where complaint_id = (select complaint_id from investigation.investigation
                                              where next_due_at <= :now and next_due_at is distinct from reminded_at
                                              order by next_due_at limit 1 for update skip locked)
                        returning complaint_id, next_due_at, people
                        """)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> due(row))
                .optional();
    }

    private void tell(Due due) {
        for (Complaint complaint : complaints.find(List.of(due.complaint()))) {
            if (!complaint.isOpen()) {
                return;
            }
            UUID occasion = UUID.nameUUIDFromBytes((due.complaint() + "/" + due.at()).getBytes(StandardCharsets.UTF_8));
            notices.tell(due.people().stream()
                    .map(person -> new StaffNotice(
                            person,
                            occasion,
                            "investigation.notice.due",
                            List.of(complaint.number().readable()),
                            "/desk/complaints/" + complaint.number().digits() + "/investigation",
                            time.instant()))
                    .toList());
        }
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                row.getObject("next_due_at", OffsetDateTime.class).toInstant(),
                Arrays.asList(
                        (UUID[]) Objects.requireNonNull(row.getArray("people")).getArray()));
    }
}
