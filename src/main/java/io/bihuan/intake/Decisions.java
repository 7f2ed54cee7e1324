package io.bihuan.intake;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.InboxMessage.State;
import io.bihuan.intake.MessageStep.Deed;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with messages that wait for them: one method for each verb. Each locks the message, refuses what somebody else did
 * before, and leaves a step. Who acts on a message that nobody has claimed claims it by that; what is claimed only its holder decides.
 */
@Component
@Transactional
public class Decisions {
    /** Characters of a note, a reason, an answer to a sender. */
    public static final int LONGEST_NOTE = 2_000;

    /** Messages closed at once. */
    public static final int MOST_AT_ONCE = 100;

    private static final String STEP = """
            insert into intake.message_step (message_id, seq, at, actor, what, person, note)
            select ?::uuid, coalesce(max(seq), 0) + 1, ?::timestamptz, ?::text, ?::text, ?::uuid, ?::bytea
            from intake.message_step where message_id = ?
            """;

    private final Inbox inbox;
    private final Complaints complaints;
    private final ComplaintFiles files;
    private final ChannelDuties duties;
    private final Staff staff;
    private final ObjectProvider<InboxWatcher> watchers;
    private final ObjectProvider<Replies> replies;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final InstantSource time;

    Decisions(
            Inbox inbox,
            Complaints complaints,
            ComplaintFiles files,
            ChannelDuties duties,
            Staff staff,
            ObjectProvider<InboxWatcher> watchers,
            ObjectProvider<Replies> replies,
            JdbcClient jdbc,
            DataSource database,
            InstantSource time) {
        this.inbox = inbox;
        this.complaints = complaints;
        this.files = files;
        this.duties = duties;
        this.staff = staff;
        this.watchers = watchers;
        this.replies = replies;
        this.jdbc = jdbc;
        this.database = database;
        this.time = time;
    }

    // ---- who has it ----

    /** Takes a message up; who has it already keeps it. */
    public void claim(UUID id, UUID who) {
        Waiting waiting = free(id, who);
        if (waiting.message().claimedAt() == null) {
            hold(id, who, who, Deed.CLAIMED, null, null);
        }
    }

    /**
     * Takes a message over from whoever had claimed it, as the one who does so saw it.
     *
     * @throws MessageHeld when somebody else has it by now
     */
    public void takeOver(UUID id, UUID who, UUID from) {
        InboxMessage message = open(id).message();
        if (!from.equals(message.screener())) {
            throw held(message);
        }
        hold(id, who, who, Deed.TAKEN_OVER, from, null);
    }

    /** Gives a message to a colleague, who has not claimed it by that. */
    public void forward(UUID id, UUID who, UUID to, String why) {
        free(id, who);
        hold(id, to, null, Deed.FORWARDED, to, why, Actor.staff(who));
    }

    private void hold(
            UUID id, UUID screener, @Nullable UUID claimer, Deed what, @Nullable UUID person, @Nullable String note) {
        hold(id, screener, claimer, what, person, note, claimer == null ? Actor.SYSTEM : Actor.staff(claimer));
    }

    private void hold(
            UUID id,
            UUID screener,
            @Nullable UUID claimer,
            Deed what,
            @Nullable UUID person,
            @Nullable String note,
            Actor actor) {
        Instant now = time.instant();
        var writes = new Writes();
        writes.addOne(
                "update intake.message set screener = ?, claimed_at = ? where id = ? and state = 'PARKED'",
                screener,
                claimer == null ? null : now,
                id);
        step(writes, id, actor, what, person, note, now);
        writes.send(database);
    }

    // ---- what becomes of it ----

    /**
     * What the registration of a complaint from a message must write alongside: the message is opened by it, or nothing is registered.
     */
    @Transactional(readOnly = true)
    public BiConsumer<Complaint, Writes> opening(UUID id, UUID who) {
        InboxMessage message = find(id).map(Waiting::message).orElseThrow(() -> gone());
        refuseHeld(message, who);
        return (complaint, writes) -> decided(writes, message, State.OPENED, complaint, Deed.OPENED, null, who);
    }

