package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.imports.ImportRun.Format;
import io.bihuan.imports.ImportRun.Reading;
import io.bihuan.platform.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

class SheetTableTests {
    private static Table open(InputStreamSource content) throws IOException {
        var file = new TableFile(content);
        return file.open(file.detect());
    }

    private static List<List<String>> all(InputStreamSource content) throws IOException {
        try (Table table = open(content)) {
            return table.first(1_000).stream().map(Table.Row::cells).toList();
        }
    }

    private static String text(String cell, String text) {
        return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(cell, text);
    }

    private static String row(int number, String... cells) {
        return "<row r=\"%d\">%s</row>".formatted(number, String.join("", cells));
    }

    private static void refused(byte[] bytes, String key) {
        assertThatThrownBy(() -> new TableFile(new ByteArrayResource(bytes)).detect())
                .isInstanceOf(Refused.class)
                .hasMessageContaining(key);
    }

    @Test
    void aSheetThatAProgramWroteIsReadAsItWasMeant() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("投诉");
            sheet.value(0, 0, "编号");
            sheet.value(0, 1, "内容");
            sheet.value(0, 2, "时间");
            sheet.value(0, 3, "金额");
            sheet.value(0, 4, "保内");
            sheet.value(1, 0, 13812345678L);
            sheet.value(1, 1, "空调 <不> 制冷 & 漏水");
            sheet.value(1, 2, LocalDateTime.of(2019, 5, 3, 9, 5));
            sheet.style(1, 2).format("yyyy-mm-dd hh:mm:ss").set();
            sheet.value(1, 3, 0.1 + 0.2);
            sheet.value(1, 4, true);
        }
        var content = new ByteArrayResource(bytes.toByteArray());

        try (Table table = open(content)) {
            assertThat(table.header()).containsExactly("编号", "内容", "时间", "金额", "保内");
            assertThat(table.next())
                    .isEqualTo(new Table.Row(
                            2, List.of("13812345678", "空调 <不> 制冷 & 漏水", "2019-05-03 09:05:00", "0.3", "TRUE")));
            assertThat(table.next()).isNull();
        }
        var file = new TableFile(content);
        try (Table table = file.look(file.detect())) {
            assertThat(table.first(5)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "14, , 43588, 2019-05-03",
        "22, , 43588.378472222219, 2019-05-03 09:05:00",
        "31, , 43588, 2019-05-03",
        "57, , 43588, 2019-05-03",
        "200, yyyy\"年\"m\"月\"d\"日\", 43588, 2019-05-03",
        "200, '[$-804]yyyy/m/d;@', 43588, 2019-05-03",
        "20, , 0.378472222222222, 09:05:00",
        "200, [h]:mm:ss, 1.5, 36:00:00",
        "14, , 60.5, 1900-02-28 12:00:00",
        "14, , 1.5, 1900-01-01 12:00:00",
        "14, , -3, -3",
        "14, , 9999999, 9999999",
        "0, , 1.3812345678E10, 13812345678",
        "0, , 43588, 43588",
        "0, , 0.30000000000000004, 0.3",
        "0, , 1E400000000, 1E400000000",
        "0, , -0.0, 0",
        "9, , 0.125, 12.5%",
        "200, 00000000, 7123, 00007123",
        "200, '#,##0.00 [$元-804]', 12.5, 12.5",
        "200, 'General', 12.5, 12.5",
        "200, '\"days\" 0.0', 12.5, 12.5"
    })
    void numbersAreReadAsTheirFormatShowsThem(int id, String format, String raw, String shown) {
        var read = id < 200 ? CellText.builtIn(id) : CellText.custom(format);
        assertThat(CellText.number(raw, read, false)).isEqualTo(shown);
    }

    @Test
    void daysOfMacintoshesAreCountedFrom1904() throws IOException {
        var file = new SheetFiles()
                .since1904()
                .styles("", "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>")
                .sheet("a", row(1, text("A1", "时间")) + row(2, "<c r=\"A2\" s=\"1\"><v>42126</v></c>"));
        assertThat(all(file.file())).containsExactly(List.of("2019-05-03"));
    }

    @Test
    void richTextReadingAidsEscapesAndResultsOfFormulasAreWhatAPersonSees() throws IOException {
        var file = new SheetFiles()
                .strings("<si><t>内容</t></si><si><r><t>空</t></r><r><rPr/><t xml:space=\"preserve\">调 </t></r><rPh"
                        + " sb=\"0\" eb=\"1\"><t>kong</t></rPh></si><si><t>第一行_x000D_\n"
                        + "第二行_x005F_x0041_</t></si>")
                .sheet(
                        "a",
                        row(1, "<c r=\"A1\" t=\"s\"><v>0</v></c>", text("B1", "b"))
                                + row(2, "<c r=\"A2\" t=\"s\"><v>1</v></c>")
                                + row(3, "<c r=\"A3\" t=\"s\"><v>2</v></c>")
                                + row(
                                        4,
                                        "<c r=\"A4\" t=\"str\"><f>A2&amp;A3</f><v>算出来的</v></c><c"
                                                + " r=\"B4\"><f>1+1</f><v>2</v></c>")
                                + row(
                                        5,
                                        "<c r=\"A5\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"B5\""
                                                + " t=\"b\"><v>0</v></c>")
                                + row(
                                        6,
                                        "<c r=\"A6\" t=\"s\"><v>99</v></c><c r=\"B6\""
                                                + " t=\"d\"><v>2019-05-03T09:05:00</v></c>")
                                + row(7, "<c t=\"inlineStr\"><is><t>没有</t></is></c><c><v>1</v></c>"));

        assertThat(all(file.file()))
                .containsExactly(
                        List.of("空调 "),
                        List.of("第一行\r\n第二行_x0041_"),
                        List.of("算出来的", "2"),
                        List.of("#DIV/0!", "FALSE"),
                        List.of("", "2019-05-03T09:05:00"),
                        List.of("没有", "1"));
    }

    @Test
    void mergedCellsSpeakForTheRowsBelowAndEmptyRowsDoNotExist() throws IOException {
        var file = new SheetFiles()
                .sheet(
                        "a",
                        row(1, text("A1", "2026年投诉登记表"))
                                + row(2, text("A2", "类别"), text("B2", "内容"))
                                + row(3, text("A3", "空调"), text("B3", "不制冷"))
                                + row(4, "<c r=\"A4\" s=\"0\"/>", text("B4", "漏水"))
                                + row(5, "<c r=\"A5\"/><c r=\"B5\"/>")
                                + row(6, text("B6", "异响"))
                                + row(7, text("B7", "没有类别"))
                                + row(8, text("A8", "  "), "<c r=\"B8\"/>"),
                        "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A3:A6\"/></mergeCells>");

        try (Table table = open(file.file())) {
            assertThat(table.header()).containsExactly("类别", "内容");
            assertThat(table.first(10))
                    .containsExactly(
                            new Table.Row(3, List.of("空调", "不制冷")),
                            new Table.Row(4, List.of("空调", "漏水")),
                            new Table.Row(6, List.of("空调", "异响")),
                            new Table.Row(7, List.of("", "没有类别")));
        }
    }

    @Test
    void theFirstSheetWithRowsIsTakenAndAnotherCanBeChosen() throws IOException {
        var content = new SheetFiles()
                .sheet("封面", row(1, text("A1", "说明")))
                .sheet("hidden", row(1, text("A1", "x")) + row(2, text("A2", "y")))
                .sheet("一月", row(1, text("A1", "内容")) + row(2, text("A2", "a")))
                .sheet("二月", row(1, text("A1", "内容")) + row(2, text("A2", "b")))
                .file();
        var file = new TableFile(content);

        Reading reading = file.detect();
        assertThat(reading.format()).isEqualTo(Format.XLSX);
        assertThat(reading.sheet()).isEqualTo("一月");
        assertThat(file.sheets(Format.XLSX)).containsExactly("封面", "hidden", "一月", "二月");
        try (Table table = file.open(new Reading(Format.XLSX, "UTF-8", ',', "二月"))) {
            assertThat(table.first(1).getFirst().cells()).containsExactly("b");
        }
        assertThatThrownBy(() -> file.open(new Reading(Format.XLSX, "UTF-8", ',', "三月")))
                .hasMessageContaining("sheet");
    }

    @Test
    void whatIsNoWorkbookIsRefusedWithWhatToDo() throws IOException {
        refused(SheetFiles.zip(Map.of("a.csv", "编号,内容\n1,a\n")), "imports.refused.zip");
        refused(SheetFiles.zip(Map.of("xl/workbook.bin", "x")), "imports.refused.other-spreadsheet");
        refused(SheetFiles.zip(Map.of("content.xml", "<a/>")), "imports.refused.other-spreadsheet");
        refused(SheetFiles.zip(Map.of("word/document.xml", "<a/>")), "imports.refused.no-text");
        refused(
                "<html><table><tr><td>编号</td></tr></table></html>".getBytes(StandardCharsets.UTF_8),
                "other-spreadsheet");
        refused(
                "\uFEFF<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
                        .getBytes(StandardCharsets.UTF_8),
                "other-spreadsheet");
        refused(ole("Workbook"), "imports.refused.old-excel");
        refused(ole("EncryptedPackage"), "imports.refused.encrypted");
        refused(new SheetFiles().sheet("a", "").sheet("b", "").bytes(), "no-rows", true);
    }

    private static void refused(byte[] bytes, String key, boolean whenRead) throws IOException {
        var file = new TableFile(new ByteArrayResource(bytes));
        try (Table table = file.open(file.detect())) {
            assertThat(whenRead).isTrue();
            assertThat(table.header()).as(key).isEmpty();
            assertThat(table.next()).isNull();
        }
    }

    private static byte[] ole(String stream) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var file = new POIFSFileSystem()) {
            file.createDocument(new ByteArrayInputStream(new byte[5_000]), stream);
            file.writeFilesystem(bytes);
        }
        return bytes.toByteArray();
    }

    @Test
    void aFileThatIsCutOffOrBrokenIsRefused() throws IOException {
        byte[] whole = new SheetFiles()
                .sheet("a", row(1, text("A1", "内容")) + row(2, text("A2", "字".repeat(3_000))))
                .bytes();
        for (int length : new int[] {40, whole.length / 3, whole.length / 2}) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> all(new ByteArrayResource(cut)))
                    .as("cut at %d", length)
                    .isInstanceOf(Refused.class);
        }
        var open = new SheetFiles().raw("a", "<worksheet><sheetData>" + row(1, text("A1", "a")) + "<row r=\"2\">");
        assertThatThrownBy(() -> all(open.file())).hasMessageContaining("damaged");
        var entity = new SheetFiles()
                .raw(
                        "a",
                        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData>"
                                + row(1, text("A1", "内容"))
                                + row(2, text("A2", "&e;"))
                                + "</sheetData></worksheet>");
        assertThatThrownBy(() -> all(entity.file())).isInstanceOf(Refused.class);
    }

    @Test
    void whatGrowsWithoutEndWhenUnpackedIsRefused() throws IOException {
        String header = row(1, text("A1", "内容"));
        var longCell = new SheetFiles().sheet("a", header + row(2, text("A2", "字".repeat(1_100_000))));
        assertThatThrownBy(() -> all(longCell.file())).hasMessageContaining("too-large-unpacked");
        var pieces = new SheetFiles()
                .sheet(
                        "a",
                        header
                                + row(
                                        2,
                                        "<c r=\"A2\" t=\"inlineStr\"><is>" + "<r><t>字字字字字字字字字字</t></r>".repeat(110_000)
                                                + "</is></c>"));
        assertThatThrownBy(() -> all(pieces.file())).hasMessageContaining("too-large-unpacked");
        var comment = new SheetFiles()
                .sheet("a", header + "<!--" + "<a>".repeat(2_000_000) + "-->" + row(2, text("A2", "a")));
        assertThatThrownBy(() -> all(comment.file())).hasMessageContaining("too-large-unpacked");
        var attribute = new SheetFiles().sheet("a", header + "<row r=\"" + "1".repeat(5_000_000) + "\"/>");
        assertThatThrownBy(() -> all(attribute.file())).hasMessageContaining("too-large-unpacked");
        var farAway = new SheetFiles()
                .sheet("a", header + row(2, text("FXSHRXX2", "weit"), text("XFD2", "breit"), text("ZZZ2", "breiter")));
        assertThat(all(farAway.file()))
                .allSatisfy(cells -> assertThat(cells).hasSizeLessThanOrEqualTo(Table.MOST_COLUMNS + 1));
        assertThatThrownBy(() -> all(bomb())).hasMessageContaining("too-large-unpacked");
    }

    /** Two gigabytes of nothing in some megabytes, as it would come over the wire. */
    private static InputStreamSource bomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("xl/media/a.bin"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 2_050; i++) {
                zip.write(zeros);
            }
        }
        return new ByteArrayResource(bytes.toByteArray());
    }

    @Test
    void textsAreFoundWhereverTheirPartLies() throws IOException {
        var strings = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            strings.append("<si><t>文")
                    .append(i)
                    .append("字".repeat(i % 7 == 0 ? 1_000 : 1))
                    .append("</t></si>");
        }
        var rows = new StringBuilder(row(1, text("A1", "内容")));
        for (int i = 0; i < 3_000; i++) {
            rows.append(row(i + 2, "<c r=\"A%d\" t=\"s\"><v>%d</v></c>".formatted(i + 2, 2_999 - i)));
        }
        for (boolean isFirst : new boolean[] {true, false}) {
            var file = new SheetFiles();
            if (isFirst) {
                file.strings(strings.toString());
            }
            file.sheet("a", rows.toString());
            if (!isFirst) {
                file.strings(strings.toString());
            }
            try (Table table = open(file.file())) {
                List<Table.Row> read = table.first(5_000);
                assertThat(read).hasSize(3_000);
                assertThat(read.getFirst().cell(0)).startsWith("文2999字");
                assertThat(read.getLast().cell(0)).isEqualTo("文0" + "字".repeat(1_000));
            }
        }
    }

    @Test
    void theFileIsClosedAfterwards() throws IOException {
        byte[] bytes = new SheetFiles()
                .sheet("a", row(1, text("A1", "内容")) + row(2, text("A2", "a")))
                .bytes();
        int[] open = {0};
        InputStreamSource counted = () -> {
            open[0]++;
            return new ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                    open[0]--;
                }
            };
        };
        try (Table table = open(counted)) {
            assertThat(table.next()).isNotNull();
        }
        assertThat(open[0]).isZero();
    }
}
