package io.bihuan.complaint.web;

import io.bihuan.complaint.ManyAtOnce;
import io.bihuan.complaint.SavedViews;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The worklist: what was asked, what there is to choose from, and one page of rows.
 *
 * @param choosesDepartment whether the reader sees more than one department
 * @param mayRegister whether the reader may register complaints
 * @param deeds what may be done with the ticked ones; when there is nothing, there is nothing to tick
 * @param deedsPath where that begins
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
        @Nullable String next,
        List<SavedViews.View> views,
        List<ManyAtOnce.Deed> deeds,
        String deedsPath) {
    /** What stands behind the question mark of the address of this list. */
    public String asked() {
        String address = query.at(null);
        int mark = address.indexOf('?');
        return mark < 0 ? "" : address.substring(mark + 1);
    }

    /**
     * What a search found.
     *
     * @param total exact up to a thousand
     * @param complete false while older complaints may be missing, because the index is behind
     * @param indexed complaints in the index so far
     */
    public record Found(long total, boolean isExact, boolean complete, long indexed) {}
}
