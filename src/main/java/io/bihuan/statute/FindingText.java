package io.bihuan.statute;

import io.bihuan.pack.Label;
import io.bihuan.platform.Money;
import io.bihuan.web.Texts;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A finding in the words of its reader.
 *
 * @param tone colour of the verdict
 * @param summary the last day, the amount, what is missing; may be empty
 * @param isConfirmed whether law and article were checked
 */
public record FindingText(
        String rule,
        Verdict verdict,
        String tone,
        String summary,
        List<String> reasons,
        String source,
        boolean isConfirmed,
        String day) {
    private static final Comparator<Finding> BY_VERDICT = Comparator.comparing(Finding::verdict);

    /** All of them, those that hold first. */
    public static List<FindingText> all(List<Finding> findings, Texts t) {
        return findings.stream()
                .sorted(BY_VERDICT)
                .map(finding -> of(finding, t))
                .toList();
    }

    static FindingText of(Finding finding, Texts t) {
        return new FindingText(
                t.of(finding.rule()),
                finding.verdict(),
                tone(finding.verdict()),
                summary(finding, t),
                finding.reasons().stream()
                        .map(line -> t.of(
                                "statute.line." + line.key(),
                                line.arguments().stream()
                                        .map(argument -> worded(argument, t))
                                        .toArray()))
                        .toList(),
                source(finding.basis(), t),
                finding.basis().confirmed(),
                t.date(finding.day()));
    }

    private static String tone(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "green";
            case DOES_NOT_HOLD -> "secondary";
            case CANNOT_BE_JUDGED -> "yellow";
        };
    }

    private static String summary(Finding finding, Texts t) {
        if (finding.verdict() == Verdict.CANNOT_BE_JUDGED) {
            var missing =
                    finding.missing().stream().sorted().map(t::of).collect(Collectors.joining(t.of("statute.list")));
            return finding.amount() == null
                    ? t.of("statute.missing", missing)
                    : t.of("statute.missing.amount", missing, money(finding.amount(), t));
        }
        if (finding.amount() != null) {
            return t.of("statute.amount", money(finding.amount(), t));
        }
        return finding.until() == null ? "" : t.of("statute.until", t.date(finding.until()));
    }

    private static String source(Basis basis, Texts t) {
        var law = basis.law();
        var title = law.title().in(t.locale());
        var named =
                basis.article() == null ? t.of("statute.law", title) : t.of("statute.article", title, basis.article());
        return law.from() == null ? named : t.of("statute.from", named, t.date(law.from()));
    }

    private static Object worded(Object argument, Texts t) {
        return switch (argument) {
            case LocalDate date -> t.date(date);
            case Money money -> money(money, t);
            case Label label -> label.in(t.locale());
            case Enum<?> constant -> t.of(constant);
            default -> argument;
        };
    }

    private static String money(Money money, Texts t) {
        return t.of("statute.yuan", money.yuan());
    }
}
