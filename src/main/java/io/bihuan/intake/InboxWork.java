package io.bihuan.intake;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.Complaints;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads what the inbox keeps, on every node at once. A message that is claimed is moved to the end of a lease; its consequence and its new
 * state are stored in one transaction, which fails when the claim was lost. What cannot be read is tried again and then parked, never
 * dropped; messages of one conversation are read in the order in which they were kept.
 */
@Component
@WhenServing
public class InboxWork implements SmartLifecycle {
    static final int MOST_ATTEMPTS = 5;
    /** Longer than any reading: a mail of the largest size, stored file by file. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(InboxWork.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final int LONGEST_ERROR = 500;

    private final Inbox inbox;
    private final Intake intake;
    private final Complaints complaints;
    private final ComplaintFiles files;
    private final ChannelDuties duties;
    private final DutyRoster roster;
    private final Packs packs;
    private final Map<String, InboxReader> readers;
    private final List<InboxWatcher> watchers;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final InstantSource time;
    private final boolean isEnabled;
    private final int workers;
    private volatile boolean isRunning;
    private volatile List<Thread> loops = List.of();

    InboxWork(
            Inbox inbox,
            Intake intake,
            Complaints complaints,
            ComplaintFiles files,
            ChannelDuties duties,
            DutyRoster roster,
            Packs packs,
            List<InboxReader> readers,
            List<InboxWatcher> watchers,
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            InstantSource time,
            @Value("${bihuan.inbox.enabled:true}") boolean isEnabled,
            @Value("${bihuan.inbox.workers:4}") int workers) {
        this.inbox = inbox;
        this.intake = intake;
        this.complaints = complaints;
        this.files = files;
        this.duties = duties;
        this.roster = roster;
        this.packs = packs;
        this.readers = readers.stream().collect(Collectors.toUnmodifiableMap(InboxReader::source, Function.identity()));
        this.watchers = List.copyOf(watchers);
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.time = time;
        this.isEnabled = isEnabled;
        this.workers = workers;
    }

    @Override
    public boolean isAutoStartup() {
        return isEnabled;
    }

    @Override
    public void start() {
        isRunning = true;
        var started = new ArrayList<Thread>();
        for (int worker = 1; worker <= workers; worker++) {
            started.add(Thread.ofVirtual().name("inbox-" + worker).start(this::keepReading));
        }
        loops = List.copyOf(started);
    }

    @Override
    public void stop() {
        isRunning = false;
        loops.forEach(loop -> inbox.bell().ring());
        for (Thread loop : loops) {
            try {
                loop.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        loops = List.of();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    private void keepReading() {
        boolean isAway = false;
        while (isRunning) {
            try {
                if (!readOne()) {
                    inbox.bell().await(Duration.ofMillis(500));
                }
                isAway = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (isRunning && !isAway) {
                    isAway = true;
                    log.warn("The inbox stands still and goes on as soon as it can: {}", e.toString());
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the next message that nobody reads; false when there is none now. */
    public boolean readOne() {
        InboxMessage claimed = claim();
        if (claimed == null) {
            return false;
        }
        try {
            settle(claimed, reading(claimed));
        } catch (OptimisticLockingFailureException lost) {
            log.info("Message {} was read elsewhere", claimed.id());
        } catch (RuntimeException | IOException e) {
            failed(claimed, e);
        }
        return true;
    }

