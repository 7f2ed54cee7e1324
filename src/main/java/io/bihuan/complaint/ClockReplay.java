package io.bihuan.complaint;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.Clock;
import io.bihuan.clock.Policies;
import io.bihuan.clock.Replay;
import io.bihuan.clock.Subject;
import io.bihuan.platform.Actor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the deadlines of one complaint anew from its history, and says where they are not those that were promised or stored. */
final class ClockReplay {
    private static final Comparator<Clock> ORDER = Comparator.comparing(Clock::name)
            .thenComparing(Clock::startedAt)
            .thenComparing(Clock::isOpen)
            .thenComparing(Clock::dueAt);

    private final Replay replay;
    private final List<String> differences = new ArrayList<>();

    ClockReplay(Policies policies, Calendars calendars, Subject subject) {
        this.replay = new Replay(policies, calendars, subject);
    }

    /** One event more; {@code after} is the state it led to. */
    void follow(HistoryEvent event, Complaint after) {
        for (ClockChange change : event.clocks()) {
            try {
                Clock counted = apply(event, change, after);
                if (change.dueAt() != null && !change.dueAt().equals(counted.dueAt())) {
                    differences.add("clock %s: event %d promised %s, counted %s"
                            .formatted(change.name(), event.sequence(), change.dueAt(), counted.dueAt()));
                }
            } catch (RuntimeException e) {
                differences.add("clock %s: event %d cannot be counted: %s"
                        .formatted(change.name(), event.sequence(), e.getMessage()));
            }
        }
    }

    private Clock apply(HistoryEvent event, ClockChange change, Complaint after) {
        String name = change.name();
        String calendar = change.calendar();
        String actor = event.actor().toString();
        return switch (change.change()) {
            case STARTED ->
                replay.started(
                        Objects.requireNonNullElseGet(
                                change.policy(), () -> after.pack() + "/" + after.packVersion() + "/" + name + "/0"),
                        Objects.requireNonNullElse(calendar, "always/1"),
                        after.severity(),
                        Objects.requireNonNullElseGet(change.from(), () -> from(event, after)));
            case STOPPED -> replay.stopped(name, calendar, event.at());
            case CANCELLED -> replay.cancelled(name, calendar, event.at());
            case PAUSED ->
                replay.paused(
                        name,
                        calendar,
                        Objects.requireNonNullElse(change.pause(), ComplaintClocks.WAITING),
                        actor,
                        event.at());
            case RESUMED -> replay.resumed(name, calendar, event.at());
            case REBASED -> replay.severityChanged(name, calendar, after.severity(), event.at());
            case PROMISED -> replay.promised(name, calendar, Objects.requireNonNull(change.dueAt()));
            case EXTENDED -> replay.extended(name, calendar, approver(event).toString(), why(event), event.at());
            case REPLACED ->
                replay.replaced(
                        name,
                        Objects.requireNonNull(change.policy()),
                        Objects.requireNonNull(calendar),
                        actor,
                        reason(event),
                        event.at());
            case REOPENED -> replay.reopened(name, calendar, after.pausedFor());
            case CORRECTED -> replay.corrected(name, Objects.requireNonNull(calendar));
        };
    }

    /** Histories from before the start was written down: the registration's clocks run from the time received. */
    private static java.time.Instant from(HistoryEvent event, Complaint after) {
        return event.event() instanceof ComplaintEvent.Registered ? after.receivedAt() : event.at();
    }

    private static Actor approver(HistoryEvent event) {
        return event.event() instanceof ComplaintEvent.ClockExtended extended && extended.approver() != null
                ? Actor.staff(extended.approver())
                : event.actor();
    }

    private static String why(HistoryEvent event) {
        return event.event() instanceof ComplaintEvent.ClockExtended extended ? extended.why() : "";
    }

    private static String reason(HistoryEvent event) {
        return event.event() instanceof ComplaintEvent.ClockReplaced replaced ? replaced.reason() : "";
    }

    /**
     * What was promised or is stored, and is not what the history adds up to.
     *
     * @param subject as it is after the last event
     */
    List<String> differences(List<Clock> stored, Subject subject) {
        var all = new ArrayList<>(differences);
        List<Clock> counted = replay.clocks().stream().sorted(ORDER).toList();
        List<Clock> found = stored.stream().sorted(ORDER).toList();
        if (counted.size() != found.size()) {
            all.add("clocks: %d are stored, the history has %d".formatted(found.size(), counted.size()));
            return all;
        }
        for (int i = 0; i < found.size(); i++) {
            Clock is = found.get(i);
            Clock must = counted.get(i);
            differ(all, is, "due", is.dueAt(), must.dueAt());
            differ(all, is, "due by its own fields", is.dueAt(), is.recounted().dueAt());
            differ(all, is, "started", is.startedAt(), must.startedAt());
            differ(all, is, "state", is.state(), must.state());
            differ(all, is, "stopped", is.stoppedAt(), must.stoppedAt());
            differ(all, is, "amount", is.wholeAmount(), must.wholeAmount());
            differ(all, is, "policy", is.policy().toString(), must.policy().toString());
            differ(all, is, "pauses", is.pauses(), must.pauses());
            differ(all, is, "subject", is.subject(), subject);
        }
        return all;
    }

    private static void differ(List<String> all, Clock clock, String what, @Nullable Object is, @Nullable Object must) {
        if (!Objects.equals(is, must)) {
            all.add("clock %s: %s is %s, the history adds up to %s".formatted(clock.name(), what, is, must));
        }
    }
}
