package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Policies;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The life of complaints. Every change is a command: in one transaction it locks the row, checks the expected version and the
 * guards, and writes state, history and clocks in one round trip. Nothing else writes a complaint.
 */
@Component
public class Complaints {
    /** Events shown or compared at once. */
    static final int HISTORY_LIMIT = 500;

    /** More than anybody does to one complaint. */
    private static final int MOST_WORK = 5_000;

    private static final int TRIES = 5;

    private final Register register;
    private final History history;
    private final Clocks clocks;
    private final Policies policies;
    private final Packs packs;
    private final Keys keys;
    private final Numbers numbers;
    private final InstantSource time;
    private final DataSource database;
    private final Things things;
    private final ObjectProvider<CaseGuard> guards;

    Complaints(
            Register register,
            History history,
            Clocks clocks,
            Policies policies,
            Packs packs,
            Keys keys,
            Numbers numbers,
            InstantSource time,
            DataSource database,
            Things things,
            ObjectProvider<CaseGuard> guards) {
        this.register = register;
        this.history = history;
        this.clocks = clocks;
        this.policies = policies;
        this.packs = packs;
        this.keys = keys;
        this.numbers = numbers;
        this.time = time;
        this.database = database;
        this.things = things;
        this.guards = guards;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public Complaints at(InstantSource otherTime) {
        return new Complaints(
                register, history, clocks, policies, packs, keys, numbers, otherTime, database, things, guards);
    }

    /** What is to happen to a locked complaint. */
    record Decided(Register.Found found, List<ComplaintEvent> events) {}

    /** Somebody else changed the complaint since the caller read it. */
    @ResponseStatus(HttpStatus.CONFLICT)
    public static final class Changed extends Refused {
        private final transient ComplaintNumber number;
        private final transient List<HistoryEvent> since;

        Changed(ComplaintNumber number, List<HistoryEvent> since) {
            super("complaint.refused.changed", number.readable());
            this.number = number;
            this.since = List.copyOf(since);
        }

        public ComplaintNumber number() {
            return number;
        }

        /** What the caller has not seen yet. */
        public List<HistoryEvent> since() {
            return since;
        }
    }

    /** There is no such complaint, or the caller may not know of it. */
    @ResponseStatus(HttpStatus.NOT_FOUND)
    public static final class Unknown extends Refused {
        public Unknown(ComplaintNumber number) {
            super("complaint.refused.unknown", number.readable());
        }
    }

    @Transactional
    public Complaint register(Registration registration, Actor actor) {
        return register(registration, actor, (complaint, writes) -> {});
    }

    /**
     * Takes in a complaint: one row, its first events and clocks. When it returns (and the surrounding transaction, if any, is
     * committed) the complaint is stored for good.
     *
     * @param alongside adds what must be true together with it, such as the key of the request
     */
    @Transactional
    public Complaint register(Registration registration, Actor actor, BiConsumer<Complaint, Writes> alongside) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        Pack checked = registration.pack();
        Pack pack = checked == null ? packs.of(registration.businessLine()) : checked;
        var writes = new Writes();
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        var following = new ComplaintClocks(clocks, policies, packs, writes, List.of());

        ComplaintEvent registered = registered(registration, pack);
        Complaint unclocked = Complaint.first(id, History.next(1, now, actor, registered, List.of()));
        List<ClockChange> started = registration.archive() == null ? following.begin(unclocked) : List.of();
        HistoryEvent first = History.next(1, now, actor, registered, started);
        Complaint complaint = Complaint.first(id, first);
        var events = new ArrayList<HistoryEvent>(List.of(first));
        for (ComplaintEvent event : furtherEvents(registration)) {
            complaint = followed(complaint, event, actor, now, following, events);
        }
        // The row comes first because events point at it; the chain's head is known only after the events.
        var eventWrites = new Writes();
        byte[] head = Chain.BEGINNING;
        for (HistoryEvent event : events) {
            head = history.append(eventWrites, id, event, key, head);
        }
        var all = new Writes();
        register.insert(all, complaint, wrapped, key, head);
        all.addAll(eventWrites).addAll(writes);
        things.write(all, complaint, pack);
        alongside.accept(complaint, all);
        all.send(database);
        return complaint;
    }