    /** Adds what the message says to a complaint. */
    public Complaint join(UUID id, UUID who, ComplaintNumber to, String text, List<Attachment> attachments) {
        InboxMessage message = free(id, who).message();
        return complaints.performOnLiving(
                to,
                new Command.AddInformation(text, attachments),
                Actor.staff(who),
                files.used(attachments)
                        .andThen((complaint, writes) -> decided(
                                writes,
                                message,
                                State.ADDED,
                                complaint,
                                Deed.ADDED,
                                complaint.number().readable(),
                                who)));
    }

    /**
     * Decides that nothing comes of it.
     *
     * @param reply what its sender is told; null for nothing
     */
    public void reject(UUID id, UUID who, String why, @Nullable String reply) {
        InboxMessage message = free(id, who).message();
        var writes = new Writes();
        if (reply != null) {
            answering(message).ifPresent(by -> {
                by.reply(message, reply, writes);
                step(writes, id, Actor.staff(who), Deed.REPLIED, null, reply, time.instant());
            });
        }
        decided(writes, message, State.REJECTED, null, Deed.REJECTED, why, who);
        writes.send(database);
    }

    /** Whether the sender can be told something the way the message came. */
    @Transactional(readOnly = true)
    public boolean canReply(InboxMessage message) {
        return answering(message).isPresent();
    }

    private Optional<Replies> answering(InboxMessage message) {
        return replies.stream()
                .filter(each -> each.source().equals(message.reader()) && each.canReply(message))
                .findFirst();
    }

    /** A call-back that reached the customer and left nothing to register. */
    public void called(UUID id, UUID who, String said) {
        InboxMessage message = callBack(id, who);
        var writes = new Writes();
        decided(writes, message, State.ENDED, null, Deed.CALLED, said, who);
        writes.send(database);
    }

    /** A call-back that reached nobody: it is due again after the time of its channel. */
    public void calledInVain(UUID id, UUID who, @Nullable String note) {
        InboxMessage message = callBack(id, who);
        Instant now = time.instant();
        Instant due = now.plus(duties.of(message.channel()).accept());
        var writes = new Writes();
        writes.addOne("""
                update intake.message set calls = calls + 1, screener = ?, claimed_at = coalesce(claimed_at, ?),
                    is_late = is_late or coalesce(answered_at is null and due_at < ?, false), answered_at = coalesce(answered_at, ?),
                    due_at = ?, climb_at = ?, climbs = 0
                where id = ? and state = 'PARKED'
                """, who, now, now, now, due, halfway(now, due), id);
        step(writes, id, Actor.staff(who), Deed.CALLED_IN_VAIN, null, note, now);
        writes.send(database);
    }

    private InboxMessage callBack(UUID id, UUID who) {
        InboxMessage message = free(id, who).message();
        if (message.reason() != ParkReason.CALL_BACK) {
            throw new MessageHeld("intake.refused.no-call-back");
        }
        return message;
    }

    /** Lets a message that failed, or that its reader understands better by now, be read again. */
    public void readAgain(UUID id, UUID who) {
        free(id, who);
        var writes = new Writes();
        writes.addOne("""
                update intake.message set state = 'NEW', read_at = null, attempts = 0, ready_at = ?, claimed_at = null
                where id = ? and state = 'PARKED'
                """, time.instant(), id);
        step(writes, id, Actor.staff(who), Deed.READ_AGAIN, null, null, time.instant());
        writes.send(database);
        inbox.bell().ring();
    }

    /** Puts away messages that nobody needs to answer; others among them stay, and how many were put away is returned. */
    public int close(List<UUID> ids, UUID who) {
        int closed = 0;
        // In one order, so that two who close the same ones wait for each other in turn.
        for (UUID id : ids.stream().distinct().sorted().limit(MOST_AT_ONCE).toList()) {
            Waiting waiting = locked(id);
            if (waiting == null || !waiting.isOpen() || needsAnswer(waiting.message())) {
                continue;
            }
            var writes = new Writes();
            decided(writes, waiting.message(), State.ENDED, null, Deed.CLOSED, null, who);
            writes.send(database);
            closed++;
        }
        return closed;
    }

