package io.bihuan.pack;

import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The case in which a form is filled in, as far as it is known.
 *
 * @param channel how the customer came
 * @param categories the chosen category and all above it; empty while none is chosen
 * @param today the day on which it is filled in
 */
public record FormSetting(Kind kind, @Nullable String channel, Set<String> categories, LocalDate today) {
    public static FormSetting of(
            Pack pack, Kind kind, @Nullable String channel, @Nullable String category, LocalDate today) {
        return new FormSetting(
                kind,
                channel,
                category == null
                        ? Set.of()
                        : pack.categories().path(category).stream()
                                .map(Category::code)
                                .collect(Collectors.toUnmodifiableSet()),
                today);
    }

    /** What it says of one of {@link Expression#FORM_WORDS}; null for any other. */
    @Nullable
    Object of(String word) {
        return switch (word) {
            case "kind" -> kind.name();
            case "channel" -> channel;
            case "category" -> categories.isEmpty() ? null : categories;
            default -> null; // answers of the form
        };
    }
}
