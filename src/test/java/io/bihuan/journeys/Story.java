package io.bihuan.journeys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A typical complaint of an industry, and what its pack says has to come of it. Every line is read off the pack's files. */
final class Story {
    final String line;
    final String says;
    List<String> asks = List.of();
    List<String> asksNot = List.of();
    String requires = "";
    final Map<String, String> answers = new LinkedHashMap<>();
    final Map<String, String> masks = new LinkedHashMap<>();
    String category = "";
    String categoryName = "";
    String severity = "";
    String department = "";
    List<String> clocks = List.of();
    List<String> noClocks = List.of();
    String strictClock = "";
    String grade = "";
    List<String> source = List.of();
    String standard = "";
    List<String> firstMeasure = List.of();
    String playbook = "";
    Map<String, String> rights = Map.of();
    String letter = "";
    String purpose = "";
    String letterSays = "";

    private Story(String line, String says) {
        this.line = line;
        this.says = says;
    }

    static Story of(String line, String says) {
        return new Story(line, says);
    }

    /** Questions that no other industry asks. */
    Story asks(String... labels) {
        asks = List.of(labels);
        return this;
    }

    /** Questions of the pack that are for other cases. */
    Story asksNot(String... labels) {
        asksNot = List.of(labels);
        return this;
    }

    /** A question that has to be answered for this category. */
    Story requires(String key) {
        requires = key;
        return this;
    }

    /** A key of the form and what is answered; {@code -12d} is the day twelve days ago. */
    Story answers(String key, String value) {
        answers.put(key, value);
        return this;
    }

    /** The same with an answer that the desk sees in another way, and never whole. */
    Story answers(String key, String value, String masked) {
        masks.put(value, masked);
        return answers(key, value);
    }

    Story is(String code, String name, String severityName, String departmentName) {
        category = code;
        categoryName = name;
        severity = severityName;
        department = departmentName;
        return this;
    }

    /** Clocks that run from the registration on. */
    Story runs(String... labels) {
        clocks = List.of(labels);
        return this;
    }

    /** Clocks of the pack that are for other cases. */
    Story runsNo(String... labels) {
        noClocks = List.of(labels);
        return this;
    }

    /** The clock that is not the company's own, its grade, and what its reasons name. */
    Story isBound(String clock, String gradeName, String... lawAndArticle) {
        strictClock = clock;
        grade = gradeName;
        source = List.of(lawAndArticle);
        return this;
    }

    /** The standard, and of its first measure what it is, by whom, within what time and in which words. */
    Story isDue(String title, String... measure) {
        standard = title;
        firstMeasure = List.of(measure);
        return this;
    }

    Story isChecked(String title) {
        playbook = title;
        return this;
    }

    /** What the law says of the answers: rules and verdicts. */
    Story hasRights(Map<String, String> verdicts) {
        rights = verdicts;
        return this;
    }

    /** A letter, its purpose and words of the pack in it. */
    Story isWritten(String name, String purposeName, String words) {
        letter = name;
        purpose = purposeName;
        letterSays = words;
        return this;
    }

    @Override
    public String toString() {
        return line;
    }
}
