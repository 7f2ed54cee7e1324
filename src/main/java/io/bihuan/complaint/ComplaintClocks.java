package io.bihuan.complaint;

import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.Policies;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.clock.Subject;
import io.bihuan.complaint.ClockChange.Change;
import io.bihuan.pack.Expression;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What each event does to the clocks of its complaint, as their policies say it. Works on one command, then is thrown away. Throws
 * {@link Refused} when the policies do not allow what the event asks for.
 */
final class ComplaintClocks {
    static final String SUBJECT = "complaint";
    static final String WAITING = "WAITING_FOR_CUSTOMER";

    private final Clocks clocks;
    private final Policies policies;
    private final Packs packs;
    private final Writes writes;
    private final List<Clock> known;

    ComplaintClocks(Clocks clocks, Policies policies, Packs packs, Writes writes, List<Clock> known) {
        this.clocks = clocks;
        this.policies = policies;
        this.packs = packs;
        this.writes = writes;
        this.known = new ArrayList<>(known);
    }

    /** The changes the event causes; already added to the writes. */
    List<ClockChange> follow(Complaint before, ComplaintEvent event, Complaint after, Actor actor, Instant at) {
        var changes = new ArrayList<ClockChange>();
        if (event instanceof ComplaintEvent.ArrivedClosed) {
            return changes;
        }
        Subject subject = subject(after);
        if (!subject.equals(subject(before))) {
            known.replaceAll(clock -> clock.on(subject));
            clocks.move(writes, subject);
        }
        // Who touches a complaint sees its deadlines by what is known today.
        each(open(clocks::isOutdated), changes, Change.CORRECTED, clock -> clocks.correct(writes, clock));
        if (event instanceof ComplaintEvent.Separated) {
            reopen(before, after, at, changes);
            return changes;
        }
        if (!after.isOpen()
                || after.isJoined()
                || event instanceof ComplaintEvent.Withdrawn
                || event instanceof ComplaintEvent.Erased) {
            each(open(), changes, Change.CANCELLED, clock -> clocks.cancel(writes, clock, at));
            return changes;
        }
        Milestone milestone = event.milestone();
        if (milestone != null) {
            each(
                    open(clock -> isStoppedBy(clock, milestone, event)),
                    changes,
                    Change.STOPPED,
                    clock -> clocks.stop(writes, clock, at));
            open(clock -> clock.policy().terms().restartOn().contains(milestone.name()))
                    .forEach(clock -> restart(clock, after, at, changes));
        }
        if (before.severity() != after.severity()) {
            each(open(), changes, Change.REBASED, clock -> clocks.changeSeverity(writes, clock, after.severity(), at));
        }
        standStill(before, event, after, actor, at, changes);
        switch (event) {
            case ComplaintEvent.ClockExtended extended -> extend(extended, actor, at, changes);
            case ComplaintEvent.ClockReplaced replaced -> replace(replaced, after, actor, at, changes);
            case ComplaintEvent.CaseEvent work -> promise(work, at, changes);
            default -> {} // the others do nothing more to clocks
        }
        if (event instanceof ComplaintEvent.ResultRefused) {
            // Who refuses it has heard it.
            each(
                    open(clock -> clock.policy().terms().stopOn().contains(Milestone.RESULT_TOLD.name())
                            && clock.policy().terms().startOn().equals(Milestone.SOLVED.name())),
                    changes,
                    Change.STOPPED,
                    clock -> clocks.stop(writes, clock, at));
        }
        if (milestone != null) {
            start(startingOn(milestone, after, at), after, at, null, changes);
        }
        if (event instanceof ComplaintEvent.Assessed || event instanceof ComplaintEvent.KindConverted) {
            judgeAgain(before, after, at, changes);
        }
        if (event instanceof ComplaintEvent.ResultRefused || event instanceof ComplaintEvent.Reopened) {
            start(again(after, at), after, at, null, changes);
        }
        return changes;
    }

    /** Assessing it once more promises nothing anew. */
    private List<PolicyVersion> startingOn(Milestone milestone, Complaint complaint, Instant at) {
        return policies.startingOn(pack(complaint), milestone.name(), at).stream()
                .filter(policy -> milestone != Milestone.ASSESSED
                        || known.stream().noneMatch(clock -> clock.name().equals(policy.name())))
                .toList();
    }