    private ComplaintEvent registered(Registration r, Pack pack) {
        return new ComplaintEvent.Registered(
                numbers.next(),
                pack.id(),
                pack.version(),
                r.businessLine(),
                r.channel(),
                r.kind(),
                r.category(),
                r.severity(),
                r.priority(),
                r.department(),
                r.customersAffected(),
                r.title(),
                r.content(),
                r.customer().name(),
                r.customer().phone(),
                r.customer().email(),
                r.product(),
                r.remedySought(),
                r.origin(),
                r.externalNumber(),
                r.occurredAt() == null ? null : r.occurredAt().truncatedTo(ChronoUnit.MICROS),
                r.receivedAt().truncatedTo(ChronoUnit.MICROS),
                r.owner(),
                r.attachments());
    }

    private static List<ComplaintEvent> furtherEvents(Registration registration) {
        Registration.Archive archive = registration.archive();
        if (archive != null) {
            return List.of(new ComplaintEvent.ArrivedClosed(
                    archive.reply(), archive.closedAt().truncatedTo(ChronoUnit.MICROS)));
        }
        var further = new ArrayList<ComplaintEvent>();
        if (registration.acknowledged()) {
            further.add(new ComplaintEvent.Acknowledged(
                    registration.channel() == Channel.HOTLINE ? Contact.PHONE : Contact.ONLINE));
        }
        if (registration.ownerConfirmed()) {
            further.add(new ComplaintEvent.OwnershipConfirmed(registration.owner()));
        }
        return further;
    }

    @Transactional
    public Complaint perform(ComplaintNumber number, @Nullable Integer expectedVersion, Command command, Actor actor) {
        return perform(number, expectedVersion, command, actor, (complaint, writes) -> {});
    }

    /**
     * Carries out a command.
     *
     * @param expectedVersion the version the caller decided on; null when the command does not depend on what it saw
     * @throws Changed when somebody else changed the complaint since then
     * @throws Refused with the reason when the rules do not allow it; nothing has changed then
     */
    @Transactional
    public Complaint perform(
            ComplaintNumber number,
            @Nullable Integer expectedVersion,
            Command command,
            Actor actor,
            BiConsumer<Complaint, Writes> alongside) {
        if (command instanceof Command.Tie tie) {
            return tie(number, expectedVersion, tie, actor, alongside);
        }
        Register.Found found = register.lock(number).orElseThrow(() -> new Unknown(number));
        if (found.complaint().isJoined() && !Complaint.allowedWhenJoined(command)) {
            throw new Refused("complaint.refused.joined", living(number).readable());
        }
        refuseStale(found, expectedVersion);
        List<ComplaintEvent> decided = found.complaint().decide(command);
        guards.forEach(guard -> guard.check(found.complaint(), command, actor));
        var writes = new Writes();
        Complaint after = append(writes, found, decided, actor, time.instant());
        alongside.accept(after, writes);
        writes.send(database);
        return after;
    }

    /**
     * Carries out what a neighbouring module does to a complaint: its events join the history, its rows go with them.
     *
     * @param expectedVersion as for a command
     * @throws Changed when somebody else changed the complaint since then
     * @throws Refused with the reason when the rules do not allow it; nothing has changed then
     */
    @Transactional
    public Complaint record(ComplaintNumber number, @Nullable Integer expectedVersion, Actor actor, CaseWork work) {
        Register.Found found = register.lock(number).orElseThrow(() -> new Unknown(number));
        Complaint complaint = found.complaint();
        if (complaint.erasedAt() != null) {
            throw new Refused("complaint.refused.erased");
        }
        if (complaint.isJoined()) {
            throw new Refused("complaint.refused.joined", living(number).readable());
        }
        refuseStale(found, expectedVersion);
        var writes = new Writes();
        List<ComplaintEvent> decided = List.copyOf(work.decide(complaint, writes));
        Complaint after = decided.isEmpty() ? complaint : append(writes, found, decided, actor, time.instant());
        writes.send(database);
        return after;
    }