    private static boolean needsAnswer(InboxMessage message) {
        ParkReason reason = message.reason();
        return reason == null || reason.needsAnswer();
    }

    private void decided(
            Writes writes,
            InboxMessage message,
            State state,
            @Nullable Complaint complaint,
            Deed what,
            @Nullable String note,
            UUID who) {
        Instant now = time.instant();
        // Who had claimed it stands in the condition: of two at once one finds it held.
        writes.addOne(
                """
                update intake.message set state = ?, complaint_id = ?, complaint_number = ?, screener = ?,
                    claimed_at = coalesce(claimed_at, ?), decided_at = ?, decided_by = ?, climb_at = null,
                    is_late = is_late or coalesce(answered_at is null and due_at < ?, false), answered_at = coalesce(answered_at, ?)
                where id = ? and state = 'PARKED' and (claimed_at is null or screener = ? or ? = 'CLOSED')
                """,
                state.name(),
                complaint == null ? null : complaint.id(),
                complaint == null ? null : complaint.number().digits(),
                who,
                now,
                now,
                who,
                now,
                now,
                message.id(),
                who,
                what.name());
        if (note != null && (state == State.ENDED || state == State.REJECTED)) {
            writes.addOne(
                    "update intake.message set note = ? where id = ?",
                    inbox.sealing(message.id()).note(note),
                    message.id());
        }
        step(writes, message.id(), Actor.staff(who), what, null, note, now);
        watchers.forEach(watcher -> watcher.decided(message.decided(state, complaint), complaint, writes));
    }

    // ---- what is looked at ----

    /** Notes that somebody was shown the raw content, or got a copy of it, and why. */
    public void shown(UUID id, UUID who, boolean isCopy, String why) {
        var writes = new Writes();
        step(writes, id, Actor.staff(who), isCopy ? Deed.COPIED : Deed.SHOWN, null, why, time.instant());
        writes.send(database);
    }

    /** A message that was parked at some time. */
    @Transactional(readOnly = true)
    public Optional<Waiting> find(UUID id) {
        return jdbc.sql("select * from intake.message where id = :id")
                .param("id", id)
                .query((row, number) -> waiting(row))
                .optional();
    }

