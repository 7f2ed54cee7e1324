package io.bihuan.compensation;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of results: the exported table with three more columns, or only these: payout, result, reference, reason. Columns are
 * found by their names in either language; lines without a result are left out.
 */
final class PayoutResults {
    static final int MOST = 10_000;
    private static final Set<String> PAYOUT = Set.of("付款编号", "payout");
    private static final Set<String> RESULT = Set.of("付款结果", "结果", "result");
    private static final Set<String> REFERENCE = Set.of("银行流水号", "流水号", "reference");
    private static final Set<String> REASON = Set.of("失败原因", "原因", "reason");
    private static final Set<String> PAID = Set.of("成功", "已付", "已付款", "付款成功", "paid", "success", "succeeded", "ok");
    private static final Set<String> FAILED = Set.of("失败", "未付", "退票", "付款失败", "failed", "failure", "returned");

    private PayoutResults() {}

    /**
     * The results in a file.
     *
     * @throws Refused when a column is missing, a line cannot be understood, or there are too many
     */
    static List<PayoutResult> read(byte[] file) {
        var results = new ArrayList<PayoutResult>();
        try (var csv = CSVFormat.EXCEL.builder().setTrim(true).get().parse(new StringReader(text(file)))) {
            List<String> head = List.of();
            for (CSVRecord line : csv) {
                if (head.isEmpty()) {
                    head = line.stream()
                            .map(cell -> cell.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
                            .toList();
                    continue;
                }
                String said = cell(line, head, RESULT, true);
                String payout = cell(line, head, PAYOUT, true);
                if (said.isEmpty()) {
                    continue;
                }
                if (results.size() == MOST) {
                    throw new Refused("compensation.refused.tooMany", MOST);
                }
                results.add(result(Math.toIntExact(csv.getCurrentLineNumber()), payout, said, line, head));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Refused("compensation.refused.file");
        }
        if (results.isEmpty()) {
            throw new Refused("compensation.refused.noResults");
        }
        return results;
    }

    private static PayoutResult result(int number, String payout, String said, CSVRecord line, List<String> head) {
        String word = said.toLowerCase(Locale.ROOT);
        if (!PAID.contains(word) && !FAILED.contains(word)) {
            throw new Refused("compensation.refused.result", number, said);
        }
        try {
            return new PayoutResult(
                    number,
                    UUID.fromString(payout),
                    PAID.contains(word),
                    blankless(cell(line, head, REFERENCE, false)),
                    blankless(cell(line, head, REASON, false)));
        } catch (IllegalArgumentException e) {
            throw new Refused("compensation.refused.payoutId", number, payout);
        }
    }

    private static String cell(CSVRecord line, List<String> head, Set<String> names, boolean isNeeded) {
        for (int column = 0; column < head.size(); column++) {
            if (names.contains(head.get(column))) {
                return column < line.size() ? line.get(column).strip() : "";
            }
        }
        if (isNeeded) {
            throw new Refused("compensation.refused.columns");
        }
        return "";
    }

    private static @Nullable String blankless(String text) {
        return text.isBlank() ? null : text;
    }

    /** Excel in China writes GB 18030 when it is not told otherwise. */
    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, Charset.forName("GB18030"));
        }
    }
}
