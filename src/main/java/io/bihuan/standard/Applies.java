package io.bihuan.standard;

import io.bihuan.pack.Category;
import io.bihuan.pack.PackNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * To which categories an item of a pack applies: to those it names and all below them.
 *
 * @param categories null when the item names none and so stands for whatever nothing more specific matches; empty when it
 *     is for none at all
 */
public record Applies(@Nullable List<String> categories) {
    /** The distance of a fallback: behind every level of a tree. */
    private static final int FALLBACK = -1;

    private static final int NOT = -2;

    public Applies {
        categories = categories == null ? null : List.copyOf(categories);
    }

    static Applies read(PackNode node) {
        if (!node.has("categories")) {
            return new Applies(null);
        }
        return new Applies(node.referAll("category", "categories"));
    }

    public boolean isFallback() {
        return categories == null;
    }

    /** Whether there is any category to which it applies. */
    public boolean isUsed() {
        return categories == null || !categories.isEmpty();
    }

    /** Whether it matches by a category that it names, not as the fallback. */
    public boolean names(List<Category> path) {
        return specificity(path) >= 0;
    }

    /** Whether it has anything to say there; the more specific ones are not asked. */
    public boolean covers(List<Category> path) {
        return specificity(path) != NOT;
    }

    /**
     * Those items that match best: the ones that name the category or the nearest one above it, else the fallbacks; several
     * when they match equally well, in the order of the pack.
     *
     * @param path the category and what is above it, from the top; empty when there is no category
     */
    static <T> List<T> best(List<T> items, Function<T, Applies> applies, List<Category> path) {
        int best = items.stream()
                .mapToInt(item -> applies.apply(item).specificity(path))
                .max()
                .orElse(NOT);
        return best == NOT
                ? List.of()
                : items.stream()
                        .filter(item -> applies.apply(item).specificity(path) == best)
                        .toList();
    }

    /** How far down the path the nearest named category stands. */
    private int specificity(List<Category> path) {
        if (categories == null) {
            return FALLBACK;
        }
        for (int level = path.size() - 1; level >= 0; level--) {
            if (categories.contains(path.get(level).code())) {
                return level;
            }
        }
        return NOT;
    }
}