    /**
     * Carries out what a customer says to a number: on the complaint in which it goes on, if it was joined.
     *
     * @throws Refused with the reason when the rules do not allow it; nothing has changed then
     */
    @Transactional
    public Complaint performOnLiving(
            ComplaintNumber number, Command command, Actor actor, BiConsumer<Complaint, Writes> alongside) {
        ComplaintNumber living = living(number);
        // Who joins just now holds the lock: then it is looked up once more.
        for (int tries = 1; tries < TRIES; tries++) {
            if (register.lock(living)
                    .map(found -> !found.complaint().isJoined())
                    .orElse(true)) {
                break;
            }
            living = living(number);
        }
        return perform(living, null, living.equals(number) ? command : command.through(number), actor, alongside);
    }

    /** The number of the complaint in which this one goes on, in the end; itself when it was not joined. */
    @Transactional(readOnly = true)
    public ComplaintNumber living(ComplaintNumber number) {
        List<Register.Standing> chain = register.upFrom(number);
        return chain.isEmpty() ? number : chain.getLast().number();
    }

    /** The complaints that go on in this one, whether directly or not, the oldest first. */
    @Transactional(readOnly = true)
    public List<Dossier> joined(ComplaintNumber number, int events) {
        return register.below(List.of(number)).stream()
                .map(found -> new Dossier(
                        found.complaint(),
                        history.before(
                                found.complaint().id(),
                                found.key(),
                                Integer.MAX_VALUE,
                                Math.min(events, HISTORY_LIMIT)),
                        List.of()))
                .toList();
    }

    /** Changes two complaints or more: all are locked, in one order, before any rule is asked. */
    private Complaint tie(
            ComplaintNumber number,
            @Nullable Integer expectedVersion,
            Command.Tie command,
            Actor actor,
            BiConsumer<Complaint, Writes> alongside) {
        List<ComplaintNumber> chain =
                switch (command) {
                    case Command.Join c -> List.of(number, living(c.into()));
                    case Command.Link c -> List.of(number, c.other());
                    case Command.Unlink c -> List.of(number, c.other());
                    case Command.Separate c -> numbers(register.upFrom(number));
                };
        Map<ComplaintNumber, Register.Found> locked = register.lock(chain).stream()
                .collect(Collectors.toMap(found -> found.complaint().number(), Function.identity()));
        for (ComplaintNumber needed : chain.isEmpty() ? List.of(number) : chain) {
            if (!locked.containsKey(needed)) {
                throw new Unknown(needed);
            }
        }
        List<Complaint> all = chain.stream()
                .map(each -> Objects.requireNonNull(locked.get(each)).complaint())
                .toList();
        Complaint one = all.getFirst();
        if (one.isJoined() && !Complaint.allowedWhenJoined(command)) {
            throw new Refused("complaint.refused.joined", living(number).readable());
        }
        refuseStale(Objects.requireNonNull(locked.get(number)), expectedVersion);
        Complaint last = all.getLast();
        List<Joining.Step> steps =
                switch (command) {
                    case Command.Join c -> {
                        refuseOvertaken(last.isJoined());
                        yield Joining.join(c, one, last);
                    }
                    case Command.Separate c -> {
                        refuseOvertaken(last.isJoined());
                        for (int i = 1; i < all.size(); i++) {
                            refuseOvertaken(
                                    !all.get(i).number().equals(all.get(i - 1).joinedTo()));
                        }
                        yield Joining.separate(c, one, all.subList(1, all.size()));
                    }
                    case Command.Link c -> Joining.link(c, one, last);
                    case Command.Unlink c -> Joining.unlink(c, one, last);
                };
        return tie(steps, locked, actor, alongside);
    }

