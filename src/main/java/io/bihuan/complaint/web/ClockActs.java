package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.PauseReason;
import io.bihuan.complaint.ClockChoices.Choices;
import io.bihuan.complaint.ClockChoices.Extending;
import io.bihuan.complaint.ClockChoices.Replacing;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a person may do to the clocks of a complaint, as the forms of its page offer it.
 *
 * @param pauses the reasons that may be given; {@code pausesTold} those of them of which the customer has to be told
 * @param mustAlwaysTell whether that holds for every reason
 * @param standing the reasons for which clocks stand still
 * @param extensions by the name of the clock, those that this person may grant
 * @param mustTellExtension whether the customer has to be told of every one of them
 * @param others who else may grant what, or why nobody may any more
 * @param replacements by the name of the clock, with the old and the new due time
 * @param restarting the names of the clocks that new facts begin anew
 */
public record ClockActs(
        List<Option> pauses,
        String pausesTold,
        boolean mustAlwaysTell,
        List<Option> standing,
        List<Option> extensions,
        boolean mustTellExtension,
        List<String> others,
        List<Option> replacements,
        String restarting,
        boolean isDeliveryAwaited) {
    static final ClockActs NONE =
            new ClockActs(List.of(), "", false, List.of(), List.of(), false, List.of(), List.of(), "", false);

    static ClockActs of(Choices choices, SignedIn who, Terms terms, Texts t) {
        List<Extending> granted = choices.extensions().stream()
                .filter(each -> !each.isLate() && mayGrant(each.step(), who))
                .toList();
        List<PauseReason> told =
                choices.pauses().stream().filter(PauseReason::mustTell).toList();
        return new ClockActs(
                choices.pauses().stream().map(each -> reason(each.name(), t)).toList(),
                joined(told.stream().map(each -> reason(each.name(), t).label()).toList(), t),
                !told.isEmpty() && told.size() == choices.pauses().size(),
                choices.standing().stream().map(each -> reason(each, t)).toList(),
                granted.stream().map(each -> extension(each, terms, t)).toList(),
                !granted.isEmpty()
                        && granted.stream().allMatch(each -> each.step().mustTell()),
                choices.extensions().stream()
                        .filter(each -> !granted.contains(each))
                        .map(each -> other(each, terms, t))
                        .toList(),
                DeskRoutes.mayReplacePolicy(who)
                        ? choices.replacements().stream()
                                .map(each -> replacement(each, terms, t))
                                .toList()
                        : List.of(),
                joined(
                        choices.restarting().stream()
                                .map(clock -> terms.clock(clock.name()))
                                .toList(),
                        t),
                choices.isDeliveryAwaited());
    }

    /** Whether this person has the role that the step asks for. */
    static boolean mayGrant(ExtensionStep step, SignedIn who) {
        return approver(step).map(who::is).orElse(false);
    }

    /** The role that may grant a step; empty when the policy names none that there is. */
    static Optional<Role> approver(ExtensionStep step) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(step.approver()))
                .findFirst();
    }

    static String approverText(ExtensionStep step, Texts t) {
        return approver(step).map(t::of).orElse(step.approver());
    }

    private static Option reason(String name, Texts t) {
        return new Option(name, t.of("clock.pauseFor." + name));
    }

    private static Option extension(Extending each, Terms terms, Texts t) {
        return new Option(each.clock().name(), extended("complaint.clock.extension", each, terms, t));
    }

    private static String other(Extending each, Terms terms, Texts t) {
        return each.isLate()
                ? t.of(
                        "complaint.clock.extension.late",
                        terms.clock(each.clock().name()))
                : t.of(
                        "complaint.clock.extension.other",
                        extended("complaint.clock.extension", each, terms, t),
                        approverText(each.step(), t));
    }

    private static String extended(String key, Extending each, Terms terms, Texts t) {
        Clock clock = each.clock();
        return t.of(
                key,
                terms.clock(clock.name()),
                ClockTexts.amount(each.step().amount(), clock.unit(), t),
                ClockLines.deadline(clock, each.dueAt()));
    }

    private static Option replacement(Replacing each, Terms terms, Texts t) {
        Clock clock = each.clock();
        return new Option(
                clock.name(),
                t.of(
                        "complaint.clock.replacement",
                        terms.clock(clock.name()),
                        ClockLines.deadline(clock),
                        ClockLines.deadline(clock, each.dueAt()),
                        clock.policy().revision(),
                        each.newer().revision()));
    }

    private static String joined(List<String> words, Texts t) {
        return String.join(t.of("web.comma"), words);
    }
}
