package io.bihuan.industry;

import java.util.List;

/**
 * A value of an item that people change on a page.
 *
 * @param path within the item
 */
public record PartField(List<String> path, Kind kind) {
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
        return new PartField(List.of(path), kind);
    }
}
