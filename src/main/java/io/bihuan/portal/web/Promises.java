package io.bihuan.portal.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Extension;
import io.bihuan.clock.Owed;
import io.bihuan.clock.Pause;
import io.bihuan.clock.PauseFor;
import io.bihuan.complaint.ClockChange;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Milestone;
import io.bihuan.pack.CaseFacts;
import io.bihuan.pack.Expression;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the company promises in time, as customers read it: always from the pack's clocks, never from a text. */
@Component
class Promises {
    private final Packs packs;
    private final InstantSource time;

    Promises(Packs packs, InstantSource time) {
        this.packs = packs;
        this.time = time;
    }

    /** What holds for every complaint of a severity. */
    record BySeverity(String severity, String tone, List<String> words) {}

    /** One promise to one customer: what, until when, what became of it, and what changed it on the way. */
    record Kept(String label, String until, String state, String tone, boolean isOpen, List<String> changes) {
        Kept saying(String other) {
            return new Kept(label, until, other, tone, isOpen, changes);
        }
    }

    List<BySeverity> of(Pack pack, Texts t) {
        ClockPolicies policies = pack.part(ClockPolicies.class);
        return Arrays.stream(Severity.values())
                .map(severity -> new BySeverity(
                        t.of(severity),
                        tone(severity),
                        policies.clocks().stream()
                                // Who files here has the number at once: there is nothing to promise.
                                .filter(policy -> !policy.stopOn().contains(Milestone.ACKNOWLEDGED.name()))
                                .filter(Promises::isPromised)
                                .filter(policy -> holdsForAll(policy, pack, severity))
                                .map(policy -> words(policy, severity, t))
                                .toList()))
                .toList();
    }

    /** What is a matter within the house, or towards an authority, is nothing that the customer was promised. */
    private static boolean isPromised(ClockPolicy policy) {
        return policy.owedTo() == Owed.CUSTOMER
                && !Milestone.valueOf(policy.startOn()).isWithinTheHouse();
    }

    /** What depends on the single case is promised on its own pages only. */
    private static boolean holdsForAll(ClockPolicy policy, Pack pack, Severity severity) {
        Expression when = policy.when();
        return when == null
                || (Set.of("severity", "kind").containsAll(when.fields()) && when.holds(complaint(pack, severity)));
    }

    private static CaseFacts complaint(Pack pack, Severity severity) {
        return new CaseFacts(pack, Kind.COMPLAINT, null, null, severity, null, Map.of());
    }

    private static String tone(Severity severity) {
        return switch (severity) {
            case GENERAL -> "teal";
            case URGENT -> "orange";
            case MAJOR -> "red";
        };
    }

    private static String words(ClockPolicy policy, Severity severity, Texts t) {
        String length = ClockTexts.amount(policy.amountFor(severity), policy.unit(), t);
        String label = policy.label().in(t.locale());
        return policy.startOn().equals(Milestone.REGISTERED.name())
                ? t.of("portal.promise.within", label, length)
                : t.of("portal.promise.after", label, t.of("portal.milestone." + policy.startOn()), length);
    }

    /**
     * What was promised in this complaint, in the order in which it falls due; what no longer matters is not in it. What was
     * promised once more, because the complaint was taken up again, says so of the first time.
     *
     * @param untold the names of those clocks whose notice never came, neither in time nor late
     * @param events of the complaint: they tell which deadlines were corrected
     */
    List<Kept> of(Complaint complaint, List<Clock> clocks, Set<String> untold, List<HistoryEvent> events, Texts t) {
        ClockPolicies policies =
                packs.get(complaint.pack(), complaint.packVersion()).part(ClockPolicies.class);
        Map<String, Clock> latest = clocks.stream()
                .collect(Collectors.toMap(
                        Clock::name, clock -> clock, BinaryOperator.maxBy(Comparator.comparing(Clock::startedAt))));
        return clocks.stream()
                .filter(clock -> clock.state() != ClockState.CANCELLED)
                .filter(clock -> isPromised(clock.policy().terms()))
                .sorted(Comparator.comparing(Clock::dueAt))
                .map(clock -> {
                    String label = label(policies, clock, t);
                    boolean isLatest = clock.equals(latest.get(clock.name()));
                    Kept kept = kept(clock, isLatest ? label : t.of("portal.promise.earlier", label), events, t);
                    boolean isUntold = isLatest && clock.state() == ClockState.MISSED && untold.contains(clock.name());
                    return isUntold ? kept.saying(t.of("portal.promise.untold")) : kept;
                })
                .toList();
    }

