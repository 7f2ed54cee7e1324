package io.bihuan.clock;

import static java.util.stream.Collectors.toMap;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts open clocks anew when more became known of their calendars: a holiday notice that came late moves every deadline that depends
 * on it. All nodes look; who locks a subject first corrects it, and the others find it done.
 */
@Component
@WhenServing
class Corrections {
    private static final Logger log = LoggerFactory.getLogger(Corrections.class);
    private static final int PAGE = 200;
    private static final long EVERY_MILLIS = 5_000;

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Calendars calendars;
    private final InstantSource time;
    private final Map<String, CorrectionTarget> targets;

    Corrections(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            Calendars calendars,
            InstantSource time,
            ObjectProvider<CorrectionTarget> targets) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.calendars = calendars;
        this.time = time;
        this.targets = targets.stream().collect(toMap(CorrectionTarget::subjectKind, Function.identity()));
    }

    @Scheduled(fixedDelay = EVERY_MILLIS, initialDelay = EVERY_MILLIS)
    void look() {
        try {
            int corrected = correct();
            if (corrected > 0) {
                log.info("The clocks of {} subjects were counted anew by newer calendars", corrected);
            }
        } catch (DataAccessException e) {
            log.warn("Deadlines cannot be corrected now: {}", e.getMessage());
        }
    }

    /** Corrects what can be corrected now, page by page, and returns of how many subjects. */
    int correct() {
        int corrected = 0;
        for (String kind : targets.keySet()) {
            int page;
            do {
                page = page(kind);
                corrected += page;
            } while (page > 0);
        }
        return corrected;
    }

    private int page(String kind) {
        Collection<WorkCalendar> known = calendars.all();
        return Objects.requireNonNull(transaction.execute(status -> {
            List<UUID> outdated = jdbc.sql("""
                            select distinct o.subject_id
                            from unnest(?::text[], ?::integer[]) k (name, version)
                            cross join lateral (
                                select c.subject_id from clock.clock c
                                where c.calendar = k.name and c.calendar_version < k.version and c.stopped_at is null
                                and c.subject_kind = ? limit ?) o
                            limit ?
                            """)
                    .param(known.stream().map(WorkCalendar::name).toArray(String[]::new))
                    .param(known.stream().mapToInt(WorkCalendar::version).toArray())
                    .param(kind)
                    .param(PAGE)
                    .param(PAGE)
                    .query(UUID.class)
                    .list();
            if (outdated.isEmpty()) {
                return 0;
            }
            var writes = new Writes();
            int taken = Objects.requireNonNull(targets.get(kind)).correct(outdated, writes, time.instant());
            writes.send(database);
            return taken;
        }));
    }
}
