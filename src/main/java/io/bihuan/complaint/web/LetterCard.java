package io.bihuan.complaint.web;

import io.bihuan.standard.Letter;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The letters that fit a complaint, and the chosen one as it would be sent.
 *
 * @param choices those whose purpose fits the stage first
 * @param chosen null when none is chosen
 * @param language {@code zh} or {@code en}: that of the customer, not of the reader
 * @param subject null where the way has none
 * @param masked whether it names the customer, and that masked
 * @param lacking whether a dash stands in it for what is not known yet
 */
public record LetterCard(
        List<Option> choices,
        @Nullable Letter chosen,
        String language,
        @Nullable String subject,
        String text,
        boolean masked,
        boolean lacking) {
    /** The forms that take a letter, with the field that takes it. */
    static final Map<String, String> FIELDS = Map.of("question", "question", "notes", "text");

    public static final List<String> DEEDS = List.of("question", "notes");

    /** Of the chosen letter; empty when none is chosen. */
    public String name() {
        return chosen == null ? "" : chosen.name();
    }

    public boolean is(String tongue) {
        return language.equals(tongue);
    }

    /** What to copy: the subject, where there is one, stands above the text. */
    public String whole() {
        return subject == null ? text : subject + "\n\n" + text;
    }
}