    /** What follows on what was promised already: {@code 结果告知：处理完成后 2 小时内}. */
    List<String> later(Complaint complaint, List<Clock> clocks, Texts t) {
        CaseFacts facts = complaint.facts(packs.get(complaint.pack(), complaint.packVersion()));
        return facts.pack().part(ClockPolicies.class).clocks().stream()
                .filter(policy -> policy.when() == null || policy.when().holds(facts))
                .filter(Promises::isPromised)
                .filter(policy ->
                        clocks.stream().noneMatch(clock -> clock.name().equals(policy.name())))
                .map(policy -> words(policy, complaint.severity(), t))
                .toList();
    }

    private static String label(ClockPolicies policies, Clock clock, Texts t) {
        return policies.find(clock.name())
                .map(policy -> policy.label().in(t.locale()))
                .orElseGet(clock::name);
    }

    private Kept kept(Clock clock, String label, List<HistoryEvent> events, Texts t) {
        Instant now = time.instant();
        String until = t.of("portal.promise.until", moment(clock, now, t));
        Instant stopped = clock.stoppedAt() == null ? clock.dueAt() : clock.stoppedAt();
        List<String> changes = changes(clock, events, t);
        return switch (clock.state()) {
            case RUNNING ->
                clock.isOverdue(now)
                        ? new Kept(label, until, t.of("portal.promise.overdue"), "red", true, changes)
                        : new Kept(label, until, t.of("portal.promise.running"), "blue", true, changes);
            case PAUSED -> new Kept(label, until, paused(clock, t), "yellow", true, changes);
            case MET ->
                new Kept(label, until, t.of("portal.promise.met", moment(stopped, now, t)), "green", false, changes);
            case MISSED ->
                new Kept(label, until, t.of("portal.promise.missed", moment(stopped, now, t)), "red", false, changes);
            case CANCELLED -> new Kept(label, until, "", "secondary", false, changes);
        };
    }

    private static String paused(Clock clock, Texts t) {
        String reason = clock.pauses().getLast().reason();
        return reason.equals(PauseFor.WAITING_FOR_CUSTOMER.name())
                ? t.of("portal.promise.paused")
                : t.of("portal.promise.paused.for", t.of("clock.pauseFor." + reason));
    }

    /** Why it is not due when it was first said to be, and why it may still move. */
    private static List<String> changes(Clock clock, List<HistoryEvent> events, Texts t) {
        var changes = new ArrayList<String>();
        if (clock.course().severityAt() != null) {
            changes.add(t.of("portal.promise.severity", ClockTexts.amount(clock.amount(), clock.unit(), t)));
        }
        for (Extension extension : clock.course().extensions()) {
            changes.add(t.of(
                    "portal.promise.extended",
                    ClockTexts.amount(extension.amount(), clock.unitOf(extension), t),
                    t.of("clock.extensionReason." + extension.reason())));
        }
        Duration stood = clock.pauses().stream()
                .filter(pause -> moves(pause, clock))
                .map(pause -> Duration.between(pause.from(), pause.to()))
                .reduce(Duration.ZERO, Duration::plus);
        if (!stood.isZero()) {
            changes.add(t.of("portal.promise.stood", t.duration(stood)));
        }
        if (!clock.course().rebases().isEmpty()) {
            changes.add(t.of("portal.promise.replaced"));
        }
        if (isCorrected(clock, events)) {
            changes.add(t.of("portal.promise.corrected"));
        }
        if (clock.isOpen() && clock.assumedYear() != null) {
            changes.add(t.of("portal.promise.provisional", clock.assumedYear()));
        }
        return changes;
    }

    private static boolean moves(Pause pause, Clock clock) {
        return pause.to() != null && pause.from().isBefore(clock.dueAt());
    }

    private static boolean isCorrected(Clock clock, List<HistoryEvent> events) {
        return events.stream()
                .filter(event -> !event.at().isBefore(clock.startedAt()))
                .flatMap(event -> event.clocks().stream())
                .anyMatch(change -> change.change() == ClockChange.Change.CORRECTED
                        && change.name().equals(clock.name()));
    }

    /** When it is due; a limit of days with the end of its last day. */
    private static String moment(Clock clock, Instant now, Texts t) {
        return clock.unit().isOfDays() ? ClockTexts.deadline(clock) : moment(clock.dueAt(), now, t);
    }

    /** {@code 今天 10:42}, {@code 明天 10:42}, else with the date. */
    static String moment(Instant at, Instant now, Texts t) {
        LocalDate day = at.atZone(t.zone()).toLocalDate();
        LocalDate today = now.atZone(t.zone()).toLocalDate();
        if (day.equals(today)) {
            return t.of("portal.at.today", t.time(at));
        }
        return day.equals(today.plusDays(1)) ? t.of("portal.at.tomorrow", t.time(at)) : t.dateTime(at);
    }
}
