package io.bihuan.imports;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/** What an Excel file says of its sheets. The file is opened anew for each pass, so that nothing of it lies on a disk in clear. */
final class Workbook {
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private static final int MOST_SHEETS = 200;
    private static final int MOST_FORMATS = 100_000;

    /** One sheet. */
    record Sheet(String name, String part, boolean isHidden) {}

    private record Named(String name, @Nullable String relation, boolean isHidden) {}

    private final List<Named> named = new ArrayList<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Map<Integer, CellText.Format> customs = new HashMap<>();
    private final List<CellText.Format> styles = new ArrayList<>();
    private List<Sheet> sheets = List.of();
    private boolean is1904;

    private Workbook() {}

    /**
     * Reads what the file says of its sheets.
     *
     * @throws Refused when it is a ZIP file of another kind, with what to do
     */
    static Workbook read(InputStreamSource file) throws IOException {
        var book = new Workbook();
        String kind = null;
        try (var parts = WorkbookParts.open(file)) {
            for (String part = parts.next(); part != null; part = parts.next()) {
                switch (part) {
                    case "xl/workbook.xml" -> book.readSheets(parts.xml());
                    case "xl/_rels/workbook.xml.rels" -> book.readRelations(parts.xml());
                    case "xl/styles.xml" -> book.readStyles(parts.xml());
                    case "xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml" -> kind = part;
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw WorkbookParts.broken(e);
        }
        if (book.named.isEmpty()) {
            throw new Refused(
                    kind == null
                            ? "imports.refused.zip"
                            : kind.equals("xl/workbook.bin") || kind.equals("content.xml")
                                    ? "imports.refused.other-spreadsheet"
                                    : "imports.refused.no-text");
        }
        book.sheets = book.named.stream()
                .filter(each -> each.relation() != null && book.targets.containsKey(each.relation()))
                .map(each -> new Sheet(
                        each.name(),
                        Objects.requireNonNull(book.targets.get(Objects.requireNonNull(each.relation()))),
                        each.isHidden()))
                .toList();
        return book;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    /**
     * The sheet of that name.
     *
     * @throws Refused when there is none
     */
    Sheet sheet(String name) {
        return sheets.stream()
                .filter(sheet -> sheet.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused("imports.refused.sheet", name));
    }

    boolean is1904() {
        return is1904;
    }

    CellText.Format style(int number) {
        return number >= 0 && number < styles.size() ? styles.get(number) : CellText.PLAIN;
    }

    private void readSheets(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "workbookPr" -> is1904 = isTrue(xml.getAttributeValue(null, "date1904"));
                    case "sheet" -> {
                        if (named.size() < MOST_SHEETS) {
                            String relation = xml.getAttributeValue(RELATIONS, "id");
                            String state = xml.getAttributeValue(null, "state");
                            named.add(new Named(
                                    Objects.requireNonNullElse(xml.getAttributeValue(null, "name"), ""),
                                    relation == null ? xml.getAttributeValue(STRICT_RELATIONS, "id") : relation,
                                    state != null && !state.equals("visible")));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    private void readRelations(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Relationship")) {
                String id = xml.getAttributeValue(null, "Id");
                String target = xml.getAttributeValue(null, "Target");
                String type = xml.getAttributeValue(null, "Type");
                if (id != null && target != null && type != null && type.endsWith("/worksheet")) {
                    targets.put(
                            id,
                            target.startsWith("/") ? WorkbookParts.plain(target) : "xl/" + WorkbookParts.plain(target));
                }
            }
        }
    }

    private void readStyles(XMLStreamReader xml) throws XMLStreamException {
        boolean isInCells = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "numFmt" -> {
                        String code = xml.getAttributeValue(null, "formatCode");
                        if (code != null && code.length() < 1_000 && customs.size() < MOST_FORMATS) {
                            customs.putIfAbsent(number(xml.getAttributeValue(null, "numFmtId")), CellText.custom(code));
                        }
                    }
                    case "cellXfs" -> isInCells = true;
                    case "xf" -> {
                        if (isInCells && styles.size() < MOST_FORMATS) {
                            int number = number(xml.getAttributeValue(null, "numFmtId"));
                            styles.add(customs.getOrDefault(number, CellText.builtIn(number)));
                        }
                    }
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("cellXfs")) {
                isInCells = false;
            }
        }
    }

    private static boolean isTrue(@Nullable String value) {
        return "1".equals(value) || "true".equals(value);
    }

    private static int number(@Nullable String digits) {
        return digits != null && digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }
}
