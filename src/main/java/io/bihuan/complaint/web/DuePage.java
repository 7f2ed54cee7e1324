package io.bihuan.complaint.web;

import io.bihuan.clock.Grade;
import io.bihuan.complaint.DueNext;
import io.bihuan.complaint.DueNext.When;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is due next.
 *
 * @param isLead whether the reader sees more than the own cases
 * @param choosesDepartment whether the reader sees more than one department
 */
public record DuePage(
        DueQuery query,
        boolean isLead,
        boolean choosesDepartment,
        List<Option> departments,
        List<Option> owners,
        List<Group> groups,
        @Nullable String first,
        @Nullable String next) {
    /** What is due in one span of time; {@code count} is that of all pages. */
    public record Group(When when, int count, List<Row> rows) {
        public boolean isMore() {
            return count > DueNext.MOST_COUNTED;
        }

        public int counted() {
            return Math.min(count, DueNext.MOST_COUNTED);
        }
    }

    /** A clock and its complaint. */
    public record Row(RowClock clock, Grade grade, WorklistRow complaint) {}
}
