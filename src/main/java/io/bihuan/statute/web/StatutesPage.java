package io.bihuan.statute.web;

import io.bihuan.statute.Answers;
import io.bihuan.statute.FindingText;
import io.bihuan.statute.Verdict;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One calculator with its form and what it found.
 *
 * @param lines business lines that have calculators; empty when there is one only
 * @param fields the questions, in their order
 * @param repairs how many repairs are asked about; 0 where none are
 * @param values what was written, by the name of the field
 * @param isJudged whether something was asked
 */
public record StatutesPage(
        String path,
        List<Option> lines,
        String line,
        List<Option> calculators,
        String calculator,
        List<Field> fields,
        int repairs,
        boolean isCar,
        RepairWords words,
        Map<String, String> values,
        FieldErrors errors,
        boolean isJudged,
        List<FindingText> findings) {
    /** One question; a choice when there are options. */
    public record Field(
            String name,
            String label,
            String type,
            @Nullable String hint,
            @Nullable String inputmode,
            List<Option> options) {
        public boolean isChoice() {
            return !options.isEmpty();
        }
    }

    /** What can be chosen for a repair of a car. */
    public record RepairWords(List<Option> kinds, List<Option> replaced, List<Option> assemblies) {}

    public boolean isEmpty() {
        return calculators.isEmpty();
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** The name of a field of a repair. */
    public String field(int repair, String part) {
        return Answers.field(repair, part);
    }

    public boolean isWritten(int repair) {
        String begin = field(repair, "");
        return values.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().startsWith(begin) && !entry.getValue().isBlank());
    }

    /** Whether a repair stands open in the form: those that are written, and the first. */
    public boolean isOpen(int repair) {
        return repair == 1 || isWritten(repair);
    }

    public List<FindingText> judged() {
        return findings.stream()
                .filter(each -> each.verdict() != Verdict.CANNOT_BE_JUDGED)
                .toList();
    }
}
