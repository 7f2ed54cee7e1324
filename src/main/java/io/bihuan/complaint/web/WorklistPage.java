package io.bihuan.complaint.web;

import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The worklist: what was asked, what there is to choose from, and one page of rows.
 *
 * @param choosesDepartment whether the reader sees more than one department
 * @param mayRegister whether the reader may register complaints
 */
public record WorklistPage(
        WorklistQuery query,
        List<Terms.Group> categories,
        List<Option> departments,
        boolean choosesDepartment,
        boolean mayRegister,
        List<WorklistRow> rows,
        @Nullable Found found,
        @Nullable String first,
        @Nullable String next) {
    /**
     * What a search found.
     *
     * @param total exact up to a thousand
     * @param complete false while older complaints may be missing, because the index is behind
     * @param indexed complaints in the index so far
     */
    public record Found(long total, boolean isExact, boolean complete, long indexed) {}
}
