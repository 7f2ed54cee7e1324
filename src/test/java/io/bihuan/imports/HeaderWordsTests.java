package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.pack.Pack;
import io.bihuan.pack.ShippedPacks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderWordsTests {
    private static final Pack PACK =
            ShippedPacks.load(Map.of("appliance", "appliance")).of("appliance");

    private static List<String> proposed(List<String> header, Table.Row... sample) {
        return HeaderWords.propose(ImportRun.Kind.COMPLAINTS, header, List.of(sample), PACK).stream()
                .map(ImportColumn::value)
                .toList();
    }

    @Test
    void chineseNamesAreUnderstood() {
        assertThat(proposed(List.of("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")))
                .containsExactly("EXTERNAL_NUMBER", "NAME", "TITLE", "RECEIVED_AT", "CONTENT", "REPLY", "CLOSED_AT");
        assertThat(proposed(List.of("工单编号", "投诉人联系电话", "投诉人姓名", "发生时间", "投诉内容", "品牌", "型号", "购买日期", "天气")))
                .containsExactly(
                        "EXTERNAL_NUMBER",
                        "PHONE",
                        "NAME",
                        "OCCURRED_AT",
                        "CONTENT",
                        "PRODUCT:brand",
                        "PRODUCT:model",
                        "PRODUCT:purchasedOn",
                        "IGNORED");
    }

    @Test
    void englishNamesAreUnderstoodHoweverTheyAreWritten() {
        assertThat(proposed(List.of(
                        "Complaint ID",
                        "date_received",
                        "Customer Name",
                        "Phone-Number",
                        "E-mail",
                        "Description",
                        "Closed At")))
                .containsExactly("EXTERNAL_NUMBER", "RECEIVED_AT", "NAME", "PHONE", "EMAIL", "CONTENT", "CLOSED_AT");
    }

    @Test
    void ofTwoColumnsForOneThingTheFilledOneIsTaken() {
        assertThat(proposed(
                        List.of("brand", "datetime", "desc", "id", "id_"),
                        new Table.Row(2, List.of("启辰", "2020-08-29", "亏电", "", "515601")),
                        new Table.Row(3, List.of("大众", "2020-08-29", "异响", "", "515592"))))
                .containsExactly("PRODUCT:brand", "RECEIVED_AT", "CONTENT", "IGNORED", "EXTERNAL_NUMBER");
    }

    @Test
    void aNumberThatRepeatsItselfIsNotTheNumberOfACase() {
        assertThat(proposed(
                        List.of("编号", "流水号", "内容"),
                        new Table.Row(2, List.of("7", "1", "a")),
                        new Table.Row(3, List.of("7", "2", "b"))))
                .containsExactly("IGNORED", "EXTERNAL_NUMBER", "CONTENT");
    }

    @Test
    void namelessColumnsAreIgnored() {
        assertThat(proposed(List.of("", "?", "内容"))).containsExactly("IGNORED", "IGNORED", "CONTENT");
    }
}