    /** What stopped with the join goes on as if there had been none: a limit runs from the receipt, whoever handled it. */
    private void reopen(Complaint before, Complaint after, Instant at, List<ClockChange> changes) {
        List<Clock> cancelled = known.stream()
                .filter(clock ->
                        clock.state() == ClockState.CANCELLED && Objects.equals(clock.stoppedAt(), before.joinedAt()))
                .toList();
        reopen(cancelled, after, at, changes);
    }

    private void reopen(List<Clock> cancelled, Complaint after, Instant at, List<ClockChange> changes) {
        for (Clock clock : cancelled) {
            Clock reopened = clocks.reopen(writes, clock, after.pausedFor(), at);
            known.set(known.indexOf(clock), reopened);
            changes.add(change(reopened, Change.REOPENED));
        }
    }

    /**
     * Which conditional clocks a case has is known for good when it has been assessed: one of its registration that should have run
     * counts from there, one that should not is cancelled.
     */
    private void judgeAgain(Complaint before, Complaint complaint, Instant at, List<ClockChange> changes) {
        boolean isOtherKind = before.kind() != complaint.kind();
        if (isOtherKind) {
            // Those of later milestones are not those of a complaint, of a praise, either.
            each(
                    open(clock -> !holds(clock.policy(), complaint)),
                    changes,
                    Change.CANCELLED,
                    clock -> clocks.cancel(writes, clock, at));
        }
        for (PolicyVersion policy : judged(complaint, isOtherKind, at)) {
            if (policy.terms().when() == null) {
                continue;
            }
            List<Clock> same = known.stream()
                    .filter(clock -> clock.name().equals(policy.name()))
                    .toList();
            if (!holds(policy, complaint)) {
                each(
                        same.stream().filter(Clock::isOpen).toList(),
                        changes,
                        Change.CANCELLED,
                        clock -> clocks.cancel(writes, clock, at));
            } else if (policy.terms().stopOn().stream().noneMatch(complaint::hasPassed)) {
                if (same.isEmpty()) {
                    boolean isFirst = policy.terms().startOn().equals(Milestone.REGISTERED.name());
                    start(List.of(policy), complaint, isFirst ? complaint.receivedAt() : at, null, changes);
                } else if (isOtherKind && same.getLast().state() == ClockState.CANCELLED) {
                    // It was taken for another kind by mistake.
                    reopen(List.of(same.getLast()), complaint, at, changes);
                }
            }
        }
    }

    /** Those of the registration; after a change of the kind also those of every milestone behind it. */
    private List<PolicyVersion> judged(Complaint complaint, boolean isOtherKind, Instant at) {
        return Arrays.stream(Milestone.values())
                .filter(milestone ->
                        milestone == Milestone.REGISTERED || (isOtherKind && complaint.hasPassed(milestone.name())))
                .flatMap(milestone -> policies.startingOn(pack(complaint), milestone.name(), at).stream())
                .toList();
    }

    /** Starts what the registration starts; the clocks run from the time received. */
    List<ClockChange> begin(Complaint registered) {
        // An import tells each owner once of all that is late; hundreds of alarms at once would tell nobody anything.
        Instant quietUntil = registered.channel() == Channel.IMPORT ? registered.registeredAt() : null;
        var changes = new ArrayList<ClockChange>();
        start(
                policies.startingOn(pack(registered), Milestone.REGISTERED.name(), registered.receivedAt()),
                registered,
                registered.receivedAt(),
                quietUntil,
                changes);
        return changes;
    }

    // ---- start, stop, anew ----

    private static boolean isStoppedBy(Clock clock, Milestone milestone, ComplaintEvent event) {
        return clock.policy().terms().stopOn().contains(milestone.name())
                && event.dispatch().suffices(clock.policy().terms().doneWhen());
    }

