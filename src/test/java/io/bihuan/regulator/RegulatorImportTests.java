package io.bihuan.regulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.durability.Waiting;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.imports.ImportRejection;
import io.bihuan.imports.ImportRun;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.State;
import io.bihuan.imports.Imports;
import io.bihuan.privacy.Personal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables that authorities send become cases, each once by the number of its authority. */
@BihuanTest
class RegulatorImportTests {
    private static final String HEADER = "转办单位,登记编号,转办时间,办理时限,投诉人,联系电话,诉求内容,业务线,备注\n";

    @Autowired
    Imports imports;

    @Autowired
    RegulatorCases cases;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    private UUID manager = new UUID(0, 0);
    private String number = "";

    @BeforeEach
    void somebodyWhoImports() {
        DeskPeople.person(staff, "周敏", null, Role.AGENT);
        manager = DeskPeople.person(staff, "方圆", null, Role.MANAGER).id();
        number = "131" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_999_999_999L);
    }

    private UUID uploaded(byte[] table, String name) throws IOException {
        return imports.create(new ByteArrayResource(table), name, Kind.REGULATOR_CASES, manager);
    }

    private ImportRun imported(byte[] table, String name) throws IOException {
        UUID id = uploaded(table, name);
        imports.start(id);
        return finished(id);
    }

    private ImportRun finished(UUID id) {
        Waiting.until(
                "the import",
                Duration.ofMinutes(2),
                () -> imports.find(id).orElseThrow().finishedAt() != null);
        ImportRun run = imports.find(id).orElseThrow();
        assertThat(run.state()).isEqualTo(State.DONE);
        return run;
    }

    private ImportRun imported(String rows) throws IOException {
        return imported((HEADER + rows).getBytes(StandardCharsets.UTF_8), UUID.randomUUID() + ".csv");
    }

    private RegulatorCase registered(Authority authority, String external) {
        Complaint complaint = complaint(authority, external);
        return cases.find(complaint.id()).orElseThrow();
    }

    private Complaint complaint(Authority authority, String external) {
        return complaints
                .find(complaints.find(authority.origin(), external).orElseThrow())
                .orElseThrow();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local)
                .atZone(java.time.ZoneId.of("Asia/Shanghai"))
                .toInstant();
    }

    @Test
    void aRowIsACaseUnderTheNumberOfItsAuthority() throws IOException {
        ImportRun run =
                imported("ODR," + number + ",2026-03-02 09:30,2026-03-13,李女士,13812345678,热水器三次维修未果,appliance,区局转\n"
                        + "12345热线," + number + ",2026/3/3 10:00,2026-03-09 18:00,王先生,13912345678,安装收费过高,,\n");
        assertThat(run.added()).isEqualTo(2);

        RegulatorCase odr = registered(Authority.ODR_12315, number);
        assertThat(odr.sentAt()).isEqualTo(at("2026-03-02T09:30"));
        // A day without a time lasts until its end.
        assertThat(odr.statedDueAt()).isEqualTo(at("2026-03-13T23:59"));
        Complaint complaint = complaint(Authority.ODR_12315, number);
        assertThat(complaint.channel()).isEqualTo(Channel.REGULATOR);
        assertThat(complaint.receivedAt()).isEqualTo(odr.sentAt());
        assertThat(Personal.text(complaint.content())).isEqualTo("热水器三次维修未果");
        assertThat(Personal.text(complaint.customer().name())).isEqualTo("李女士");
        assertThat(Personal.text(complaint.customer().phone())).isEqualTo("+8613812345678");
        assertThat(complaint.runningClocks()).containsKey("regulator-negotiation");
        assertThat(registered(Authority.HOTLINE_12345, number).statedDueAt()).isEqualTo(at("2026-03-09T18:00"));
    }

    @Test
    void whatComesAgainInAnotherTableIsKnown() throws IOException {
        String row = "12315平台," + number + ",2026-03-02 09:30,,李女士,13812345678,热水器漏水,appliance,\n";
        assertThat(imported(row + row).known()).isEqualTo(1);
        Complaint before = complaint(Authority.PLATFORM_12315, number);

        ImportRun again = imported(row.replace("李女士", "李明"));
        assertThat(again.added()).isZero();
        assertThat(again.known()).isEqualTo(1);
        assertThat(complaint(Authority.PLATFORM_12315, number).id()).isEqualTo(before.id());
    }

    @Test
    void tenTablesAtOnceWithTheSameRowsMakeEachCaseOnce() throws Exception {
        var rows = new StringBuilder(HEADER);
        for (int i = 0; i < 20; i++) {
            rows.append("12378,%s-%d,2026-03-02 09:30,,李女士,13812345678,多收费用,appliance,\n".formatted(number, i));
        }
        byte[] table = rows.toString().getBytes(StandardCharsets.UTF_8);
        var runs = new ArrayList<UUID>();
        for (int i = 0; i < 10; i++) {
            runs.add(uploaded(table, number + "-" + i + ".csv"));
        }
        try (var threads = Executors.newFixedThreadPool(10)) {
            var all = new ArrayList<Callable<Integer>>();
            for (UUID id : runs) {
                all.add(() -> {
                    imports.start(id);
                    return finished(id).rejected();
                });
            }
            for (var rejected : threads.invokeAll(all)) {
                assertThat(rejected.get()).isZero();
            }
        }
        assertThat(runs.stream()
                        .mapToInt(id -> imports.find(id).orElseThrow().added())
                        .sum())
                .isEqualTo(20);
        assertThat(jdbc.sql("select count(*) from regulator.regulator_case where external_number like :number")
                        .param("number", number + "-%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(20);
    }

    @Test
    void whatIsWrongIsSaidWithItsRowAndColumn() throws IOException {
        ImportRun run = imported("月球," + number + "1,2026-03-02 09:30,,,,内容,,\n"
                + "12315,,2026-03-02 09:30,,,,内容,,\n"
                + "12315," + number + "2,昨天,,,,内容,,\n"
                + "12315," + number + "3,,,,,内容,,\n"
                + "12315," + number + "4,2026-03-02 09:30,2026-03-01 09:00,,,内容,,\n"
                + "12315," + number + "5,2026-03-02 09:30,,,,,,\n"
                + "12315," + number + "6,2026-03-02 09:30,,,,内容,火箭,\n"
                + "12315," + number + "7,2026-03-02 09:30,,,,内容,,\n"
                + "12315," + number + "7,2026-03-02 09:30,,,,另一件,,\n");
        assertThat(run.added()).isEqualTo(1);
        List<ImportRejection> rejections = imports.rejections(run.id(), 0, 100).stream()
                .map(Imports.NumberedRejection::rejection)
                .toList();
        assertThat(rejections).extracting(ImportRejection::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 10L);
        assertThat(rejections)
                .extracting(each -> each.reasons().getFirst().column() + " "
                        + each.reasons().getFirst().messageKey())
                .containsExactly(
                        "转办单位 regulator.import.authority",
                        "登记编号 regulator.import.missing",
                        "转办时间 imports.reason.time",
                        "转办时间 regulator.import.missing",
                        "办理时限 regulator.due.early",
                        "诉求内容 intake.field.missing",
                        "业务线 regulator.import.line",
                        "登记编号 imports.reason.conflict");
    }

    @Test
    void aWorkbookWithoutAuthoritiesBelongsToTheOneItsNameSays() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("转办件");
            List<String> header = List.of("工单编号", "派单时间", "办结时限", "来电人", "联系电话", "诉求内容");
            for (int i = 0; i < header.size(); i++) {
                sheet.value(0, i, header.get(i));
            }
            sheet.value(1, 0, number);
            sheet.value(1, 1, LocalDateTime.parse("2026-03-02T09:30"));
            sheet.style(1, 1).format("yyyy-mm-dd hh:mm").set();
            sheet.value(1, 2, LocalDateTime.parse("2026-03-09T18:00"));
            sheet.style(1, 2).format("yyyy-mm-dd hh:mm").set();
            sheet.value(1, 3, "王先生");
            sheet.value(1, 4, 13912345678L);
            sheet.value(1, 5, "小区停水三天");
        }
        ImportRun run = imported(bytes.toByteArray(), "12345热线 " + number + ".xlsx");
        assertThat(imports.rejections(run.id(), 0, 10)).isEmpty();
        assertThat(registered(Authority.HOTLINE_12345, number).statedDueAt()).isEqualTo(at("2026-03-09T18:00"));

        UUID nobody = uploaded(bytes.toByteArray(), number + ".xlsx");
        assertThatThrownBy(() -> imports.start(nobody)).hasMessageContaining("no-authority");
        imports.cancel(nobody);
    }
}
