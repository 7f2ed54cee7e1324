package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Subject;
import io.bihuan.complaint.ClockChange.Change;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each event does to the clocks of its complaint, as the pack says it. Works on one command, then is thrown away. */
final class ComplaintClocks {
    static final String SUBJECT = "complaint";
    static final String WAITING = "WAITING_FOR_CUSTOMER";

    private final Clocks clocks;
    private final Packs packs;
    private final Writes writes;
    private final List<Clock> known;

    ComplaintClocks(Clocks clocks, Packs packs, Writes writes, List<Clock> known) {
        this.clocks = clocks;
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
        if (!after.isOpen() || event instanceof ComplaintEvent.Withdrawn || event instanceof ComplaintEvent.Erased) {
            each(open(), changes, Change.CANCELLED, clock -> clocks.cancel(writes, clock, at));
            return changes;
        }
        Milestone milestone = event.milestone();
        if (milestone != null) {
            each(
                    open().stream()
                            .filter(clock -> policy(after, clock).stopOn().contains(milestone.name()))
                            .toList(),
                    changes,
                    Change.STOPPED,
                    clock -> clocks.stop(writes, clock, at));
        }
        if (before.severity() != after.severity()) {
            each(open(), changes, Change.REBASED, clock -> clocks.rebase(
                    writes, clock, after.severity(), amount(policy(after, clock), after), at));
        }
        if (!before.isWaiting() && after.isWaiting()) {
            each(pausable(after), changes, Change.PAUSED, clock -> clocks.pause(writes, clock, WAITING, actor, at));
        }
        if (before.isWaiting() && !after.isWaiting()) {
            each(
                    open().stream()
                            .filter(clock -> clock.state() == ClockState.PAUSED)
                            .toList(),
                    changes,
                    Change.RESUMED,
                    clock -> clocks.resume(writes, clock, at));
        }
        if (milestone != null) {
            start(policies(after).startingOn(milestone.name()), after, at, null, changes);
        }
        if (event instanceof ComplaintEvent.ResultRefused || event instanceof ComplaintEvent.Reopened) {
            start(again(after), after, at, null, changes);
        }
        return changes;
    }

    /** Starts what the registration starts; the clocks run from the time received. */
    List<ClockChange> begin(Complaint registered) {
        // An import tells each owner once of all that is late; hundreds of alarms at once would tell nobody anything.
        Instant quietUntil = registered.channel() == Channel.IMPORT ? registered.registeredAt() : null;
        var changes = new ArrayList<ClockChange>();
        start(
                policies(registered).startingOn(Milestone.REGISTERED.name()),
                registered,
                registered.receivedAt(),
                quietUntil,
                changes);
        return changes;
    }

    /** A customer who is not satisfied, or comes back, has a right to a solution in the same time again. */
    private List<ClockPolicy> again(Complaint complaint) {
        return policies(complaint).stoppingOn(Milestone.SOLVED.name());
    }

    private void start(
            List<ClockPolicy> policies,
            Complaint complaint,
            Instant at,
            @Nullable Instant quietUntil,
            List<ClockChange> changes) {
        for (ClockPolicy policy : policies) {
            if (open().stream().noneMatch(clock -> clock.name().equals(policy.name()))) {
                Clock started = start(policy, complaint, at, quietUntil);
                known.add(started);
                changes.add(new ClockChange(policy.name(), Change.STARTED, started.dueAt()));
            }
        }
    }

    private Clock start(ClockPolicy policy, Complaint complaint, Instant at, @Nullable Instant quietUntil) {
        var subject = new Subject(SUBJECT, complaint.id());
        String pack = complaint.pack();
        int version = complaint.packVersion();
        return quietUntil == null
                ? clocks.start(writes, subject, policy, pack, version, complaint.severity(), at)
                : clocks.startQuietly(writes, subject, policy, pack, version, complaint.severity(), at, quietUntil);
    }

    private void each(
            List<Clock> chosen,
            List<ClockChange> changes,
            Change change,
            java.util.function.UnaryOperator<Clock> action) {
        for (Clock clock : chosen) {
            Clock changed = action.apply(clock);
            known.set(known.indexOf(clock), changed);
            boolean stillRuns = changed.state() == ClockState.RUNNING;
            if (change != Change.REBASED || stillRuns) {
                changes.add(new ClockChange(clock.name(), change, stillRuns ? changed.dueAt() : null));
            }
        }
    }

    private List<Clock> open() {
        return known.stream().filter(Clock::isOpen).toList();
    }

    private List<Clock> pausable(Complaint complaint) {
        return open().stream()
                .filter(clock -> clock.state() == ClockState.RUNNING)
                .filter(clock -> policy(complaint, clock).pausable().contains(WAITING))
                .toList();
    }

    private ClockPolicies policies(Complaint complaint) {
        return packs.get(complaint.pack(), complaint.packVersion()).part(ClockPolicies.class);
    }

    private ClockPolicy policy(Complaint complaint, Clock clock) {
        return policies(complaint)
                .find(clock.name())
                .orElseThrow(() -> new IllegalStateException("pack " + clock.pack() + " has no clock " + clock.name()));
    }

    private static int amount(ClockPolicy policy, Complaint complaint) {
        return Objects.requireNonNull(policy.amount().get(complaint.severity()));
    }
}
