package io.bihuan.rules;

import io.bihuan.rules.Project.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What documents promise holds. */
public final class DocumentRules {
    private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*(?:Tests|Properties|Journey)\\b");

    // Written in two parts, so that this file does not break its own rule.
    private static final List<String> ELSEWHERE =
            List.of("/wo" + "rk/", "/tmp/" + "wt", "repo." + "maven", "registry." + "npmjs", "deb." + "debian.org");

    private DocumentRules() {}

    /** Decisions are numbered from 0001 without a gap, and each has every part. */
    public static List<String> decisionsAreNumbered(List<Text> decisions) {
        var findings = new ArrayList<String>();
        int expected = 1;
        for (Text decision : decisions) {
            String number = "%04d".formatted(expected++);
            if (!decision.name().matches(number + "-[a-z0-9-]+\\.md")) {
                findings.add(decision.path() + ": expected the number " + number);
            }
            for (String part : List.of("Date", "Status", "Context", "Decision", "Consequences", "Alternatives")) {
                if (!Pattern.compile("(?m)^(#+ |[-*] |\\**)" + part + "\\b")
                        .matcher(decision.content())
                        .find()) {
                    findings.add(decision.path() + ": has no " + part);
                }
            }
        }
        return findings;
    }

    /** Every capability in the table of requirements names a test that exists. */
    public static List<String> requirementsNameTheirTests(Text requirements, Set<String> tests) {
        var findings = new ArrayList<String>();
        List<String> lines = requirements.content().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean isHeader = i + 1 < lines.size() && lines.get(i + 1).matches("\\|[\\s:|-]+\\|?");
            if (!line.startsWith("|") || isHeader || line.matches("\\|[\\s:|-]+\\|?")) {
                continue;
            }
            List<String> named =
                    TEST.matcher(line).results().map(MatchResult::group).toList();
            int number = i + 1;
            if (named.isEmpty()) {
                findings.add(requirements.path() + ":" + number + ": names no test");
            }
            named.stream()
                    .filter(test -> !tests.contains(test))
                    .forEach(
                            test -> findings.add(requirements.path() + ":" + number + ": " + test + " does not exist"));
        }
        return findings;
    }

    /** No file knows the machine on which it was written, nor where packages come from. */
    public static List<String> nothingNamesAnotherPlace(Text text) {
        return ELSEWHERE.stream()
                .flatMap(word -> {
                    int at = text.content().indexOf(word);
                    return at < 0 ? Stream.empty() : Stream.of(text.finding(at, "names " + word));
                })
                .toList();
    }
}