    /** The attempt is counted when it begins, so that a message that kills a node is given up, too. */
    private @Nullable InboxMessage claim() {
        Instant now = time.instant();
        return jdbc.sql("""
                        update intake.message set attempts = attempts + 1, ready_at = :until
                        where id = (select m.id from intake.message m
                                    where m.state = 'NEW' and m.ready_at <= :now
                                    and (m.conversation is null or not exists (
                                        select from intake.message e
                                        where e.state = 'NEW' and e.source = m.source and e.conversation = m.conversation
                                        and e.id < m.id))
                                    order by m.ready_at, m.id limit 1 for update skip locked)
                        and state = 'NEW'
                        returning *
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) -> inbox.message(row))
                .optional()
                .orElse(null);
    }

    private Reading reading(InboxMessage message) throws IOException {
        if (message.attempts() > MOST_ATTEMPTS) {
            String error = message.error();
            return Reading.Parks.because(ParkReason.FAILED, message.draft(), error == null ? "" : error);
        }
        InboxReader reader = readers.get(message.reader());
        InboxMessage placed = placed(message);
        if (reader == null || placed.businessLine() == null) {
            return Reading.Parks.because(ParkReason.NOT_CONFIGURED, null, message.source());
        }
        Reading reading;
        try (InputStream raw = inbox.open(message)) {
            reading = reader.read(placed, raw);
        }
        return reading instanceof Reading.Opens opens
                        && duties.of(message.channel()).screensFirst()
                ? new Reading.Parks(ParkReason.SCREEN_FIRST, opens.submission(), List.of(), Alongside.NOTHING)
                : reading;
    }

    /** With the business line that counts for it. */
    private InboxMessage placed(InboxMessage message) {
        String line = message.businessLine();
        if (line == null) {
            line = duties.of(message.channel()).businessLine();
        }
        if (line == null) {
            line = packs.businessLines().stream().findFirst().orElse(null);
        }
        return message.of(line);
    }

    private void settle(InboxMessage message, Reading reading) {
        switch (reading) {
            case Reading.Opens opens -> open(message, opens);
            case Reading.Adds adds -> add(message, adds);
            case Reading.Parks parks -> park(message, parks);
            case Reading.Ends ends ->
                transaction.executeWithoutResult(status -> {
                    var writes = new Writes();
                    moved(writes, message, InboxMessage.State.ENDED, null, null);
                    writes.addOne(
                            "update intake.message set note = ? where id = ?",
                            inbox.sealing(message.id()).note(ends.note()),
                            message.id());
                    ends.alongside().write(message, null, writes);
                    writes.send(database);
                });
        }
    }

    private void open(InboxMessage message, Reading.Opens opens) {
        try {
            intake.register(opens.submission(), Actor.CUSTOMER, (complaint, writes) -> {
                moved(writes, message, InboxMessage.State.OPENED, complaint, null);
                opens.alongside().write(message, complaint, writes);
            });
        } catch (InvalidSubmission invalid) {
            List<String> problems = invalid.problems().stream()
                    .map(problem -> problem.pointer() + " " + problem.messageKey())
                    .toList();
            park(message, new Reading.Parks(ParkReason.INVALID, opens.submission(), problems, Alongside.NOTHING));
        }
    }

    private void add(InboxMessage message, Reading.Adds adds) {
        try {
            complaints.perform(
                    adds.to(),
                    null,
                    new Command.AddInformation(adds.text(), adds.attachments()),
                    Actor.CUSTOMER,
                    files.used(adds.attachments()).andThen((complaint, writes) -> {
                        moved(writes, message, InboxMessage.State.ADDED, complaint, null);
                        adds.alongside().write(message, complaint, writes);
                    }));
        } catch (Refused refused) {
            park(
                    message,
                    Reading.Parks.because(
                            ParkReason.UNKNOWN_CASE, null, adds.to().readable(), refused.key()));
        }
    }

    private void park(InboxMessage message, Reading.Parks parks) {
        UUID screener = roster.next(message.channel());
        transaction.executeWithoutResult(status -> {
            Inbox.Sealing sealing = inbox.sealing(message.id());
            var writes = new Writes();
            moved(writes, message, InboxMessage.State.PARKED, null, parks.reason());
            writes.addOne(
                    "update intake.message set arguments = ?, draft = ?, screener = ? where id = ?",
                    sealing.arguments(parks.arguments()),
                    sealing.draft(parks.draft()),
                    screener,
                    message.id());
            parks.alongside().write(message, null, writes);
            InboxMessage parked = placed(message).parked(parks.reason(), parks.arguments(), parks.draft(), screener);
            watchers.forEach(watcher -> watcher.parked(parked, writes));
            writes.send(database);
        });
    }

    /** One row, or the claim was lost and nothing happens. */
    private void moved(
            Writes writes,
            InboxMessage message,
            InboxMessage.State state,
            @Nullable Complaint complaint,
            @Nullable ParkReason reason) {
        writes.addOne(
                """
                update intake.message set state = ?, read_at = ?, complaint_id = ?, complaint_number = ?, reason = ?, error = null
                where id = ? and state = 'NEW' and attempts = ?
                """,
                state.name(),
                time.instant(),
                complaint == null ? null : complaint.id(),
                complaint == null ? null : complaint.number().digits(),
                reason == null ? null : reason.name(),
                message.id(),
                message.attempts());
    }

    private void failed(InboxMessage message, Exception error) {
        log.warn("Message {} could not be read and is tried again: {}", message.id(), error.toString());
        String said = error.toString();
        jdbc.sql("""
                        update intake.message set ready_at = :again, error = :error
                        where id = :id and state = 'NEW' and attempts = :attempts
                        """)
                .param(
                        "again",
                        time.instant()
                                .plus(FIRST_PAUSE.multipliedBy(1L << Math.min(message.attempts(), MOST_ATTEMPTS)))
                                .atOffset(ZoneOffset.UTC))
                .param(
                        "error",
                        said.substring(0, Math.min(said.length(), LONGEST_ERROR))
                                .replace('\0', ' '))
                .param("id", message.id())
                .param("attempts", message.attempts())
                .update();
    }
}
