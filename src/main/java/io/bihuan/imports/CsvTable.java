package io.bihuan.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A table in a text file. */
final class CsvTable implements Table {
    static final List<Character> DELIMITERS = List.of(',', '\t', ';', '|');

    private static final int SAMPLE = 256 * 1024;
    private static final int SAMPLE_ROWS = 50;

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;

    private CsvTable(CSVParser parser) {
        this.parser = parser;
        this.records = parser.iterator();
        Row first = next();
        this.header = first == null ? List.of() : Table.trimmed(first.cells());
    }

    static CsvTable open(InputStream in, Charset charset, char delimiter) throws IOException {
        return open(Encoding.reader(in, charset), delimiter);
    }

    static CsvTable open(Reader text, char delimiter) throws IOException {
        return new CsvTable(
                CSVParser.builder().setReader(text).setFormat(format(delimiter)).get());
    }

    /** The delimiter that splits the most of the first rows into equally many columns; a comma when there is only one column. */
    static char delimiter(InputStream in, Charset charset) throws IOException {
        var buffer = new char[SAMPLE];
        int length = 0;
        Reader reader = Encoding.reader(in, charset);
        int read = reader.read(buffer, 0, SAMPLE);
        while (read > 0 && length < SAMPLE) {
            length += read;
            read = reader.read(buffer, length, SAMPLE - length);
        }
        var sample = new String(buffer, 0, length);
        char best = DELIMITERS.getFirst();
        long most = 0;
        for (char delimiter : DELIMITERS) {
            long fitting = fitting(sample, delimiter, length == SAMPLE);
            if (fitting > most) {
                most = fitting;
                best = delimiter;
            }
        }
        return best;
    }

    /** How much speaks for a delimiter: rows with as many cells as the first, weighed before the number of columns. */
    private static long fitting(String sample, char delimiter, boolean isCut) throws IOException {
        try (var table = open(new StringReader(sample), delimiter)) {
            int columns = table.header.size();
            if (columns < 2) {
                return 0;
            }
            int rows = 0;
            int fitting = 0;
            Row row = table.next();
            while (row != null && rows < SAMPLE_ROWS) {
                Row following = table.next();
                if (following != null || !isCut) {
                    rows++;
                    fitting += fits(row, columns) ? 1 : 0;
                }
                row = following;
            }
            return rows == 0 ? columns : 1_000L * fitting / rows * 1_000 + columns;
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Half of a pair of quotes in a cell tells that the cell was torn apart. */
    private static boolean fits(Row row, int columns) {
        return row.cells().size() == columns
                && row.cells().stream()
                        .allMatch(cell -> cell.chars().filter(c -> c == '"').count() % 2 == 0);
    }

    private static CSVFormat format(char delimiter) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                // A quote that is not doubled inside a cell must not make the rest of a file unreadable.
                .setTrailingData(true)
                .setLenientEof(true)
                .get();
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public @Nullable Row next() {
        while (records.hasNext()) {
            // The parser has read the whole row by now, and stands at its last line.
            long end = parser.getCurrentLineNumber();
            CSVRecord record = records.next();
            String[] cells = record.values();
            if (Arrays.stream(cells).anyMatch(cell -> !cell.isBlank())) {
                return new Row(Math.max(1, end - breaks(cells)), List.of(cells));
            }
        }
        return null;
    }

    private static long breaks(String[] cells) {
        long breaks = 0;
        for (String cell : cells) {
            for (int i = 0; i < cell.length(); i++) {
                char c = cell.charAt(i);
                if (c == '\n' || (c == '\r' && (i + 1 == cell.length() || cell.charAt(i + 1) != '\n'))) {
                    breaks++;
                }
            }
        }
        return breaks;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
