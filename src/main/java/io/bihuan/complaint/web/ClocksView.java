package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Explanation;
import io.bihuan.clock.Grade;
import io.bihuan.clock.Unit;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The clocks of a complaint as the API gives them, in the order in which they started. */
public record ClocksView(String number, int version, List<Item> clocks) {
    /**
     * A clock.
     *
     * @param dueAt while it is paused, as it stood when the pause began
     * @param deadline the same as it is written in the time zone of its calendar; the end of a day as 24:00
     * @param percentUsed of its time; above 100 when it is overdue
     * @param amount with its extensions, in its unit
     * @param assumedYear the first year without an official holiday notice on which the deadline depends
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Clock")
    public record Item(
            UUID id,
            String name,
            String label,
            Grade grade,
            ClockState state,
            Instant startedAt,
            Instant dueAt,
            String deadline,
            @Nullable Instant stoppedAt,
            boolean overdue,
            int percentUsed,
            int amount,
            Unit unit,
            Severity severity,
            Policy policy,
            Calendar calendar,
            @Nullable Integer assumedYear,
            @Nullable String source,
            @Nullable String breach,
            List<Pause> pauses,
            List<Extension> extensions,
            List<Replacement> replacements,
            List<Step> explanation) {}

    /** The version of the policy that counts; {@code revision} is 0 as it shipped. */
    @Schema(name = "ClockPolicyVersion")
    public record Policy(String pack, int packVersion, int revision) {}

    @Schema(name = "ClockCalendarVersion")
    public record Calendar(String name, int version, String zone) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ClockPause")
    public record Pause(
            String reason,
            People.Doer actor,
            Instant from,
            @Nullable Instant to) {}

    @Schema(name = "ClockExtension")
    public record Extension(int amount, Unit unit, String reason, People.Doer approver, Instant at) {}

    /** From then on it follows another version of its policy; {@code revision} is the one before. */
    @Schema(name = "ClockPolicyReplacement")
    public record Replacement(Instant at, People.Doer actor, String reason, int revision) {}

    /** One line of why it is due when it is due; {@code key} says for programs what {@code text} says for people. */
    @Schema(name = "ClockStep")
    public record Step(Explanation.Kind kind, String key, String text) {}

    static Item item(
            Clock clock, Explanation explanation, Instant now, Terms terms, Map<UUID, StaffMember> people, Texts t) {
        Label breach = clock.policy().terms().breach();
        return new Item(
                clock.id(),
                clock.name(),
                terms.clock(clock.name()),
                clock.grade(),
                clock.state(),
                clock.startedAt(),
                clock.dueAt(),
                ClockTexts.deadline(clock.dueAt(), clock.calendar().zone()),
                clock.stoppedAt(),
                clock.isOverdue(now),
                clock.percentUsed(now),
                clock.wholeAmount(),
                clock.unit(),
                clock.severity(),
                new Policy(
                        clock.policy().pack(),
                        clock.policy().packVersion(),
                        clock.policy().revision()),
                new Calendar(
                        clock.calendar().name(),
                        clock.calendar().version(),
                        clock.calendar().zone().getId()),
                clock.assumedYear(),
                clock.policy().terms().source() == null
                        ? null
                        : ClockTexts.source(clock.policy().terms().source(), t),
                breach == null ? null : breach.in(t.locale()),
                clock.pauses().stream()
                        .map(pause ->
                                new Pause(pause.reason(), doer(pause.actor(), people, t), pause.from(), pause.to()))
                        .toList(),
                clock.course().extensions().stream()
                        .map(each -> new Extension(
                                each.amount(),
                                clock.unitOf(each),
                                each.reason(),
                                doer(each.approver(), people, t),
                                each.at()))
                        .toList(),
                clock.course().rebases().stream()
                        .map(each -> new Replacement(
                                each.at(),
                                doer(each.actor(), people, t),
                                each.reason(),
                                each.from().revision()))
                        .toList(),
                steps(explanation, terms, people, t));
    }

    private static List<Step> steps(Explanation explanation, Terms terms, Map<UUID, StaffMember> people, Texts t) {
        List<ClockTexts.Line> lines =
                ClockTexts.lines(explanation, t, actor -> doer(actor, people, t).name(), terms::packName);
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Step(
                        lines.get(i).kind(),
                        explanation.steps().get(i).key(),
                        lines.get(i).text()))
                .toList();
    }

    private static People.Doer doer(String actor, Map<UUID, StaffMember> people, Texts t) {
        return People.doer(Actor.parse(actor), people, t);
    }
}
