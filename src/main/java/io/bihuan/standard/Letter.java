package io.bihuan.standard;

import io.bihuan.pack.Label;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is written or said to a customer, with places for what differs from one complaint to the next.
 *
 * @param subject of e-mails and letters only
 */
public record Letter(
        String name,
        Purpose purpose,
        Way channel,
        Applies applies,
        @Nullable Label subject,
        Label text) {
    /** What stands where nothing is known: visible to whoever sends it, and no riddle for whoever gets it. */
    public static final String UNKNOWN = "—";

    private static final String MARKS = "。．.；;，,！!";

    static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** What it is for. */
    public enum Purpose {
        ACKNOWLEDGEMENT,
        PROGRESS,
        FINDINGS,
        SOLUTION,
        PROPOSAL,
        INFORMATION_REQUEST,
        CONVERSATION,
        DELAY,
        OWNER_CHANGED,
        RESULT,
        REJECTION,
        APOLOGY,
        CLOSING
    }

    /** How it gets to the customer; a text for the phone is read out. */
    public enum Way {
        SMS,
        EMAIL,
        WECHAT,
        LETTER,
        PHONE;

        public boolean hasSubject() {
            return this == EMAIL || this == LETTER;
        }
    }

    /**
     * The subject with its places filled; null when there is none.
     *
     * @param values see {@link #text(Locale, Map)}
     */
    public @Nullable String subject(Locale language, Map<Placeholder, String> values) {
        return subject == null ? null : filled(subject.in(language), values);
    }

    /**
     * The text with its places filled.
     *
     * @param values a place whose value is missing or blank becomes a dash
     */
    public String text(Locale language, Map<Placeholder, String> values) {
        return filled(text.in(language), values);
    }

    /** Whether a place of the text is a dash with these values. */
    public boolean lacks(Locale language, Map<Placeholder, String> values) {
        return PLACE.matcher(text.in(language)).results().anyMatch(place -> value(place, values) == null);
    }

    /** The places of the text, and of the subject, that are a dash with these values. */
    public Set<Placeholder> missing(Locale language, Map<Placeholder, String> values) {
        return places(language).stream()
                .filter(place -> values.getOrDefault(place, "").isBlank())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Placeholder.class)));
    }

    /** The places of subject and text, in their order. */
    public Set<Placeholder> places(Locale language) {
        String whole = (subject == null ? "" : subject.in(language)) + text.in(language);
        return PLACE.matcher(whole)
                .results()
                .flatMap(place -> Placeholder.of(place.group(1)).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static @Nullable String value(MatchResult place, Map<Placeholder, String> values) {
        return Placeholder.of(place.group(1))
                .map(values::get)
                .filter(value -> !value.isBlank())
                .orElse(null);
    }

    private static String filled(String template, Map<Placeholder, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            String value = value(place, values);
            if (value == null) {
                return UNKNOWN;
            }
            boolean goesOn = place.end() < template.length() && MARKS.indexOf(template.charAt(place.end())) >= 0;
            return Matcher.quoteReplacement(goesOn ? withoutMark(value.strip()) : value.strip());
        });
    }

    /** What people write ends in a full stop, and so may the sentence that it becomes a part of. */
    private static String withoutMark(String value) {
        char last = value.charAt(value.length() - 1);
        return value.length() > 1 && MARKS.indexOf(last) >= 0 ? value.substring(0, value.length() - 1) : value;
    }
}
