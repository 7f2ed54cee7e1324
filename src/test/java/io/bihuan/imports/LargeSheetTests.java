package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

/** A sheet of 200,000 complaints, each with words of its own. */
@Tag("slow")
class LargeSheetTests {
    private static final int ROWS = 200_000;

    static void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var book = new Workbook(out, "test", "1.0")) {
            book.setCompressionLevel(Deflater.BEST_SPEED);
            var sheet = book.newWorksheet("投诉");
            String[] header = {"编号", "内容", "姓名", "电话", "时间", "品牌", "型号"};
            for (int i = 0; i < header.length; i++) {
                sheet.value(0, i, header[i]);
            }
            for (int i = 1; i <= ROWS; i++) {
                sheet.value(i, 0, "T" + i);
                sheet.value(i, 1, "第" + i + "位客户反映空调 <不> 制冷 & 漏水，师傅上门" + i % 7 + "次仍未解决，要求尽快更换压缩机并说明收费依据。");
                sheet.value(i, 2, "客户" + i);
                sheet.value(i, 3, 13_000_000_000L + i);
                sheet.value(i, 4, "2026-11-" + (1 + i % 20) + " 09:" + (10 + i % 50));
                sheet.value(i, 5, "品牌" + i % 50);
                sheet.value(i, 6, "KFR-" + i);
                if (i % 1_000 == 0) {
                    sheet.flush();
                }
            }
        }
    }

    @Test
    void twoHundredThousandRowsAreReadOneByOne(@TempDir Path folder, TestReporter reporter) throws IOException {
        Path path = folder.resolve("large.xlsx");
        write(path);
        var file = new TableFile(new FileSystemResource(path));
        long began = System.nanoTime();
        try (Table look = file.look(file.detect())) {
            assertThat(look.first(20)).hasSize(20);
        }
        long looked = System.nanoTime();
        int rows = 0;
        try (Table table = file.open(file.detect())) {
            for (Table.Row row = table.next(); row != null; row = table.next()) {
                rows++;
                assertThat(row.cell(0)).isEqualTo("T" + rows);
            }
        }
        assertThat(rows).isEqualTo(ROWS);
        reporter.publishEntry(Map.of(
                "bytes", String.valueOf(Files.size(path)),
                "lookMilliseconds", String.valueOf((looked - began) / 1_000_000),
                "readMilliseconds", String.valueOf((System.nanoTime() - looked) / 1_000_000)));
    }
}
