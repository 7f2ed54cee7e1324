package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.Policies;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.pack.Packs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What may be done to the clocks of a complaint now, and what would become of them. Whether it is done, the command decides. */
@Component
public class ClockChoices {
    /**
     * A clock that may be made longer.
     *
     * @param dueAt when it would be due then
     * @param isLate it was due already, so it can no longer be
     */
    public record Extending(Clock clock, ExtensionStep step, Instant dueAt, boolean isLate) {}

    /** A clock that follows an older version of its policy than the one in force; {@code dueAt} by the newer one. */
    public record Replacing(Clock clock, PolicyVersion newer, Instant dueAt) {}

    /**
     * What there is to choose from; everything is empty where no clock is open.
     *
     * @param pauses the reasons for which an open clock may stand still and does not yet
     * @param standing those for which clocks stand still, without waiting for the customer
     * @param restarting the clocks that new facts begin anew
     * @param isDeliveryAwaited whether a clock waits for the told result to reach the customer
     */
    public record Choices(
            List<PauseReason> pauses,
            List<String> standing,
            List<Extending> extensions,
            List<Replacing> replacements,
            List<Clock> restarting,
            boolean isDeliveryAwaited) {
        public static final Choices NONE = new Choices(List.of(), List.of(), List.of(), List.of(), List.of(), false);

        /** The extension that the clock with this name would get. */
        public Optional<Extending> extension(String clock) {
            return extensions.stream()
                    .filter(each -> each.clock().name().equals(clock))
                    .findFirst();
        }
    }

    private final Clocks clocks;
    private final Policies policies;
    private final Packs packs;
    private final InstantSource time;

    ClockChoices(Clocks clocks, Policies policies, Packs packs, InstantSource time) {
        this.clocks = clocks;
        this.policies = policies;
        this.packs = packs;
        this.time = time;
    }

    public Choices of(Complaint complaint) {
        return complaint.isOpen() && !complaint.isJoined() ? of(complaint, clocks.of(complaint.id())) : Choices.NONE;
    }

    /** The same for who has read the clocks. */
    public Choices of(Complaint complaint, List<Clock> all) {
        if (!complaint.isOpen() || complaint.isJoined() || complaint.erasedAt() != null) {
            return Choices.NONE;
        }
        Instant now = time.instant();
        List<Clock> open = all.stream().filter(Clock::isOpen).toList();
        return new Choices(
                pauses(complaint, open),
                complaint.standing().stream().sorted().toList(),
                open.stream().flatMap(clock -> extending(clock, now).stream()).toList(),
                open.stream()
                        .flatMap(clock -> replacing(complaint, clock, now).stream())
                        .toList(),
                open.stream()
                        .filter(clock -> clock.policy().terms().restartOn().contains(Milestone.FACTS_ADDED.name()))
                        .toList(),
                complaint.toldAt() != null
                        && open.stream()
                                .anyMatch(clock ->
                                        clock.policy().terms().stopOn().contains(Milestone.RESULT_TOLD.name())));
    }

    /** Who waits for the customer asks the customer; that is another command. */
    private static List<PauseReason> pauses(Complaint complaint, List<Clock> open) {
        Map<String, PauseReason> reasons = new LinkedHashMap<>();
        for (Clock clock : open) {
            for (PauseReason reason : clock.policy().terms().pausable()) {
                if (!reason.name().equals(ComplaintClocks.WAITING)
                        && !complaint.standing().contains(reason.name())) {
                    reasons.merge(
                            reason.name(), reason, (a, b) -> new PauseReason(a.name(), a.mustTell() || b.mustTell()));
                }
            }
        }
        return List.copyOf(reasons.values());
    }

    private Optional<Extending> extending(Clock clock, Instant now) {
        return clock.policy()
                .terms()
                .extensionAfter(clock.course().extensions().size())
                .map(step -> new Extending(
                        clock,
                        step,
                        clocks.previewExtension(clock, now).orElseThrow().dueAt(),
                        clock.isOverdue(now)));
    }

    private Optional<Replacing> replacing(Complaint complaint, Clock clock, Instant now) {
        return policies.find(packs.get(complaint.pack(), complaint.packVersion()), clock.name(), now)
                .filter(newest -> !newest.equals(clock.policy()))
                .map(newest -> new Replacing(
                        clock,
                        newest,
                        clocks.previewRebase(clock, newest, ComplaintClocks.keys(complaint), now)
                                .dueAt()));
    }
}