    /** The steps of a message, the first first. */
    @Transactional(readOnly = true)
    public List<MessageStep> steps(UUID id) {
        Inbox.Sealing sealing = inbox.sealing(id);
        return jdbc.sql("""
                        select seq, at, actor, what, person, note from intake.message_step
                        where message_id = :id order by seq limit 500
                        """)
                .param("id", id)
                .query((row, number) -> new MessageStep(
                        row.getInt("seq"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Actor.parse(Objects.requireNonNull(row.getString("actor"))),
                        Deed.valueOf(row.getString("what")),
                        row.getObject("person", UUID.class),
                        sealing.key().decryptNullable(row.getBytes("note"))))
                .list();
    }

    // ---- what happens by itself ----

    /** Messages that nobody claimed in time, the one that waits longest first. */
    @Transactional(readOnly = true)
    public List<UUID> climbing(Instant now, int most) {
        return jdbc.sql("""
                        select id from intake.message where state = 'PARKED' and climb_at <= :now
                        order by climb_at, id limit :most
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    /**
     * Locks a message whose time to go up has come; empty when another node has it, or it has been claimed, decided or moved since.
     */
    public Optional<Waiting> lockClimbing(UUID id, Instant now) {
        return jdbc.sql("""
                        select * from intake.message where id = :id and state = 'PARKED' and climb_at <= :now
                        for update skip locked
                        """)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> waiting(row))
                .optional();
    }

    /**
     * Moves a message one step up; in the transaction that locked it.
     *
     * @param to who is to screen it from now on; null when it stays where it is
     * @param next when it goes up again
     */
    public void climb(Waiting waiting, @Nullable UUID to, @Nullable Instant next, Instant now) {
        UUID id = waiting.message().id();
        var writes = new Writes();
        writes.addOne("""
                update intake.message set climbs = climbs + 1, climb_at = ?, screener = coalesce(?, screener)
                where id = ? and state = 'PARKED'
                """, next, to, id);
        step(writes, id, Actor.SYSTEM, Deed.CLIMBED, to, null, now);
        writes.send(database);
    }

    /** Puts off a message that could not go up. */
    public void putOff(UUID id, Instant until) {
        jdbc.sql(
                        "update intake.message set climb_at = :until where id = :id and state = 'PARKED' and climb_at < :until")
                .param("id", id)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Everybody for whom something waits. */
    @Transactional(readOnly = true)
    public List<UUID> screeners() {
        return jdbc
                .sql("select distinct screener from intake.message where state = 'PARKED' limit 500")
                .query(UUID.class)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** What waits for somebody who is away since then, without what he claimed while away; locked, at most so many. */
    public List<Waiting> lockOf(UUID screener, Instant since, int most) {
        return jdbc.sql("""
                        select * from intake.message
                        where state = 'PARKED' and screener = :screener and (claimed_at is null or claimed_at < :since)
                        order by id limit :most for update skip locked
                        """)
                .param("screener", screener)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, number) -> waiting(row))
                .list();
    }

    /** Hands a message over from somebody who is away; in the transaction that locked it. Claimed work returns to be claimed. */
    public void handOver(Waiting waiting, UUID to) {
        hold(waiting.message().id(), to, null, Deed.HANDED_OVER, to, null, Actor.SYSTEM);
    }

    // ---- inside ----

    /** When half of the time is over. */
    static Instant halfway(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }

    private Waiting free(UUID id, UUID who) {
        Waiting waiting = open(id);
        refuseHeld(waiting.message(), who);
        return waiting;
    }

    private Waiting open(UUID id) {
        Waiting waiting = locked(id);
        if (waiting == null) {
            throw gone();
        }
        refuseDecided(waiting.message());
        return waiting;
    }

    private @Nullable Waiting locked(UUID id) {
        return jdbc.sql("select * from intake.message where id = :id for update")
                .param("id", id)
                .query((row, number) -> waiting(row))
                .optional()
                .orElse(null);
    }

    private void refuseHeld(InboxMessage message, UUID who) {
        refuseDecided(message);
        if (message.claimedAt() != null && !who.equals(message.screener())) {
            throw held(message);
        }
    }

    private void refuseDecided(InboxMessage message) {
        if (message.state() == State.PARKED) {
            return;
        }
        ComplaintNumber number = message.complaint();
        if (number != null) {
            throw new MessageHeld("intake.refused.message-registered", name(message.decidedBy()), number.readable());
        }
        throw new MessageHeld(
                message.state() == State.NEW ? "intake.refused.message-new" : "intake.refused.message-decided",
                name(message.decidedBy()));
    }

    private MessageHeld held(InboxMessage message) {
        return new MessageHeld("intake.refused.message-held", name(message.screener()));
    }

    private static MessageHeld gone() {
        return new MessageHeld("intake.refused.message-gone");
    }

    private String name(@Nullable UUID person) {
        return person == null ? "—" : staff.find(person).map(StaffMember::name).orElse("—");
    }

    private void step(
            Writes writes, UUID id, Actor actor, Deed what, @Nullable UUID person, @Nullable String note, Instant at) {
        writes.add(
                STEP,
                id,
                at,
                actor.toString(),
                what.name(),
                person,
                note == null ? null : inbox.sealing(id).note(note),
                id);
    }

    Waiting waiting(ResultSet row) throws SQLException {
        InboxMessage message = inbox.message(row);
        Instant parkedAt = instant(row, "read_at");
        return new Waiting(
                message,
                parkedAt == null ? message.receivedAt() : parkedAt,
                instant(row, "due_at"),
                row.getInt("climbs"),
                instant(row, "answered_at"),
                row.getBoolean("is_late"),
                row.getInt("calls"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
