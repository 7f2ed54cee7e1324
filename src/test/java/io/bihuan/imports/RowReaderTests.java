package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.imports.ImportRun.Settings;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Pack;
import io.bihuan.pack.ShippedPacks;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RowReaderTests {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final Pack PACK =
            ShippedPacks.load(Map.of("appliance", "appliance")).of("appliance");
    private static final List<ImportColumn> COLUMNS = List.of(
            ImportColumn.of("编号", Target.EXTERNAL_NUMBER),
            ImportColumn.of("内容", Target.CONTENT),
            ImportColumn.of("时间", Target.RECEIVED_AT),
            ImportColumn.of("答复", Target.REPLY),
            ImportColumn.of("答复时间", Target.CLOSED_AT),
            ImportColumn.of("类别", Target.CATEGORY),
            ImportColumn.product("产品", "productType"),
            ImportColumn.product("购买日期", "purchasedOn"),
            ImportColumn.of("故障码", Target.NOTE),
            ImportColumn.of("电话", Target.PHONE),
            ImportColumn.of("旁白", Target.IGNORED));

    private static RowReader.Reading read(Mode mode, String... cells) {
        return new RowReader(
                        new Settings(
                                Kind.COMPLAINTS,
                                new ImportRun.Reading(ImportRun.Format.CSV, "UTF-8", ',', null),
                                mode,
                                "appliance",
                                COLUMNS),
                        "import:测试",
                        PACK,
                        ZoneId.of("Asia/Shanghai"),
                        NOW)
                .read(new Table.Row(2, List.of(cells)));
    }

    private static RowReader.Legible legible(Mode mode, String... cells) {
        RowReader.Reading reading = read(mode, cells);
        assertThat(reading).isInstanceOf(RowReader.Legible.class);
        return (RowReader.Legible) reading;
    }

    private static List<Reason> reasons(Mode mode, String... cells) {
        RowReader.Reading reading = read(mode, cells);
        assertThat(reading).isInstanceOf(RowReader.Illegible.class);
        return ((RowReader.Illegible) reading).reasons();
    }

    @Test
    void aRowBecomesASubmission() {
        var read = legible(
                Mode.ARCHIVE,
                " 77 ",
                "空调不制冷",
                "2019/5/3 9:05",
                "已更换铜管",
                "2019/5/4",
                "反复维修未修好",
                "空调",
                "2018年7月1日",
                "E5",
                "13812345678",
                "x");

        Submission submission = read.submission();
        assertThat(submission.origin()).isEqualTo("import:测试");
        assertThat(submission.externalNumber()).isEqualTo("77");
        assertThat(submission.content()).isEqualTo("空调不制冷\n\n故障码：E5");
        assertThat(submission.receivedAt()).isEqualTo("2019-05-03T01:05:00Z");
        assertThat(submission.category()).isEqualTo("repeated-repair");
        assertThat(submission.product())
                .containsOnly(Map.entry("productType", "air-conditioner"), Map.entry("purchasedOn", "2018-07-01"));
        assertThat(submission.customerPhone()).isEqualTo("13812345678");
        var archive = Objects.requireNonNull(submission.archive());
        assertThat(Personal.text(archive.reply())).isEqualTo("已更换铜管");
        assertThat(archive.closedAt()).isEqualTo("2019-05-03T16:00:00Z");
        assertThat(read.flags()).isEmpty();
    }

    @Test
    void whatIsLackingIsFlaggedAndNotRefused() {
        var read = legible(Mode.ARCHIVE, "77", "空调不制冷", "", "", "", "", "", "", "", "", "");

        assertThat(read.flags()).containsOnly(Flag.NO_CONTACT, Flag.NO_RECEIVED_TIME, Flag.NO_CLOSED_TIME);
        assertThat(read.submission().receivedAt()).isEqualTo(NOW);
    }

    @Test
    void aValueThatFitsNothingStandsBelowTheContent() {
        var read = legible(Mode.LIVE, "77", "不制冷", "2019/5/3", "", "", "城乡建设", "潜水艇", "去年夏天", "", "139", "");

        assertThat(read.submission().content()).isEqualTo("不制冷\n\n类别：城乡建设\n产品：潜水艇\n购买日期：去年夏天");
        assertThat(read.submission().category()).isNull();
        assertThat(read.submission().product()).isEmpty();
        assertThat(read.flags()).containsExactly(Flag.VALUE_AS_TEXT);
    }

    @Test
    void aLiveCaseKeepsAnEarlierAnswerAsText() {
        var read = legible(Mode.LIVE, "77", "不制冷", "2019/5/3", "正在等配件", "2019/5/4", "", "", "", "", "139", "");

        assertThat(read.submission().archive()).isNull();
        assertThat(read.submission().content()).isEqualTo("不制冷\n\n答复：正在等配件\n答复时间：2019/5/4");
    }

    @Test
    void aTimeThatCannotBeReadIsAReason() {
        assertThat(reasons(Mode.ARCHIVE, "77", "不制冷", "前天", "", "5/3/2019", "", "", "", "", "", ""))
                .containsExactly(
                        Reason.of("时间", "imports.reason.time", "前天"),
                        Reason.of("答复时间", "imports.reason.time", "5/3/2019"));
    }

    @Test
    void anEndBeforeTheBeginningOrInTheFutureIsAReason() {
        assertThat(reasons(Mode.ARCHIVE, "77", "不制冷", "2019/5/3", "", "2019/5/2", "", "", "", "", "", ""))
                .containsExactly(Reason.of("答复时间", "imports.reason.closed-first"));
        assertThat(reasons(Mode.ARCHIVE, "77", "不制冷", "2019/5/3", "", "2099/5/2", "", "", "", "", "", ""))
                .containsExactly(Reason.of("答复时间", "intake.field.future"));
    }

    @Test
    void aRowWithMoreCellsThanNamesIsNotGuessed() {
        assertThat(reasons(Mode.LIVE, "77", "a", "", "", "", "", "", "", "", "", "", "too much"))
                .containsExactly(Reason.of(null, "imports.reason.wide", 12, 11));
    }

    @Test
    void aShortRowIsReadAndFlagged() {
        assertThat(legible(Mode.LIVE, "77", "不制冷").flags())
                .contains(Flag.SHORT_ROW, Flag.NO_CONTACT, Flag.NO_RECEIVED_TIME);
    }

    @Test
    void textThatCannotBeStoredIsAReasonAndBrokenCharactersAreFlagged() {
        assertThat(reasons(Mode.LIVE, "77", "不\0制冷")).contains(Reason.of("内容", "web.field.unstorable"));
        assertThat(legible(Mode.LIVE, "77", "不\uFFFD制冷").flags()).contains(Flag.BROKEN_CHARACTERS);
    }

    @Test
    void equalRowsWithoutNumberHaveOneNumber() {
        String number = legible(Mode.LIVE, "", "不制冷", "2019/5/3").externalNumber();

        assertThat(number).startsWith("row-").hasSize(28);
        assertThat(legible(Mode.LIVE, " ", "不制冷 ", "2019/5/3").externalNumber()).isEqualTo(number);
        assertThat(legible(Mode.LIVE, "", "不制冷", "2019/5/4").externalNumber()).isNotEqualTo(number);
    }

    @Test
    void theReplyHasTheLimitOfTheContent() {
        assertThat(reasons(Mode.ARCHIVE, "77", "a", "2019/5/3", "字".repeat(20_001), "2019/5/4"))
                .containsExactly(Reason.of("答复", "intake.field.too-long", Submission.LONGEST_CONTENT));
    }
}
