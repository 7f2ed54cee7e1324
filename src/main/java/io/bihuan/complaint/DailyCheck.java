package io.bihuan.complaint;

import io.bihuan.complaint.HistorySource.StoredAnchor;
import io.bihuan.complaint.HistorySource.StoredChain;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Ids;
import io.bihuan.platform.WhenServing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Every night counts everything anew: each complaint's row, each chain, each deadline from its history. What differs is an incident of
 * the system: it stands in the log and in the run, and every administrator is told. One node does it; one that dies is followed by another.
 */
@Component
@WhenServing
public class DailyCheck {
    /** What one night found; {@code finishedAt} is null while it goes on. */
    public record Run(
            LocalDate day,
            String node,
            Instant startedAt,
            @Nullable Instant finishedAt,
            long complaints,
            long events,
            long findings,
            List<String> details) {}

    private static final Logger log = LoggerFactory.getLogger(DailyCheck.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int MOST_RUNS = 30;
    private static final int MOST_DETAILS = 200;

    private final JdbcClient jdbc;
    private final StoredHistory stored;
    private final Staff staff;
    private final Notices notices;
    private final InstantSource time;
    private final ZoneId zone;
    private final LocalTime at;
    private final String node = UUID.randomUUID().toString();

    DailyCheck(
            JdbcClient jdbc,
            StoredHistory stored,
            Staff staff,
            Notices notices,
            InstantSource time,
            @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone,
            @Value("${bihuan.check.at:02:30}") LocalTime at) {
        this.jdbc = jdbc;
        this.stored = stored;
        this.staff = staff;
        this.notices = notices;
        this.time = time;
        this.zone = zone;
        this.at = at;
    }

    /** The last runs, the newest first. */
    public List<Run> runs() {
        return jdbc.sql("""
                        select day, node, started_at, finished_at, complaints, events, findings, details
                        from complaint.check_run order by day desc limit ?
                        """)
                .param(MOST_RUNS)
                .query((row, index) -> new Run(
                        row.getObject("day", LocalDate.class),
                        Objects.requireNonNull(row.getString("node")),
                        Objects.requireNonNull(Register.instant(row, "started_at")),
                        Register.instant(row, "finished_at"),
                        row.getLong("complaints"),
                        row.getLong("events"),
                        row.getLong("findings"),
                        List.of((String[]) row.getArray("details").getArray())))
                .list();
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void look() {
        ZonedDateTime now = time.instant().atZone(zone);
        if (now.toLocalTime().isBefore(at)) {
            return;
        }
        try {
            check(now.toLocalDate());
        } catch (DataAccessException e) {
            log.warn("The nightly check has to wait: {}", e.getMessage());
        }
    }

    /** Checks everything, unless another node does or did it on that day; whether it did. */
    boolean check(LocalDate day) {
        if (!claim(day)) {
            return false;
        }
        HistoryCheck.Report report;
        try {
            report = HistoryCheck.of(new Leased(day));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> details = report.details();
        jdbc.sql("""
                        update complaint.check_run
                        set finished_at = ?, complaints = ?, events = ?, findings = ?, details = ?
                        where day = ? and node = ?
                        """)
                .param(utc(time.instant()))
                .param(report.complaints())
                .param(report.events())
                .param(report.findings())
                .param(details.subList(0, Math.min(MOST_DETAILS, details.size()))
                        .toArray(String[]::new))
                .param(day)
                .param(node)
                .update();
        if (report.isIntact()) {
            log.info("The nightly check of {} complaints found nothing", report.complaints());
        } else {
            log.error(
                    "INCIDENT: the nightly check has {} findings, the first: {}",
                    report.findings(),
                    details.getFirst());
            tell(report.findings());
        }
        return true;
    }

    private void tell(long findings) {
        UUID occasion = Ids.next();
        Instant now = time.instant();
        notices.tell(staff.withRole(Role.ADMINISTRATOR, null).stream()
                .map(administrator -> new StaffNotice(
                        administrator.id(),
                        occasion,
                        "complaint.notice.check",
                        List.of(Long.toString(findings)),
                        "/desk/checks",
                        now))
                .toList());
    }

    private boolean claim(LocalDate day) {
        Instant now = time.instant();
        return jdbc.sql("""
                        insert into complaint.check_run as r (day, node, started_at, lease_until) values (?, ?, ?, ?)
                        on conflict (day) do update set node = excluded.node, started_at = excluded.started_at,
                            lease_until = excluded.lease_until
                        where r.finished_at is null and r.lease_until < excluded.started_at
                        """)
                        .param(day)
                        .param(node)
                        .param(utc(now))
                        .param(utc(now.plus(LEASE)))
                        .update()
                == 1;
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** The stored histories, whose reader says now and then that it is still alive. */
    private final class Leased implements HistorySource {
        private final LocalDate day;
        private Instant renewAt = time.instant();

        Leased(LocalDate day) {
            this.day = day;
        }

        @Override
        public void forEachChain(Consumer<StoredChain> reader) throws IOException {
            stored.forEachChain(chain -> {
                reader.accept(chain);
                renew();
            });
        }

        @Override
        public List<StoredAnchor> anchors() {
            return stored.anchors();
        }

        private void renew() {
            Instant now = time.instant();
            if (now.isBefore(renewAt)) {
                return;
            }
            renewAt = now.plus(LEASE.dividedBy(5));
            int mine = jdbc.sql("update complaint.check_run set lease_until = ? where day = ? and node = ?")
                    .param(utc(now.plus(LEASE)))
                    .param(day)
                    .param(node)
                    .update();
            if (mine == 0) {
                throw new IllegalStateException("another node took over the check of " + day);
            }
        }
    }
}
