package io.bihuan.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that was not taken in.
 *
 * @param line where it begins in the file, counted from 1
 * @param excerpt the beginning of the row, as it stands there
 */
public record ImportRejection(long line, List<Reason> reasons, String excerpt) {
    /**
     * One thing that is wrong with it.
     *
     * @param column the name of the column at fault; null when it is the row as a whole
     */
    public record Reason(@Nullable String column, String messageKey, List<String> arguments) {
        public Reason {
            arguments = List.copyOf(arguments);
        }

        /** A reason whose text has that key. */
        public static Reason of(@Nullable String column, String messageKey, Object... arguments) {
            return new Reason(
                    column,
                    messageKey,
                    List.of(arguments).stream().map(String::valueOf).toList());
        }
    }

    public ImportRejection {
        reasons = List.copyOf(reasons);
    }
}
