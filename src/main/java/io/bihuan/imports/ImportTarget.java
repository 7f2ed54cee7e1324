package io.bihuan.imports;

import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Settings;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rows of a table become; a bean of whoever takes them. {@code ImportWork} reads the table, keeps the place and reports. */
public interface ImportTarget {
    Kind kind();

    /** What its columns can mean. */
    List<Target> meanings();

    /**
     * Looks whether the columns, which do not contradict each other, make a whole.
     *
     * @param source what the table is called
     * @throws io.bihuan.platform.Refused when they do not
     */
    void check(Settings settings, String source);

    /** Begins to work on a run, from wherever it stands. */
    Rows open(ImportRun run);

    /** The rows of one run. */
    interface Rows {
        /** The number by which a row is the same as another; null when it has none. */
        @Nullable
        String number(Table.Row row);

        /** Judges rows outside of the transaction: that takes longer than the writing. */
        List<Step> prepare(List<Candidate> rows);
    }

    /**
     * A row that is to be judged.
     *
     * @param conflict the line of an earlier row of this file that has the same number and says something else; null when there is none
     */
    record Candidate(Table.Row row, @Nullable Long conflict) {}

    /** What is to be done for one row. */
    sealed interface Step {
        Table.Row row();
    }

    /** Write it down. */
    record Take(Table.Row row, Taking taking) implements Step {}

    /** It was taken in before, and nothing is to be done. */
    record Known(Table.Row row) implements Step {}

    /** It is reported and otherwise left alone. */
    record Reject(Table.Row row, List<Reason> reasons) implements Step {}

    /** Writes one row, in the transaction that moves the position of the run. */
    interface Taking {
        Taken take();
    }

    /** What became of a row. */
    sealed interface Taken {
        /**
         * It is new.
         *
         * @param share whom the new case belongs to; null when it is nobody's work
         */
        record Added(Set<Flag> flags, @Nullable Share share) implements Taken {}

        /** It was there, and says now what the row says. */
        record Updated() implements Taken {}

        /** Nothing was stored. */
        record Left(Reason reason) implements Taken {}
    }

    /** A case for its owner: in time, soon due or overdue. */
    record Share(UUID owner, Lateness lateness) {}

    /** How a case stands when it comes. */
    enum Lateness {
        IN_TIME,
        DUE_SOON,
        OVERDUE;

        int place() {
            return switch (this) {
                case IN_TIME -> 0;
                case DUE_SOON -> 1;
                case OVERDUE -> 2;
            };
        }
    }
}
