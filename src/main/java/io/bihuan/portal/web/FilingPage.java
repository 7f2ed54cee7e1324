package io.bihuan.portal.web;

import io.bihuan.intake.Question;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a complaint.
 *
 * @param lineName the business line it is about; null when there is only one
 * @param needed what the pack must know
 * @param useful what the pack would like to know
 * @param watched the questions and the words for the case on which it depends what is asked
 * @param suggestions categories to choose from; empty once one is chosen
 * @param problems what is wrong, each with the name of its field
 * @param door where the form is sent
 */
public record FilingPage(
        FilingForm form,
        @Nullable String lineName,
        List<Group> categories,
        List<Question> needed,
        List<Question> useful,
        Set<String> watched,
        List<Suggested> suggestions,
        List<Option> remedies,
        FilesPart files,
        FieldErrors errors,
        List<Problem> problems,
        Door door) {
    public static final int SHORTEST_CONTENT = FilingForm.SHORTEST_CONTENT;
    public static final int LONGEST_CONTENT = FilingForm.LONGEST_CONTENT;

    /**
     * Where a form is sent.
     *
     * @param query what its address keeps, such as the language in a frame without cookies
     * @param seal proves a form without a cookie; null for one with it
     */
    public record Door(String path, String query, @Nullable String seal) {
        static final Door OWN = new Door("/complain", "", null);
    }

    FilingPage through(Door other) {
        return new FilingPage(
                form,
                lineName,
                categories,
                needed,
                useful,
                watched,
                suggestions,
                remedies,
                files,
                errors,
                problems,
                other);
    }

    /** Categories under a common heading; without a label they stand alone. */
    public record Group(@Nullable String label, List<Option> options) {}

    /** A category that the text may be about, with the words that speak for it. */
    public record Suggested(String code, String label, String words) {}

    /** One line of the summary of errors; without an anchor it is about the form as a whole. */
    public record Problem(@Nullable String anchor, String text) {}

    /** Whether the optional questions must be seen at once. */
    public boolean isUsefulOpen() {
        return useful.stream().anyMatch(question -> !question.value().isEmpty() || errors.of(question.name()) != null);
    }
}
