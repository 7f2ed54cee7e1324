package io.bihuan.imports.web;

import io.bihuan.web.FieldErrors;
import java.time.Instant;
import java.util.List;

/** What is remembered of tables, the last used first. */
public record MappingsPage(List<Line> lines, FieldErrors errors) {
    /**
     * One of them.
     *
     * @param name what somebody called it; empty when nobody did
     * @param columns how many are imported
     */
    public record Line(String id, String name, String fileName, String kind, int columns, Instant usedAt) {}
}
