package io.bihuan.bulk.web;

import io.bihuan.bulk.Macro;
import java.util.List;

/** The macros and templates for answers. */
public record MacrosPage(List<Row> rows) {
    /**
     * One of them.
     *
     * @param forWhom the department, or everybody
     */
    public record Row(Macro macro, String forWhom, List<String> steps) {}
}