    /** A customer who is not satisfied, or comes back, has a right to a solution in the same time again. */
    private List<PolicyVersion> again(Complaint complaint, Instant at) {
        List<PolicyVersion> ofSolution = stopping(Milestone.SOLVED, complaint, at).stream()
                .filter(policy -> !policy.terms().startOn().equals(Milestone.ASSESSED.name()))
                .toList();
        // An inquiry or a praise has an answer only.
        return ofSolution.isEmpty()
                ? stopping(Milestone.RESULT_TOLD, complaint, at).stream()
                        .filter(policy -> policy.terms().startOn().equals(Milestone.REGISTERED.name()))
                        .toList()
                : ofSolution;
    }

    private List<PolicyVersion> stopping(Milestone milestone, Complaint complaint, Instant at) {
        return policies.stoppingOn(pack(complaint), milestone.name(), at).stream()
                .filter(policy -> holds(policy, complaint))
                .toList();
    }

    private void start(
            List<PolicyVersion> starting,
            Complaint complaint,
            Instant at,
            @Nullable Instant quietUntil,
            List<ClockChange> changes) {
        for (PolicyVersion policy : starting) {
            if (holds(policy, complaint)
                    && open().stream().noneMatch(clock -> clock.name().equals(policy.name()))) {
                Clock started = start(policy, complaint, at, quietUntil);
                known.add(started);
                changes.add(started(started));
            }
        }
    }

    private boolean holds(PolicyVersion policy, Complaint complaint) {
        Expression when = policy.terms().when();
        return when == null || when.holds(complaint.facts(pack(complaint)));
    }

    private Clock start(PolicyVersion policy, Complaint complaint, Instant at, @Nullable Instant quietUntil) {
        Subject subject = subject(complaint);
        List<String> keys = keys(complaint);
        return quietUntil == null
                ? clocks.start(writes, subject, policy, complaint.severity(), keys, at)
                : clocks.startQuietly(writes, subject, policy, complaint.severity(), keys, at, quietUntil);
    }

    private void restart(Clock clock, Complaint complaint, Instant at, List<ClockChange> changes) {
        List<Clock> pair = clocks.restart(writes, clock, keys(complaint), at);
        Clock ended = pair.getFirst();
        known.set(known.indexOf(clock), ended);
        known.add(pair.getLast());
        changes.add(change(ended, ended.state() == ClockState.MISSED ? Change.STOPPED : Change.CANCELLED));
        changes.add(started(pair.getLast()));
    }

    // ---- pauses ----

    private void standStill(
            Complaint before,
            ComplaintEvent event,
            Complaint after,
            Actor actor,
            Instant at,
            List<ClockChange> changes) {
        Set<String> reasons = after.pausedFor();
        if (before.pausedFor().equals(reasons)) {
            return;
        }
        each(
                open(clock -> clock.state() == ClockState.PAUSED
                        && !reasons.contains(
                                Objects.requireNonNull(clock.pauses().getLast()).reason())),
                changes,
                Change.RESUMED,
                clock -> clocks.resume(writes, clock, at));
        // What one reason lets go another may still hold.
        for (Clock clock : open(open -> open.state() == ClockState.RUNNING)) {
            clock.policy().terms().pausable().stream()
                    .filter(each -> reasons.contains(each.name()))
                    .findFirst()
                    .ifPresent(reason -> each(
                            List.of(clock),
                            changes,
                            Change.PAUSED,
                            open -> clocks.pause(writes, open, reason.name(), actor, at)));
        }
        if (event instanceof ComplaintEvent.ClocksPaused pausing) {
            List<PauseReason> allowed = open().stream()
                    .flatMap(clock -> clock.policy().terms().pauseFor(pausing.reason()).stream())
                    .toList();
            if (allowed.isEmpty()) {
                throw new Refused("complaint.refused.nothing-to-pause");
            }
            if (pausing.told() == null && allowed.stream().anyMatch(PauseReason::mustTell)) {
                throw new Refused("complaint.refused.pause-untold");
            }
        }
    }

    // ---- more time, another policy ----

