package io.bihuan.imports;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table that is read row by row: its first row that is not empty holds the names of the columns; empty rows do not exist. */
public interface Table extends Closeable {
    int MOST_COLUMNS = 200;

    /**
     * One row.
     *
     * @param line where it begins in the file, counted from 1; in a workbook the number that stands beside it
     * @param cells as many as stand there
     */
    record Row(long line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        /** The cell without the space around it; empty where the row is too short. */
        public String cell(int column) {
            return column < cells.size() ? cells.get(column).strip() : "";
        }

        /** Cells beyond the last column hold something, so that it is not clear which column is which. */
        public boolean isWiderThan(int columns) {
            for (int i = columns; i < cells.size(); i++) {
                if (!cells.get(i).isBlank()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The names of the columns as they stand there, which may be empty or equal; none in an empty file. */
    List<String> header();

    /** The next row in which anything stands; null at the end. */
    @Nullable
    Row next();

    /** The first rows, at most so many. */
    default List<Row> first(int count) {
        var rows = new ArrayList<Row>();
        Row row = next();
        while (row != null) {
            rows.add(row);
            row = rows.size() < count ? next() : null;
        }
        return rows;
    }

    static List<String> trimmed(List<String> cells) {
        int last = cells.size();
        while (last > 0 && cells.get(last - 1).isBlank()) {
            last--;
        }
        return cells.subList(0, last).stream().map(String::strip).toList();
    }
}
