package io.bihuan.imports;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One table on its way into the register.
 *
 * @param source where the table comes from; with it a row's number is unique, so that importing it again adds nothing
 * @param total rows in the table; null until they were counted
 * @param position how many rows are done: {@code added + known + rejected}
 * @param flags how many of the added ones lack something
 * @param mapping from which the settings were proposed; it may be gone by now
 * @param error the key of the text that says why it failed
 */
public record ImportRun(
        UUID id,
        String source,
        String fileName,
        String sha256,
        Settings settings,
        State state,
        @Nullable Integer total,
        int position,
        int added,
        int known,
        int rejected,
        Map<Flag, Integer> flags,
        @Nullable String error,
        @Nullable UUID mapping,
        UUID startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /** Rows may come again under another name of the same source, hence its own space of numbers. */
    static final String ORIGIN = "import:";

    public static final int LONGEST_SOURCE = 60;

    /** What the cases are: closed elsewhere, or to be worked on here. */
    public enum Mode {
        ARCHIVE,
        LIVE
    }

    public enum State {
        PREVIEW,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /** Something a complaint was taken in without. */
    public enum Flag {
        NO_CONTACT,
        NO_CATEGORY,
        NO_RECEIVED_TIME,
        NO_CLOSED_TIME,
        /** A value could not be read as what its column means, and stands below the content instead. */
        VALUE_AS_TEXT,
        SHORT_ROW,
        BROKEN_CHARACTERS
    }

    /** What the rows become. */
    public enum Kind {
        COMPLAINTS,
        CUSTOMERS,
        VEHICLES,
        APPLIANCES,
        ORDERS,
        /** Cases that authorities sent. */
        REGULATOR_CASES
    }

    public enum Format {
        CSV,
        XLSX
    }

    /**
     * How the cells come out of the file.
     *
     * @param charset of a text file, as {@code delimiter}
     * @param sheet of a workbook; null in a text file
     */
    public record Reading(
            Format format,
            String charset,
            char delimiter,
            @Nullable String sheet) {}

    /** What the table is and what its columns mean. */
    public record Settings(Kind kind, Reading reading, Mode mode, String businessLine, List<ImportColumn> columns) {
        public Settings {
            columns = List.copyOf(columns);
        }

        /** Whether a column means this. */
        public boolean has(ImportColumn.Target target) {
            return columns.stream().anyMatch(column -> column.target() == target);
        }

        public String charset() {
            return reading.charset();
        }

        public char delimiter() {
            return reading.delimiter();
        }
    }

    public ImportRun {
        flags = Map.copyOf(flags);
    }

    String origin() {
        return ORIGIN + source;
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Whole percent; 0 until the rows are counted. */
    public int percent() {
        return total == null || total == 0 ? 0 : (int) (100L * position / total);
    }
}
