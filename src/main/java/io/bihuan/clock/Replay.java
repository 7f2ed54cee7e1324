package io.bihuan.clock;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts the clocks of one subject anew from what its history says of them, without looking at what was stored. Versions of policies and
 * calendars are given as their texts ({@code pack/version/name/revision}, {@code name/version}).
 */
public final class Replay {
    private final Policies policies;
    private final Calendars calendars;
    private final Subject subject;
    private final List<Clock> clocks = new ArrayList<>();

    public Replay(Policies policies, Calendars calendars, Subject subject) {
        this.policies = policies;
        this.calendars = calendars;
        this.subject = subject;
    }

    /** The clocks as the history adds them up, in the order in which they were started. */
    public List<Clock> clocks() {
        return List.copyOf(clocks);
    }

    public Clock started(String policy, String calendar, Severity severity, Instant at) {
        Clock started =
                Clock.started(new UUID(0, clocks.size()), subject, policy(policy), calendar(calendar), severity, at);
        clocks.add(started);
        return started;
    }

    public Clock stopped(String name, @Nullable String calendar, Instant at) {
        return change(name, calendar, clock -> clock.stopped(clock.moment(at)));
    }

    public Clock cancelled(String name, @Nullable String calendar, Instant at) {
        return change(name, calendar, clock -> clock.cancelled(clock.moment(at)));
    }

    public Clock paused(String name, @Nullable String calendar, String reason, String actor, Instant at) {
        return change(name, calendar, clock -> clock.paused(new Pause(reason, actor, clock.moment(at), null)));
    }

    public Clock resumed(String name, @Nullable String calendar, Instant at) {
        return change(name, calendar, clock -> clock.resumed(clock.moment(at)));
    }

    public Clock severityChanged(String name, @Nullable String calendar, Severity severity, Instant at) {
        return change(
                name, calendar, clock -> clock.withSeverity(severity, clock.amountFor(severity), clock.moment(at)));
    }

    public Clock promised(String name, @Nullable String calendar, Instant due) {
        return change(name, calendar, clock -> clock.promised(due));
    }

    public Clock extended(String name, @Nullable String calendar, String approver, String reason, Instant at) {
        return change(name, calendar, clock -> {
            int taken = clock.course().extensions().size();
            ExtensionStep step = clock.policy().terms().extensionAfter(taken).orElseThrow();
            return clock.extended(new Extension(
                    clock.policy().terms().extensions().indexOf(step) + 1,
                    step.amount(),
                    approver,
                    reason,
                    clock.moment(at)));
        });
    }

    public Clock replaced(String name, String policy, String calendar, String actor, String reason, Instant at) {
        return change(
                name,
                null,
                clock -> clock.rebased(policy(policy), calendar(calendar), actor, reason, clock.moment(at)));
    }

    /** The one of this name that was cancelled last goes on, as if it had not been. */
    public Clock reopened(String name, @Nullable String calendar, Set<String> pausedFor) {
        for (int i = clocks.size() - 1; i >= 0; i--) {
            Clock clock = clocks.get(i);
            if (clock.name().equals(name) && clock.state() == ClockState.CANCELLED) {
                Clock open = clock.reopened(pausedFor);
                Clock reopened = calendar == null ? open : known(open, calendar(calendar));
                clocks.set(i, reopened);
                return reopened;
            }
        }
        throw new IllegalStateException("the history reopens a clock " + name + " that was not cancelled");
    }

    public Clock corrected(String name, String calendar) {
        return change(name, calendar, clock -> clock);
    }

    private Clock change(String name, @Nullable String calendar, UnaryOperator<Clock> change) {
        for (int i = clocks.size() - 1; i >= 0; i--) {
            Clock clock = clocks.get(i);
            if (clock.name().equals(name) && clock.isOpen()) {
                Clock changed = change.apply(calendar == null ? clock : known(clock, calendar(calendar)));
                clocks.set(i, changed);
                return changed;
            }
        }
        throw new IllegalStateException("the history changes a clock " + name + " that is not open");
    }

    /** By then more may have been known of the calendar. */
    private static Clock known(Clock clock, WorkCalendar calendar) {
        return clock.calendar().name().equals(calendar.name())
                        && clock.calendar().version() != calendar.version()
                ? clock.corrected(calendar)
                : clock;
    }

    private PolicyVersion policy(String text) {
        String[] parts = text.split("/", -1);
        return policies.get(parts[0], Integer.parseInt(parts[1]), parts[2], Integer.parseInt(parts[3]));
    }

    private WorkCalendar calendar(String text) {
        int slash = text.lastIndexOf('/');
        return calendars.get(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }
}
