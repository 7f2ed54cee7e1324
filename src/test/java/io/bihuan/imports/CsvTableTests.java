package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CsvTableTests {
    private static List<Table.Row> rows(CsvTable table) {
        var rows = new ArrayList<Table.Row>();
        Table.Row row = table.next();
        while (row != null) {
            rows.add(row);
            row = table.next();
        }
        return rows;
    }

    private static CsvTable table(String text) throws IOException {
        return CsvTable.open(new StringReader(text), ',');
    }

    private static char delimiter(String text) throws IOException {
        return CsvTable.delimiter(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static Table.Row first(String text) throws IOException {
        return Objects.requireNonNull(table(text).next());
    }

    @Test
    void cellsHoldLinesQuotesTabsAndCommas() throws IOException {
        var table = table("id,内容,完\n1,\"第一行\n第二行,\"\"真的\"\"\t完\",x\n2,y,z\n");

        assertThat(table.header()).containsExactly("id", "内容", "完");
        assertThat(rows(table))
                .containsExactly(
                        new Table.Row(2, List.of("1", "第一行\n第二行,\"真的\"\t完", "x")),
                        new Table.Row(4, List.of("2", "y", "z")));
    }

    @Test
    void aRowKnowsTheLineOnWhichItBegins() throws IOException {
        var table = table("\r\nid,text\r\n\r\n1,\"a\r\nb\r\nc\"\r\n,\r\n2,b\r\n3,\"x\ry\"");

        assertThat(rows(table)).extracting(Table.Row::line).containsExactly(4L, 8L, 9L);
    }

    @Test
    void emptyRowsDoNotExist() throws IOException {
        var text = new StringBuilder("id,text,more\n");
        for (int i = 0; i < 65_000; i++) {
            text.append(i % 2 == 0 ? ",,\n" : " , ,\n");
        }
        text.append("1,last,\n");

        assertThat(rows(table(text.toString()))).containsExactly(new Table.Row(65_002, List.of("1", "last", "")));
    }

    @Test
    void shortRowsHaveEmptyCellsAndWideOnesAreNoticed() throws IOException {
        Table.Row shorter = first("a,b,c\n1\n");
        assertThat(shorter.cell(2)).isEmpty();
        assertThat(shorter.isWiderThan(3)).isFalse();
        Table.Row blank = first("a,b\n1,2,, \n");
        assertThat(blank.isWiderThan(2)).isFalse();
        Table.Row wider = first("a,b\n1,2,3\n");
        assertThat(wider.isWiderThan(2)).isTrue();
    }

    @Test
    void aQuoteThatNobodyClosesLosesNoText() throws IOException {
        assertThat(rows(table("id,text\n1,\"开口\n2,后面\n")))
                .extracting(Table.Row::cells)
                .containsExactly(List.of("1", "开口\n2,后面\n"));
        assertThat(rows(table("id,text\n1,\"quoted\" and more\n2,b\n")))
                .extracting(row -> row.cell(1))
                .containsExactly("quoted and more", "b");
    }

    @Test
    void theMarkIsNoPartOfTheFirstName() throws IOException {
        byte[] bytes = "\uFEFF\"编号\",内容\n1,a\n".getBytes(StandardCharsets.UTF_8);

        try (var table = CsvTable.open(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8, ',')) {
            assertThat(table.header()).containsExactly("编号", "内容");
        }
    }

    @Test
    void theDelimiterIsTheOneThatFitsTheRows() throws IOException {
        assertThat(delimiter("id,text\n1,a;b;c\n2,d\n")).isEqualTo(',');
        assertThat(delimiter("id\ttext\n1\tone, two, three\n2\tfour, five\n")).isEqualTo('\t');
        assertThat(delimiter("id;price;text\n1;2,50;a\n2;3,10;b\n")).isEqualTo(';');
        assertThat(delimiter("id|text\n1|a, b\n")).isEqualTo('|');
        assertThat(delimiter("text\nhello\n")).isEqualTo(',');
        assertThat(delimiter("id,\"a;b;c;d\"\n1,\"x;y;z;w\"\n")).isEqualTo(',');
        assertThat(delimiter("")).isEqualTo(',');
    }

    @Test
    void aTableWithoutAnythingHasNoColumns() throws IOException {
        var table = table("\n\n , ,\n");

        assertThat(table.header()).isEmpty();
        assertThat(table.next()).isNull();
    }
}
