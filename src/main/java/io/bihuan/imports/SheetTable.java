package io.bihuan.imports;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/** A sheet of a workbook, read row by row: as a person sees it, with the cached results of its formulas. */
final class SheetTable implements Table {
    /** So many rows may hold nothing but blanks before a look at the first ones ends. */
    private static final int LOOK = 200;

    private static final int MOST_MERGES = 100_000;
    private static final int LAST_COLUMN = 16_384;
    private static final Pattern MERGE =
            Pattern.compile("[<:]mergeCell ref=\"([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})\"");
    private static final int LONGEST_MERGE = 64;

    /** Cells that look like one; what it shows stands in the first. */
    private record Merge(long firstRow, int firstColumn, long lastRow, int lastColumn) {}

    /** A cell before its text is looked up; {@code shared} is negative when the text stands in it. */
    private record Raw(int column, int shared, String text) {}

    private record RawRow(long number, List<Raw> cells) {}

    /** Gives the rows that have any cell. */
    private interface Rows {
        @Nullable
        RawRow next() throws XMLStreamException;
    }

    /** The shared texts by their numbers. */
    private interface Texts {
        @Nullable
        String get(int index);
    }

    private final @Nullable WorkbookParts parts;
    private final Rows rows;
    private final Texts strings;
    private final Map<Long, List<Merge>> merges = new HashMap<>();
    private final Map<Merge, String> open = new HashMap<>();
    private final List<String> header;

    private SheetTable(@Nullable WorkbookParts parts, Rows rows, Texts strings, List<Merge> merges) {
        this.parts = parts;
        this.rows = rows;
        this.strings = strings;
        for (Merge merge : merges) {
            this.merges
                    .computeIfAbsent(merge.firstRow(), row -> new ArrayList<>())
                    .add(merge);
        }
        Row first = next();
        // A caption over all columns is no name of a column.
        if (first != null && isCaption(first)) {
            Row second = next();
            first = second == null ? first : second;
        }
        this.header = first == null ? List.of() : Table.trimmed(first.cells());
    }

    private boolean isCaption(Row row) {
        long filled = row.cells().stream().filter(cell -> !cell.isBlank()).count();
        return filled == 1
                && merges.getOrDefault(row.line(), List.of()).stream()
                        .anyMatch(merge -> merge.lastColumn() > merge.firstColumn()
                                && !row.cell(merge.firstColumn()).isEmpty());
    }

