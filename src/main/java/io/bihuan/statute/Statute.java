package io.bihuan.statute;

import io.bihuan.pack.Pack;
import io.bihuan.pack.Source;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One law as a pack states it for a calculator.
 *
 * @param categories on whose complaints it is shown; null for all
 * @param inputs where the answers of a complaint come from
 */
public record Statute(
        Calculator calculator,
        Source source,
        @Nullable List<String> categories,
        Map<Input, Asked> inputs,
        Numbers numbers,
        Map<String, Listing> lists) {
    /**
     * Where an answer comes from: a question of the form, or the same for all cases of the pack.
     *
     * @param question its key; null when the answer is fixed
     */
    public record Asked(@Nullable String question, @Nullable String fixed) {}

    public Statute {
        categories = categories == null ? null : List.copyOf(categories);
        inputs = Map.copyOf(inputs);
        lists = Map.copyOf(lists);
    }

    public Listing list(String name) {
        var found = lists.get(name);
        if (found == null) {
            throw new IllegalArgumentException("No list " + name);
        }
        return found;
    }

    /** Whether it is the law of that day. */
    boolean holdsOn(LocalDate day) {
        var from = source.from();
        var to = source.to();
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    boolean isFor(@Nullable String category, Pack pack) {
        return categories == null
                || (category != null
                        && categories.stream()
                                .anyMatch(each -> pack.categories().within(category, each)));
    }
}