    private Complaint tie(
            List<Joining.Step> steps,
            Map<ComplaintNumber, Register.Found> locked,
            Actor actor,
            BiConsumer<Complaint, Writes> alongside) {
        List<Decided> decided = steps.stream()
                .map(step -> new Decided(
                        Objects.requireNonNull(locked.get(step.complaint().number())),
                        step.complaint().decide(step.command())))
                .toList();
        var writes = new Writes();
        Instant now = time.instant();
        List<Complaint> after = decided.stream()
                .filter(each -> !each.events().isEmpty())
                .map(each -> append(writes, each.found(), each.events(), actor, now))
                .toList();
        alongside.accept(after.getFirst(), writes);
        writes.send(database);
        return after.getFirst();
    }

    private static List<ComplaintNumber> numbers(List<Register.Standing> chain) {
        return chain.stream().map(Register.Standing::number).toList();
    }

    /** What was looked up before the locks is not so any more. */
    private static void refuseOvertaken(boolean isOvertaken) {
        if (isOvertaken) {
            throw new Refused("complaint.refused.joined-meanwhile");
        }
    }

    private void refuseStale(Register.Found found, @Nullable Integer expectedVersion) {
        Complaint complaint = found.complaint();
        if (expectedVersion == null || expectedVersion == complaint.version()) {
            return;
        }
        List<HistoryEvent> since = history.after(complaint.id(), found.key(), expectedVersion, HISTORY_LIMIT).stream()
                .filter(event -> !isBell(event.event()) && !isByTheWay(event.event()))
                .toList();
        if (!since.isEmpty() || expectedVersion > complaint.version()) {
            throw new Changed(complaint.number(), since);
        }
    }

    /** A bell does not change the case, nor does who heard it: nobody who works on it is held up by it. */
    private static boolean isBell(ComplaintEvent event) {
        return event instanceof ComplaintEvent.ClockWarned
                || event instanceof ComplaintEvent.Escalated
                || event instanceof ComplaintEvent.EscalationAcknowledged
                || event instanceof ComplaintEvent.TaskOpened
                || event instanceof ComplaintEvent.TaskDone;
    }

    private static boolean isByTheWay(ComplaintEvent event) {
        return event instanceof ComplaintEvent.CaseEvent work && !work.changesTheCase();
    }

    /** Adds state, events and clocks of a locked complaint to the writes. */
    Complaint append(Writes writes, Register.Found found, List<ComplaintEvent> decided, Actor actor, Instant now) {
        return append(
                writes,
                found,
                decided,
                actor,
                now,
                clocksMatter(decided) ? clocks.of(found.complaint().id()) : List.of());
    }

    /** Whether one of the events may change clocks. */
    static boolean clocksMatter(List<ComplaintEvent> decided) {
        return decided.stream().anyMatch(event -> !isQuiet(event));
    }

    /** The same when the caller has the clocks; they may be left out when they do not matter. */
    Complaint append(
            Writes writes,
            Register.Found found,
            List<ComplaintEvent> decided,
            Actor actor,
            Instant now,
            List<Clock> known) {
        Register.Grown grown = grown(writes, found, known, decided, actor, now);
        register.update(writes, found, grown.after(), grown.head());
        return grown.after();
    }

    /** Adds what moves no clock to the histories of many locked complaints, with as few statements as that takes. */
    void appendQuietly(Writes writes, List<Decided> decided, Actor actor, Instant now) {
        var grown = new ArrayList<Register.Grown>();
        for (Decided each : decided) {
            if (clocksMatter(each.events())) {
                throw new IllegalArgumentException("not quiet: " + each.events());
            }
            grown.add(grown(writes, each.found(), List.of(), each.events(), actor, now));
        }
        register.update(writes, grown);
    }