    private void extend(ComplaintEvent.ClockExtended event, Actor actor, Instant at, List<ClockChange> changes) {
        Clock clock = open(event.clock());
        if (clock.isOverdue(at)) {
            throw new Refused("complaint.refused.extension-late");
        }
        ExtensionStep step = clock.policy()
                .terms()
                .extensionAfter(clock.course().extensions().size())
                .orElseThrow(() -> new Refused("complaint.refused.no-extension"));
        if (step.mustTell() && event.told() == null) {
            throw new Refused("complaint.refused.extension-untold");
        }
        Actor approver = event.approver() == null ? actor : Actor.staff(event.approver());
        each(List.of(clock), changes, Change.EXTENDED, open -> clocks.extend(writes, open, approver, event.why(), at));
    }

    /** Only while there is time left: what was missed stays missed. */
    private void promise(ComplaintEvent.CaseEvent event, Instant at, List<ClockChange> changes) {
        event.promises().forEach((name, due) -> {
            if (due.isBefore(at)) {
                throw new Refused("complaint.refused.promise-past");
            }
            each(
                    open(clock -> clock.name().equals(name)
                            && clock.policy().terms().mayBePromised()
                            && !clock.isOverdue(at)),
                    changes,
                    Change.PROMISED,
                    clock -> clocks.promise(writes, clock, due));
        });
    }

    private void replace(
            ComplaintEvent.ClockReplaced event,
            Complaint complaint,
            Actor actor,
            Instant at,
            List<ClockChange> changes) {
        Clock clock = open(event.clock());
        PolicyVersion newest = policies.find(pack(complaint), clock.name(), at)
                .orElseThrow(() -> new Refused("complaint.refused.no-newer-policy"));
        if (newest.equals(clock.policy())) {
            throw new Refused("complaint.refused.no-newer-policy");
        }
        each(
                List.of(clock),
                changes,
                Change.REPLACED,
                open -> clocks.rebase(writes, open, newest, keys(complaint), actor, event.reason(), at));
    }

    private Clock open(String name) {
        return open(clock -> clock.name().equals(name)).stream()
                .findFirst()
                .orElseThrow(() -> new Refused("complaint.refused.no-such-clock"));
    }

    // ---- inside ----

    private void each(List<Clock> chosen, List<ClockChange> changes, Change change, UnaryOperator<Clock> action) {
        for (Clock clock : chosen) {
            Clock changed = action.apply(clock);
            known.set(known.indexOf(clock), changed);
            if (change != Change.CORRECTED || !changed.dueAt().equals(clock.dueAt())) {
                changes.add(change(changed, change));
            }
        }
    }

    private static ClockChange started(Clock clock) {
        return new ClockChange(
                clock.name(),
                Change.STARTED,
                clock.dueAt(),
                clock.startedAt(),
                clock.policy().toString(),
                calendar(clock),
                null);
    }

    private static ClockChange change(Clock clock, Change change) {
        boolean isReplaced = change == Change.REPLACED;
        return new ClockChange(
                clock.name(),
                change,
                clock.state() == ClockState.RUNNING ? clock.dueAt() : null,
                null,
                isReplaced ? clock.policy().toString() : null,
                isReplaced || !isPlain(clock.calendar()) ? calendar(clock) : null,
                change == Change.PAUSED ? clock.pauses().getLast().reason() : null);
    }

    /** The one that every clock has from the start unless something else is said. */
    private static boolean isPlain(WorkCalendar calendar) {
        return calendar.name().equals(WorkCalendar.ALWAYS) && calendar.version() == 1;
    }

    private static String calendar(Clock clock) {
        return clock.calendar().name() + "/" + clock.calendar().version();
    }

    List<Clock> open() {
        return open(clock -> true);
    }

    private List<Clock> open(Predicate<Clock> wanted) {
        return known.stream().filter(Clock::isOpen).filter(wanted).toList();
    }

    static Subject subject(Complaint complaint) {
        return new Subject(SUBJECT, complaint.id(), complaint.kind().name(), complaint.department());
    }

    static List<String> keys(Complaint complaint) {
        return keys(complaint.department(), complaint.channel().name());
    }

    /** For whom a calendar may stand in: the department that handles it, the channel it came by. */
    static List<String> keys(@Nullable String department, String channelName) {
        String channel = "channel:" + channelName;
        return department == null ? List.of(channel) : List.of("department:" + department, channel);
    }

    private Pack pack(Complaint complaint) {
        return packs.get(complaint.pack(), complaint.packVersion());
    }
}
