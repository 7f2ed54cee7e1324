package io.bihuan.industry;

import java.util.List;

/**
 * A value of an item that people change on a page.
 *
 * @param path within the item
 * @param words what can be chosen, for {@link Kind#WORD} only
 */
public record PartField(List<String> path, Kind kind, List<? extends Enum<?>> words) {
    /** How it is typed. */
    public enum Kind {
        /** One line. */
        TEXT,
        /** Several lines. */
        LONG,
        NUMBER,
        FLAG,
        DEPARTMENT,
        SEVERITY,
        /** One of the words. */
        WORD,
        /** Texts, one on a line. */
        LINES,
        /** Chinese | English, one on a line. */
        PAIRS,
        /** Measure | department | time | Chinese | English, one on a line. */
        MEASURES
    }

    public String key() {
        return String.join(".", path);
    }

    static PartField of(Kind kind, String... path) {
        return new PartField(List.of(path), kind, List.of());
    }

    static PartField of(Enum<?>[] words, String... path) {
        return new PartField(List.of(path), Kind.WORD, List.of(words));
    }
}
