package io.bihuan.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.core.io.ByteArrayResource;

/** Workbooks part by part, as programs write them that are not kind. */
final class SheetFiles {
    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private String properties = "";
    private int count;

    /** A sheet with the XML that stands in its {@code sheetData}, and behind it. */
    SheetFiles sheet(String name, String rows, String behind) {
        return raw(
                name, "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData>%s</worksheet>".formatted(MAIN, rows, behind));
    }

    SheetFiles sheet(String name, String rows) {
        return sheet(name, rows, "");
    }

    SheetFiles raw(String name, String xml) {
        count++;
        boolean isHidden = name.startsWith("hidden");
        sheets.append("<sheet name=\"%s\" sheetId=\"%d\" r:id=\"r%d\"%s/>"
                .formatted(name, count, count, isHidden ? " state=\"hidden\"" : ""));
        relations.append("<Relationship Id=\"r%d\" Type=\"%s/worksheet\" Target=\"worksheets/s%d.xml\"/>"
                .formatted(count, RELATIONS, count));
        parts.put("xl/worksheets/s" + count + ".xml", xml);
        return this;
    }

    SheetFiles strings(String items) {
        parts.put("xl/sharedStrings.xml", "<sst xmlns=\"%s\">%s</sst>".formatted(MAIN, items));
        return this;
    }

    SheetFiles styles(String numFmts, String xfs) {
        parts.put(
                "xl/styles.xml",
                "<styleSheet xmlns=\"%s\"><numFmts>%s</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>%s</cellXfs></styleSheet>"
                        .formatted(MAIN, numFmts, xfs));
        return this;
    }

    SheetFiles since1904() {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    ByteArrayResource file() throws IOException {
        return new ByteArrayResource(bytes());
    }

    byte[] bytes() throws IOException {
        var all = new LinkedHashMap<>(parts);
        all.put(
                "xl/workbook.xml",
                "<workbook xmlns=\"%s\" xmlns:r=\"%s\">%s<sheets>%s</sheets></workbook>"
                        .formatted(MAIN, RELATIONS, properties, sheets));
        all.put("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
        return zip(all);
    }

    static byte[] zip(Map<String, String> parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
