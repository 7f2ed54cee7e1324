package io.bihuan.clock.web;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockSubjects;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Counting;
import io.bihuan.clock.DayEnd;
import io.bihuan.clock.Dispatch;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.Unit;
import io.bihuan.clock.WarnPoint;
import io.bihuan.clock.web.PolicyPage.Said;
import io.bihuan.identity.Role;
import io.bihuan.pack.Severity;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Policies in words. */
@Component
class PolicyWords {
    private final Calendars calendars;
    private final List<ClockSubjects> subjects;

    PolicyWords(Calendars calendars, List<ClockSubjects> subjects) {
        this.calendars = calendars;
        this.subjects = subjects;
    }

    /** All that an administrator may decide, in the order of the form. */
    List<Said> decided(ClockPolicy terms, Texts t) {
        var said = new LinkedHashMap<String, String>();
        for (Severity severity : Severity.values()) {
            said.put(
                    t.of("clock.policy.amount", t.of(severity)),
                    ClockTexts.amount(terms.amountFor(severity), terms.unit(), t));
        }
        said.put(t.of("clock.policy.unit"), t.of(terms.unit()));
        said.put(t.of("clock.policy.calendar"), calendar(terms.calendar(), t));
        if (terms.unit().isOfDays()) {
            said.put(t.of("clock.policy.days"), days(terms.counting(), t));
        }
        said.put(t.of("clock.policy.warnAt"), or(warnPoints(terms, t), t));
        said.put(t.of("clock.policy.pausable"), or(pausable(terms, t), t));
        said.put(t.of("clock.policy.extensions"), or(extensions(terms, t), t));
        return said.entrySet().stream()
                .map(entry -> new Said(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What only the pack says. */
    List<Said> stated(ClockPolicy terms, Texts t) {
        var said = new ArrayList<Said>();
        said.add(new Said(t.of("clock.policy.start"), milestone(terms.startOn(), t)));
        said.add(new Said(t.of("clock.policy.stop"), milestones(terms.stopOn(), t)));
        if (terms.when() != null) {
            said.add(new Said(t.of("clock.policy.when"), t.of("clock.policy.when.some")));
        }
        if (!terms.restartOn().isEmpty()) {
            said.add(new Said(t.of("clock.policy.restart"), milestones(terms.restartOn(), t)));
        }
        said.add(new Said(t.of("clock.policy.grade"), t.of(terms.grade())));
        if (terms.doneWhen() == Dispatch.DELIVERED) {
            said.add(new Said(t.of("clock.policy.doneWhen"), t.of(terms.doneWhen())));
        }
        if (terms.breach() != null) {
            said.add(new Said(t.of("clock.policy.breach"), terms.breach().in(t.locale())));
        }
        said.add(new Said(t.of("clock.policy.source"), ClockTexts.source(terms.source(), t)));
        return said;
    }

    /** What the newer one says otherwise: {@code 一般：24 小时 → 20 小时}. */
    List<String> changes(ClockPolicy older, ClockPolicy newer, Texts t) {
        Map<String, String> before = words(older, t);
        Map<String, String> after = words(newer, t);
        var labels = new ArrayList<>(before.keySet());
        after.keySet().stream().filter(label -> !before.containsKey(label)).forEach(labels::add);
        return labels.stream()
                .filter(label -> !Objects.equals(before.get(label), after.get(label)))
                .map(label -> t.of(
                        "clock.policy.change",
                        label,
                        before.getOrDefault(label, t.of("clock.policy.none")),
                        after.getOrDefault(label, t.of("clock.policy.none"))))
                .toList();
    }

    private Map<String, String> words(ClockPolicy terms, Texts t) {
        var words = new LinkedHashMap<String, String>();
        decided(terms, t).forEach(said -> words.put(said.label(), said.value()));
        stated(terms, t).forEach(said -> words.put(said.label(), said.value()));
        return words;
    }

    /** The amounts in a row where they are one: {@code 30 分钟}, or each with its severity. */
    String amounts(ClockPolicy terms, Texts t) {
        var all = Arrays.stream(Severity.values())
                .map(terms::amountFor)
                .distinct()
                .toList();
        return all.size() == 1
                ? ClockTexts.amount(all.getFirst(), terms.unit(), t)
                : Arrays.stream(Severity.values())
                        .map(severity -> t.of(
                                "clock.policy.pair",
                                t.of(severity),
                                ClockTexts.amount(terms.amountFor(severity), terms.unit(), t)))
                        .collect(Collectors.joining("\n"));
    }

    String calendar(String name, Texts t) {
        return calendars
                .find(name)
                .map(calendar -> calendar.label().in(t.locale()))
                .orElse(name);
    }

    /** The calendars that stand for themselves. */
    List<Option> calendars(Texts t) {
        return calendars.all().stream()
                .filter(calendar -> calendar.definition().over() == null)
                .map(calendar -> new Option(calendar.name(), calendar.label().in(t.locale())))
                .toList();
    }

    private static String days(Counting counting, Texts t) {
        var said = new ArrayList<String>();
        said.add(t.of(counting.startDayCounts() ? "clock.policy.start-day.counted" : "clock.policy.start-day"));
        if (counting.rollsForward()) {
            said.add(t.of("clock.policy.rolls"));
        }
        if (counting.cutOff() != null) {
            said.add(t.of("clock.policy.cut-off", counting.cutOff()));
        }
        said.add(
                !counting.inclusive()
                        ? t.of("clock.policy.exclusive")
                        : t.of(
                                counting.endsAt() == DayEnd.CLOSE
                                        ? "clock.policy.ends.CLOSE"
                                        : "clock.policy.ends.MIDNIGHT"));
        return String.join(t.of("clock.policy.semicolon"), said);
    }

    static String warnPoints(ClockPolicy terms, Texts t) {
        return terms.warnAt().stream().map(point -> warnPoint(point, t)).collect(Collectors.joining(t.of("web.comma")));
    }

    private static String warnPoint(WarnPoint point, Texts t) {
        String length = ClockTexts.amount(point.value(), Unit.MINUTE, t);
        return switch (point.kind()) {
            case PERCENT -> point.toString();
            case BEFORE -> t.of("clock.policy.warn.before", length);
            case AFTER -> t.of("clock.policy.warn.after", length);
        };
    }

    static String pausable(ClockPolicy terms, Texts t) {
        return terms.pausable().stream().map(reason -> pause(reason, t)).collect(Collectors.joining(t.of("web.comma")));
    }

    private static String pause(PauseReason reason, Texts t) {
        String key = "clock.pauseFor." + reason.name();
        String name = t.has(key) ? t.of(key) : reason.name();
        return reason.mustTell() ? t.of("clock.policy.told", name) : name;
    }

    static String extensions(ClockPolicy terms, Texts t) {
        return terms.extensions().stream()
                .map(step -> extension(step, terms.unit(), t))
                .collect(Collectors.joining(t.of("clock.policy.semicolon")));
    }

    private static String extension(ExtensionStep step, Unit unit, Texts t) {
        String said = t.of(
                "clock.policy.extension",
                ClockTexts.amount(step.amount(), unit, t),
                step.times(),
                approver(step.approver(), t));
        return step.mustTell() ? t.of("clock.policy.told", said) : said;
    }

    /** A role, or whatever a pack calls who may approve. */
    static String approver(String name, Texts t) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(name))
                .findFirst()
                .map(t::of)
                .orElse(name);
    }

    String milestones(Collection<String> names, Texts t) {
        return names.stream().map(name -> milestone(name, t)).sorted().collect(Collectors.joining(t.of("web.comma")));
    }

    String milestone(String name, Texts t) {
        return subjects.stream()
                .map(owner -> owner.milestone(name, t))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(name);
    }

    private static String or(String words, Texts t) {
        return words.isEmpty() ? t.of("clock.policy.none") : words;
    }
}