    /** The whole sheet. */
    static SheetTable open(InputStreamSource file, String sheet) throws IOException {
        Workbook book = Workbook.read(file);
        String part = book.sheet(sheet).part();
        List<Merge> merges = merges(file, part);
        SharedStrings strings = SharedStrings.read(file);
        var parts = WorkbookParts.open(file);
        try {
            return new SheetTable(parts, rows(parts, part, book), strings::get, merges);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** The beginning of the sheet, without reading the texts of all the rest. */
    static SheetTable look(InputStreamSource file, String sheet) throws IOException {
        Workbook book = Workbook.read(file);
        String part = book.sheet(sheet).part();
        var found = new ArrayDeque<>(raw(file, part, book, LOOK));
        var wanted = new HashSet<Integer>();
        found.forEach(row ->
                row.cells().stream().filter(cell -> cell.shared() >= 0).forEach(cell -> wanted.add(cell.shared())));
        Map<Integer, String> strings = SharedStrings.read(file, wanted);
        return new SheetTable(null, found::poll, strings::get, merges(file, part));
    }

    /** The first sheet that a person sees and that has a row below its first; else any that has; else the first. */
    static String firstWithRows(InputStreamSource file, Workbook book) throws IOException {
        var candidates = new ArrayList<>(
                book.sheets().stream().filter(sheet -> !sheet.isHidden()).toList());
        book.sheets().stream().filter(Workbook.Sheet::isHidden).forEach(candidates::add);
        for (Workbook.Sheet sheet : candidates) {
            if (raw(file, sheet.part(), book, 2).size() == 2) {
                return sheet.name();
            }
        }
        return candidates.stream()
                .map(Workbook.Sheet::name)
                .findFirst()
                .orElseThrow(() -> new Refused("imports.refused.no-rows"));
    }

    private static List<RawRow> raw(InputStreamSource file, String part, Workbook book, int count) throws IOException {
        var found = new ArrayList<RawRow>();
        try (var parts = WorkbookParts.open(file)) {
            Rows rows = rows(parts, part, book);
            RawRow row = rows.next();
            while (row != null) {
                found.add(row);
                row = found.size() < count ? rows.next() : null;
            }
            return found;
        } catch (XMLStreamException e) {
            throw WorkbookParts.broken(e);
        }
    }

    private static Rows rows(WorkbookParts parts, String part, Workbook book) {
        if (!isAt(parts, part)) {
            return () -> null;
        }
        try {
            var reader = new RowsOfXml(parts.xml(), book);
            return reader::next;
        } catch (XMLStreamException e) {
            throw WorkbookParts.broken(e);
        }
    }

    private static boolean isAt(WorkbookParts parts, String part) {
        String found = parts.next();
        while (found != null && !found.equals(part)) {
            found = parts.next();
        }
        return found != null;
    }

    /** They stand behind all rows, so they are looked for in the bytes, which is much quicker than to read the sheet twice. */
    private static List<Merge> merges(InputStreamSource file, String part) throws IOException {
        var found = new ArrayList<Merge>();
        try (var parts = WorkbookParts.open(file)) {
            if (isAt(parts, part)) {
                Reader in = new InputStreamReader(parts.content(), StandardCharsets.ISO_8859_1);
                var buffer = new char[1 << 16];
                int kept = 0;
                int read = in.read(buffer, 0, buffer.length);
                while (read > 0 && found.size() < MOST_MERGES) {
                    var text = new String(buffer, 0, kept + read);
                    if (text.contains("mergeCell ")) {
                        Matcher matcher = MERGE.matcher(text);
                        while (matcher.find()) {
                            merge(matcher).ifPresent(found::add);
                        }
                    }
                    // What is cut at the end is seen whole the next time; what was seen whole is cut then.
                    int from = Math.max(text.lastIndexOf('<'), text.length() - LONGEST_MERGE);
                    kept = text.length() - from;
                    text.getChars(from, text.length(), buffer, 0);
                    read = in.read(buffer, kept, buffer.length - kept);
                }
            }
        }
        return found;
    }

    private static Optional<Merge> merge(Matcher matcher) {
        var merge = new Merge(
                Long.parseLong(matcher.group(2)),
                column(matcher.group(1)),
                Long.parseLong(matcher.group(4)),
                column(matcher.group(3)));
        return merge.lastRow() >= merge.firstRow() ? Optional.of(merge) : Optional.empty();
    }

    /** Counted from 0; -1 when the letters name no column. */
    private static int column(String reference) {
        int column = 0;
        int letters = 0;
        while (letters < reference.length() && Character.isLetter(reference.charAt(letters))) {
            column = column * 26 + Character.toUpperCase(reference.charAt(letters)) - 'A' + 1;
            letters++;
            if (letters > 3) {
                return -1;
            }
        }
        return column > LAST_COLUMN ? -1 : column - 1;
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public @Nullable Row next() {
        try {
            RawRow raw = rows.next();
            while (raw != null) {
                Row row = row(raw);
                if (row != null) {
                    return row;
                }
                raw = rows.next();
            }
            return null;
        } catch (XMLStreamException e) {
            throw WorkbookParts.broken(e);
        }
    }

    private @Nullable Row row(RawRow raw) {
        int width = 0;
        for (Raw cell : raw.cells()) {
            width = Math.max(width, cell.column() + 1);
        }
        var texts = new String[width];
        boolean isEmpty = true;
        for (Raw cell : raw.cells()) {
            String text = cell.shared() < 0 ? cell.text() : Objects.requireNonNullElse(strings.get(cell.shared()), "");
            texts[cell.column()] = text;
            isEmpty &= text.isBlank();
        }
        var cells = new ArrayList<String>(width);
        for (String text : texts) {
            cells.add(text == null ? "" : text);
        }
        // Whether anything stands in a row is asked before the cells that only look as if they did.
        fillDown(raw.number(), cells);
        return isEmpty ? null : new Row(raw.number(), cells);
    }

    private void fillDown(long number, List<String> cells) {
        open.keySet().removeIf(merge -> merge.lastRow() < number);
        open.forEach((merge, text) -> {
            while (cells.size() <= merge.firstColumn()) {
                cells.add("");
            }
            cells.set(merge.firstColumn(), text);
        });
        for (Merge merge : merges.getOrDefault(number, List.of())) {
            if (merge.lastRow() > number
                    && merge.firstColumn() >= 0
                    && merge.firstColumn() < Math.min(cells.size(), MOST_COLUMNS)) {
                open.put(merge, cells.get(merge.firstColumn()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (parts != null) {
            parts.close();
        }
    }

    /** The rows of a part. */
    private static final class RowsOfXml {
        private final XMLStreamReader xml;
        private final Workbook book;
        private long number;

        RowsOfXml(XMLStreamReader xml, Workbook book) {
            this.xml = xml;
            this.book = book;
        }

        @Nullable
        RawRow next() throws XMLStreamException {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    List<Raw> cells = row();
                    if (!cells.isEmpty()) {
                        return new RawRow(number, cells);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("sheetData")) {
                    return null;
                }
            }
            return null;
        }

        private List<Raw> row() throws XMLStreamException {
            String given = xml.getAttributeValue(null, "r");
            number = given != null && given.matches("\\d{1,9}") ? Long.parseLong(given) : number + 1;
            var cells = new ArrayList<Raw>();
            int column = -1;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    String reference = xml.getAttributeValue(null, "r");
                    int named = reference == null ? column + 1 : column(reference);
                    column = named < 0 ? column + 1 : named;
                    cell(Math.min(column, MOST_COLUMNS)).ifPresent(cells::add);
                    if (cells.size() > LAST_COLUMN) {
                        throw new Refused("imports.refused.damaged");
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    break;
                }
            }
            return cells;
        }

        private Optional<Raw> cell(int column) throws XMLStreamException {
            String type = Objects.requireNonNullElse(xml.getAttributeValue(null, "t"), "n");
            String style = xml.getAttributeValue(null, "s");
            CellText.Format format =
                    style != null && style.matches("\\d{1,9}") ? book.style(Integer.parseInt(style)) : CellText.PLAIN;
            var value = new StringBuilder();
            @Nullable String inline = null;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (xml.getLocalName().equals("v")) {
                        CellText.plain(xml, "v", value);
                    } else if (xml.getLocalName().equals("is")) {
                        inline = CellText.rich(xml, "is");
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    break;
                }
            }
            if (inline != null) {
                return text(column, inline);
            }
            String raw = value.toString();
            return raw.isBlank() ? Optional.empty() : valued(column, type, raw, format);
        }

        private Optional<Raw> valued(int column, String type, String raw, CellText.Format format) {
            return switch (type) {
                case "s" ->
                    raw.strip().matches("\\d{1,9}")
                            ? Optional.of(new Raw(column, Integer.parseInt(raw.strip()), ""))
                            : Optional.empty();
                case "b" -> text(column, raw.strip().equals("0") ? "FALSE" : "TRUE");
                case "str" -> text(column, CellText.unescaped(raw));
                case "e", "d" -> text(column, raw);
                default -> text(column, CellText.number(raw, format, book.is1904()));
            };
        }

        private static Optional<Raw> text(int column, String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(new Raw(column, -1, text));
        }
    }
}
