package io.bihuan.message;

import io.bihuan.message.Course.Leg;
import io.bihuan.message.MessageRows.Kept;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings messages on their way: whoever takes one has moved its time to the end of a lease, hands it over outside of the transaction and
 * writes down what came of it. One of which that was never written down – the node died, the provider did not answer – is not handed over
 * again before the provider said that it does not know it.
 */
@Component
public class MessageWork {
    /** Longer than any wait for a provider. */
    static final Duration LEASE = Duration.ofSeconds(60);

    static final int MOST_TRIES = 8;
    static final int MOST_ASKS = 14;

    private static final Logger log = LoggerFactory.getLogger(MessageWork.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final Duration FIRST_ASK = Duration.ofSeconds(5);
    private static final Duration LONGEST_FATE_PAUSE = Duration.ofMinutes(10);

    /** When a provider is asked whether it has arrived, should it not say so by itself. */
    private static final List<Duration> LOOKS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24),
            Duration.ofHours(72));

    private record Job(
            Kept kept, MessageChannel channel, Errand errand, boolean isAsking, int tries, int asks, Instant until) {}

    private record Taken(boolean isAny, @Nullable Job job) {
        static final Taken NOTHING = new Taken(false, null);
    }

    private record Fate(
            UUID message, int seq, String subject, UUID subjectId, Way way, State state, Instant at, int tries) {}

    private final MessageRows rows;
    private final Receipts receipts;
    private final OptOuts optOuts;
    private final MessageSettings settings;
    private final ObjectProvider<MessageChannel> channels;
    private final ObjectProvider<MessageFate> fates;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Keys keys;
    private final InstantSource time;

    MessageWork(
            MessageRows rows,
            Receipts receipts,
            OptOuts optOuts,
            MessageSettings settings,
            ObjectProvider<MessageChannel> channels,
            ObjectProvider<MessageFate> fates,
            JdbcClient jdbc,
            DataSource database,
            TransactionTemplate transaction,
            Keys keys,
            InstantSource time) {
        this.rows = rows;
        this.receipts = receipts;
        this.optOuts = optOuts;
        this.settings = settings;
        this.channels = channels;
        this.fates = fates;
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = transaction;
        this.keys = keys;
        this.time = time;
    }

    /** Does everything that is due now, and tells what came of it. */
    public void work() {
        boolean hasWorked;
        do {
            hasWorked = false;
            while (step()) {
                hasWorked = true;
            }
            while (tellOne()) {
                hasWorked = true;
            }
        } while (hasWorked);
    }

    /** Whether what no channel brings lies in the local outbox. */
    public boolean keepsLocally() {
        Boolean wanted = settings.get().localOutbox();
        return wanted == null ? channel(Way.SMS).isEmpty() : wanted;
    }

    private Optional<MessageChannel> channel(Way way) {
        return channels.orderedStream()
                .filter(channel -> channel.way() == way && channel.isReady())
                .findFirst();
    }

    /** Does the next thing that is due; false when there is none. */
    boolean step() {
        var looked = new ArrayList<UUID>();
        Taken taken;
        try {
            taken = Objects.requireNonNull(transaction.execute(status -> rows.lockNext(time.instant(), looked::add)
                    .map(kept -> new Taken(true, take(kept).orElse(null)))
                    .orElse(Taken.NOTHING)));
        } catch (RuntimeException e) {
            if (looked.isEmpty()) {
                throw e;
            }
            // One that cannot be worked on must not stand before all others.
            log.warn("Message {} is looked at again later: {}", looked.getFirst(), e.toString());
            jdbc.sql("update message.message set next_at = :later where id = :id and next_at is not null")
                    .param("later", time.instant().plus(LONGEST_PAUSE).atOffset(ZoneOffset.UTC))
                    .param("id", looked.getFirst())
                    .update();
            return true;
        }
        if (taken.job() != null) {
            run(taken.job());
        }
        return taken.isAny();
    }

    private Optional<Job> take(Kept kept) {
        Instant now = time.instant();
        Course course = kept.course();
        if (kept.to() == null) {
            write(kept, forgotten(course, now));
            return Optional.empty();
        }
        return switch (course.state()) {
            case PLANNED, HELD -> begin(kept, kept.to(), now);
            case SENDING -> ask(kept, now);
            case SENT -> look(kept, now);
            case DELIVERED, READ, FAILED, CALL, SUPPRESSED, CANCELLED -> {
                write(kept, course.lookAgain(null));
                yield Optional.empty();
            }
        };
    }

    /** Nobody can be told or asked about whom nothing is known any more. */
    private static Course forgotten(Course course, Instant now) {
        return course.state().isWaiting()
                ? course.cancelled(now)
                : course.state() == State.SENDING
                        ? course.failed(course.way(), "message.error.erased", now)
                        : course.lookAgain(null);
    }

    private void write(Kept kept, Course after) {
        var writes = new Writes();
        rows.write(writes, kept, after);
        writes.send(database);
    }

    private Optional<Job> begin(Kept kept, Recipient to, Instant now) {
        Course course = kept.course();
        Way way = course.way();
        MessageChannel channel = channel(way).orElse(null);
        boolean isLocal = channel == null && way != Way.PHONE && keepsLocally();
        if (kept.addressIndex()
                .filter(index -> optOuts.has(index, kept.category()))
                .isPresent()) {
            write(kept, course.suppressed(now));
        } else if (to.address(way) == null && way != Way.WECHAT) {
            write(kept, course.failed(way, "message.error.noAddress", now));
        } else if (channel == null && !isLocal && way != Way.PHONE) {
            write(kept, course.failed(way, "message.error.notSetUp", now));
        } else {
            Instant awake = kept.hastened() == way ? now : quietUntil(kept, to, now);
            Instant free = awake.isAfter(now) || way == Way.PHONE ? now : take(kept, to, now);
            if (awake.isAfter(now)) {
                write(kept, course.held(awake, "message.error.quiet", now));
            } else if (free.isAfter(now)) {
                write(kept, course.held(free, "message.error.limit", now));
            } else if (way == Way.PHONE) {
                write(kept, course.call(now));
            } else if (channel == null) {
                write(kept, course.handed(true, now, now).sent(way, null, now, overdueAt(course, now)));
            } else {
                Course handed = course.handed(false, now, now.plus(LEASE));
                write(kept, handed);
                return Optional.of(job(kept, handed, channel, false, now));
            }
        }
        return Optional.empty();
    }

    private Job job(Kept kept, Course course, MessageChannel channel, boolean isAsking, Instant now) {
        Leg leg = course.leg();
        Errand errand = new Kept(
                        kept.id(),
                        kept.subject(),
                        kept.subjectId(),
                        kept.category(),
                        kept.purpose(),
                        kept.to(),
                        kept.contents(),
                        kept.phoneIndex(),
                        kept.emailIndex(),
                        kept.createdAt(),
                        kept.changedAt(),
                        kept.hastened(),
                        course)
                .errand();
        return new Job(kept, channel, errand, isAsking, leg.tries(), leg.asks(), now.plus(LEASE));
    }

    private Instant quietUntil(Kept kept, Recipient to, Instant now) {
        ZoneId zone = to.zone() == null ? rows.zone() : to.zone();
        return kept.category() != Category.URGENT && kept.course().way().rings()
                ? settings.get().quiet().next(now, zone)
                : now;
    }

    /** Takes one of those that the recipient may be told: now when there was one, or nobody waits for one, else when there will be. */
    private Instant take(Kept kept, Recipient to, Instant now) {
        Way way = kept.course().way();
        String address = to.address(way);
        byte[] index =
                keys.blindIndex("told " + way, address == null ? kept.subject() + " " + kept.subjectId() : address);
        List<Allowance.Limit> limits = settings.get().allowances();
        jdbc.sql(
                        "insert into message.told (recipient, taken, changed_at) values (:to, '{}', :now) on conflict do nothing")
                .param("to", index)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        Allowance allowance = jdbc.sql("select taken from message.told where recipient = :to for update")
                .param("to", index)
                .query((row, number) -> allowance(row))
                .single();
        Instant next = kept.hastened() == way ? now : allowance.next(limits, now);
        if (!next.isAfter(now)) {
            jdbc.sql("update message.told set taken = :taken, changed_at = :now where recipient = :to")
                    .param(
                            "taken",
                            allowance.with(now, limits).taken().stream()
                                    .map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at))
                                    .toArray(Long[]::new))
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("to", index)
                    .update();
        }
        return next;
    }

    private static Allowance allowance(ResultSet row) throws SQLException {
        return new Allowance(Arrays.stream((Long[]) row.getArray("taken").getArray())
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
                .toList());
    }

    private Optional<Job> ask(Kept kept, Instant now) {
        Course course = kept.course();
        MessageChannel channel = channel(course.way()).orElse(null);
        if (channel == null) {
            write(kept, course.failed(course.way(), "message.error.notSetUp", now));
            return Optional.empty();
        }
        Course asked = course.asked(now.plus(LEASE));
        write(kept, asked);
        return Optional.of(job(kept, asked, channel, true, now));
    }

    private Optional<Job> look(Kept kept, Instant now) {
        Course course = kept.course();
        Leg leg = course.leg();
        if (leg.isLocal()) {
            // Nobody goes to the next outbox because nobody looked at this one.
            Way next = course.next();
            boolean isBetter = next != null && channel(next).isPresent();
            Instant due = overdueAt(course, Objects.requireNonNullElse(leg.sentAt(), now));
            write(kept, isBetter && due != null && !now.isBefore(due) ? course.overdue(now) : course.lookAgain(null));
            return Optional.empty();
        }
        return ask(kept, now);
    }

    private @Nullable Instant overdueAt(Course course, Instant sentAt) {
        return course.next() == null
                ? null
                : sentAt.plus(settings.get().deliveredWithin().of(course.way()));
    }

    private void run(Job job) {
        if (!time.instant().isBefore(job.until().minus(LEASE.dividedBy(2)))) {
            return; // The node slept, and somebody else asks.
        }
        Outcome outcome;
        try {
            outcome = job.isAsking()
                    ? job.channel().ask(job.errand())
                    : job.channel().send(job.errand());
        } catch (RuntimeException e) {
            log.warn("The {} channel broke: {}", job.channel().way(), e.toString());
            outcome = new Outcome.Unknown("message.error.broken");
        }
        if (outcome instanceof Outcome.Taken && isLate(job) && job.channel().withdraw(job.errand())) {
            outcome = new Outcome.Refused("message.error.late");
        }
        Outcome known = outcome;
        transaction.executeWithoutResult(
                status -> rows.change(job.kept().id(), course -> judged(course, job, known, time.instant())));
    }

    private boolean isLate(Job job) {
        return job.kept().course().next() != null
                && time.instant()
                        .isAfter(job.errand()
                                .handedAt()
                                .plus(settings.get()
                                        .deliveredWithin()
                                        .of(job.channel().way())));
    }

    private Course judged(Course course, Job job, Outcome outcome, Instant now) {
        Way way = job.channel().way();
        Leg leg = course.leg(way);
        if (!leg.id().equals(job.errand().id())) {
            return course;
        }
        boolean isMine = leg.tries() == job.tries() && leg.asks() == job.asks() && course.way() == way;
        Course after =
                switch (outcome) {
                    case Outcome.Sent sent -> course.sent(way, sent.providerId(), now, course.nextAt());
                    case Outcome.Arrived arrived ->
                        course.arrived(
                                way,
                                arrived.isRead() ? State.READ : State.DELIVERED,
                                arrived.at().isAfter(now) ? now : arrived.at());
                    case Outcome.Refused refused ->
                        leg.tries() == job.tries() ? course.failed(way, refused.reason(), now) : course;
                    case Outcome.Taken taken ->
                        isMine ? course.unknown(way, now.plus(askPause(leg.asks())), null) : course;
                    case Outcome.Later later ->
                        !isMine
                                ? course
                                : job.isAsking()
                                        ? unclear(course, job, later.reason(), now)
                                        : later(course, job, later, now);
                    case Outcome.Unknown unknown -> isMine ? unclear(course, job, unknown.reason(), now) : course;
                    case Outcome.NotKnown notKnown -> isMine ? notKnown(course, job, notKnown, now) : course;
                };
        after = receipts.withKnown(after, way, now);
        return isMine && after.state() == State.SENT && after.way() == way ? watched(after, job, now) : after;
    }

    /** What is under way is looked at again, until it arrives, or until it is time for the next way. */
    private Course watched(Course course, Job job, Instant now) {
        Leg leg = course.leg();
        Instant sentAt = Objects.requireNonNullElse(leg.sentAt(), now);
        Instant due = job.channel().confirms() ? overdueAt(course, sentAt) : null;
        if (due != null && !now.isBefore(due)) {
            return course.overdue(now);
        }
        Instant next = LOOKS.stream()
                .map(sentAt::plus)
                .filter(now::isBefore)
                .findFirst()
                .orElse(null);
        return course.lookAgain(due != null && (next == null || due.isBefore(next)) ? due : next);
    }

    private Course later(Course course, Job job, Outcome.Later later, Instant now) {
        Way way = job.channel().way();
        if (job.tries() >= MOST_TRIES || isLate(job)) {
            return course.failed(way, later.reason(), now);
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(job.tries() - 1, 10));
        Duration least = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        return course.later(way, now.plus(later.pause() == null ? least : later.pause()), later.reason(), now);
    }

    /** Nobody knows yet, and for a while it is asked again; then the next way is better than silence. */
    private Course unclear(Course course, Job job, String reason, Instant now) {
        if (course.state() != State.SENDING) {
            return course;
        }
        return job.asks() >= MOST_ASKS || isLate(job)
                ? course.failed(job.channel().way(), "message.error.unclear", now)
                : course.unknown(job.channel().way(), now.plus(askPause(job.asks())), reason);
    }

    private Course notKnown(Course course, Job job, Outcome.NotKnown notKnown, Instant now) {
        Way way = job.channel().way();
        Leg leg = course.leg(way);
        if (course.state() != State.SENDING) {
            return course;
        }
        Instant handed = Objects.requireNonNullElse(leg.lastHandedAt(), now);
        Instant settled = handed.plus(job.channel().settling());
        if (now.isBefore(settled)) {
            Instant again = now.plus(askPause(job.asks()));
            return course.unknown(way, again.isAfter(settled) ? settled : again, null);
        }
        return notKnown.isProof() && job.tries() < MOST_TRIES
                ? course.later(way, now, "message.error.notTaken", now)
                : course.failed(way, "message.error.unclear", now);
    }

    private static Duration askPause(int asks) {
        Duration pause = FIRST_ASK.multipliedBy(1L << Math.min(asks, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Tells the next change to whoever the message is about; false when there is none. */
    boolean tellOne() {
        Instant now = time.instant();
        var failed = new ArrayList<Fate>();
        boolean isTold;
        try {
            isTold = Boolean.TRUE.equals(transaction.execute(status -> {
                Fate fate = next(now);
                if (fate == null) {
                    return false;
                }
                failed.add(fate);
                MessageFate listener = listeners().get(fate.subject());
                if (listener != null) {
                    listener.changed(fate.message(), fate.subjectId(), fate.way(), fate.state(), fate.at());
                }
                jdbc.sql("delete from message.fate where message_id = :id and seq = :seq")
                        .param("id", fate.message())
                        .param("seq", fate.seq())
                        .update();
                return true;
            }));
        } catch (RuntimeException e) {
            if (failed.isEmpty()) {
                throw e;
            }
            Fate fate = failed.getFirst();
            if (fate.tries() == 0) {
                log.warn("The fate of message {} is told again later: {}", fate.message(), e.toString());
            }
            Duration pause = Duration.ofSeconds(1L << Math.min(fate.tries(), 10));
            jdbc.sql("update message.fate set tries = tries + 1, next_at = :at where message_id = :id and seq = :seq")
                    .param(
                            "at",
                            now.plus(pause.compareTo(LONGEST_FATE_PAUSE) < 0 ? pause : LONGEST_FATE_PAUSE)
                                    .atOffset(ZoneOffset.UTC))
                    .param("id", fate.message())
                    .param("seq", fate.seq())
                    .update();
            return true;
        }
        return isTold;
    }

    private Map<String, MessageFate> listeners() {
        return fates.orderedStream()
                .collect(Collectors.toMap(MessageFate::subject, Function.identity(), (one, two) -> one));
    }

    private @Nullable Fate next(Instant now) {
        return jdbc.sql("""
            select * from message.fate f where next_at <= :now and not exists
                (select from message.fate e where e.message_id = f.message_id and e.seq < f.seq)
            order by next_at, message_id, seq limit 1 for update skip locked
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Fate(
                        row.getObject("message_id", UUID.class),
                        row.getInt("seq"),
                        row.getString("subject"),
                        row.getObject("subject_id", UUID.class),
                        Way.valueOf(row.getString("way")),
                        State.valueOf(row.getString("state")),
                        MessageRows.instant(row, "at"),
                        row.getInt("tries")))
                .optional()
                .orElse(null);
    }

    /** Works all the time, on every node at once. */
    @Component
    @WhenServing
    static class Bringing implements SmartLifecycle {
        private static final int BRINGERS = 3;

        private final MessageWork work;
        private final Messages messages;
        private final Receipts receipts;
        private volatile boolean isRunning;
        private volatile List<Thread> loops = List.of();

        Bringing(MessageWork work, Messages messages, Receipts receipts) {
            this.work = work;
            this.messages = messages;
            this.receipts = receipts;
        }

        @Override
        public void start() {
            isRunning = true;
            var started = new ArrayList<Thread>();
            for (int bringer = 1; bringer <= BRINGERS; bringer++) {
                started.add(Thread.ofVirtual().name("messages-" + bringer).start(this::keep));
            }
            loops = List.copyOf(started);
        }

        @Override
        public void stop() {
            isRunning = false;
            for (Thread loop : loops) {
                messages.bell().ring();
                try {
                    loop.join(Duration.ofSeconds(3));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }

        private void keep() {
            boolean isAway = false;
            while (isRunning) {
                try {
                    work.work();
                    isAway = false;
                } catch (RuntimeException | Error e) {
                    if (isRunning && !isAway) {
                        isAway = true;
                        log.warn("Messages stand still and go on as soon as they can: {}", e.toString());
                    }
                }
                try {
                    messages.bell().await(Duration.ofSeconds(1));
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        @Scheduled(initialDelay = 13, fixedDelay = 60, timeUnit = java.util.concurrent.TimeUnit.MINUTES)
        void forget() {
            while (receipts.forgetOld() > 0) {
                // the next batch
            }
        }
    }
}