    /** Adds the events and what they do to the clocks; the complaint itself is still to be written. */
    private Register.Grown grown(
            Writes writes,
            Register.Found found,
            List<Clock> known,
            List<ComplaintEvent> decided,
            Actor actor,
            Instant now) {
        var following = new ComplaintClocks(clocks, policies, packs, writes, known);
        Complaint after = found.complaint();
        // A clock must not go backwards within one history, whatever a node believes the time to be.
        Instant at = now.truncatedTo(ChronoUnit.MICROS).isBefore(after.updatedAt())
                ? after.updatedAt()
                : now.truncatedTo(ChronoUnit.MICROS);
        var events = new ArrayList<HistoryEvent>();
        for (ComplaintEvent event : decided) {
            after = followed(after, event, actor, at, following, events);
        }
        byte[] head = found.head();
        for (HistoryEvent event : events) {
            head = history.append(writes, after.id(), event, found.keyToWrite(), head);
        }
        Tasks.follow(writes, found.complaint(), events, after);
        EscalatedComplaints.follow(writes, found.complaint(), after);
        if (after.erasedAt() != null) {
            things.erase(writes, after.id());
        }
        return new Register.Grown(found, after, head);
    }

    private static boolean isQuiet(ComplaintEvent event) {
        return isBell(event)
                || (event instanceof ComplaintEvent.CaseEvent work
                        && work.milestone() == null
                        && work.promises().isEmpty())
                || event instanceof ComplaintEvent.Noted
                || event instanceof ComplaintEvent.JoinedBy
                || event instanceof ComplaintEvent.SeparatedFrom
                || event instanceof ComplaintEvent.Linked
                || event instanceof ComplaintEvent.Unlinked
                || event instanceof ComplaintEvent.ConfirmationAttempted;
    }

    static Complaint followed(
            Complaint before,
            ComplaintEvent event,
            Actor actor,
            Instant at,
            ComplaintClocks following,
            List<HistoryEvent> events) {
        int sequence = before.version() + 1;
        Complaint unclocked = before.after(History.next(sequence, at, actor, event, List.of()));
        List<ClockChange> changes = isQuiet(event) ? List.of() : following.follow(before, event, unclocked, actor, at);
        HistoryEvent recorded = History.next(sequence, at, actor, event, changes);
        events.add(recorded);
        return before.after(recorded);
    }

    @Transactional(readOnly = true)
    public Optional<Complaint> find(ComplaintNumber number) {
        return register.find(number).map(Register.Found::complaint);
    }

    @Transactional(readOnly = true)
    public List<Complaint> find(List<UUID> ids) {
        return register.find(ids).stream().map(Register.Found::complaint).toList();
    }

    /** The complaint that came under this external number from this origin. */
    @Transactional(readOnly = true)
    public Optional<ComplaintNumber> find(String origin, String externalNumber) {
        return register.numberOf(origin, externalNumber);
    }

    /** A complaint with its newest events (newest first, before a sequence number). */
    @Transactional(readOnly = true)
    public Optional<Dossier> dossier(ComplaintNumber number, int beforeSequence, int limit) {
        return register.find(number)
                .map(found -> new Dossier(
                        found.complaint(),
                        history.before(
                                found.complaint().id(), found.key(), beforeSequence, Math.min(limit, HISTORY_LIMIT)),
                        clocks.of(found.complaint().id())));
    }

    /** Events after a sequence number, oldest first. */
    @Transactional(readOnly = true)
    public List<HistoryEvent> history(ComplaintNumber number, int afterSequence, int limit) {
        return register.find(number)
                .map(found -> history.after(
                        found.complaint().id(), found.key(), afterSequence, Math.min(limit, HISTORY_LIMIT)))
                .orElseThrow(() -> new Unknown(number));
    }

    /** The last event of one of these types; empty when there is none. */
    @Transactional(readOnly = true)
    public Optional<HistoryEvent> newest(ComplaintNumber number, Set<Class<? extends ComplaintEvent>> types) {
        return register.find(number)
                .map(found -> history.newest(
                        found.complaint().id(),
                        found.key(),
                        types.stream().map(Class::getSimpleName).toList()))
                .orElseThrow(() -> new Unknown(number));
    }

    /** What a neighbouring module has recorded of its work on the complaint, oldest first. */
    @Transactional(readOnly = true)
    public List<HistoryEvent> work(ComplaintNumber number, CaseEvents family) {
        List<String> types = family.types().stream().map(Class::getSimpleName).toList();
        return register.find(number)
                .map(found -> history.of(found.complaint().id(), found.key(), types, MOST_WORK))
                .orElseThrow(() -> new Unknown(number));
    }
}
