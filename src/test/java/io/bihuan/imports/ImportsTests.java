package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Alarms;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.imports.ImportRun.State;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Tables on their way into the register; the work is done by hand, so that each step can be looked at. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class ImportsTests {
    private static final Duration GENEROUS = Duration.ofMinutes(1);

    @Autowired
    Imports imports;

    @Autowired
    ImportWork work;

    @Autowired
    Staff staff;

    @Autowired
    Complaints complaints;

    @Autowired
    Clocks clocks;

    @Autowired
    Notices notices;

    @Autowired
    Alarms alarms;

    @Autowired
    Files files;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ImportTargets targets;

    @Autowired
    Mappings mappings;

    @Autowired
    Keys keys;

    private UUID manager = new UUID(0, 0);
    private String source = "";

    @BeforeEach
    void somebodyImportsSomething() {
        manager = staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
        source = "来源" + UUID.randomUUID().toString().substring(0, 8);
    }

    @AfterEach
    void theTimeGoesOnAsBefore() {
        time.reset();
    }

    private UUID uploaded(String table) throws IOException {
        return uploaded(table.getBytes(StandardCharsets.UTF_8), source + ".csv");
    }

    private UUID uploaded(byte[] bytes, String name) throws IOException {
        return imports.create(new ByteArrayResource(bytes), name, manager);
    }

    private ImportRun run(UUID id) {
        return imports.find(id).orElseThrow();
    }

    private void change(UUID id, Mode mode, String charset) {
        ImportRun run = run(id);
        change(
                id,
                run.source(),
                mode,
                charset,
                run.settings().columns().stream().map(ImportColumn::value).toList());
    }

    private void change(UUID id, String name, Mode mode, String charset, List<String> meanings) {
        String delimiter = String.valueOf(run(id).settings().delimiter());
        imports.change(
                id, new Imports.Change(name, Kind.COMPLAINTS, mode, "appliance", charset, delimiter, null, meanings));
    }

    private UUID started(String table) throws IOException {
        UUID id = uploaded(table);
        imports.start(id);
        return id;
    }

    private ImportRun done(UUID id) {
        while (run(id).state() == State.RUNNING) {
            work.workOnOne();
        }
        return run(id);
    }

    private Complaint complaint(String externalNumber) {
        return complaints
                .find(complaints.find(ImportRun.ORIGIN + source, externalNumber).orElseThrow())
                .orElseThrow();
    }

    private int count() {
        return jdbc.sql("select count(*) from complaint.api_complaint where origin = :origin")
                .param("origin", ImportRun.ORIGIN + source)
                .query(Integer.class)
                .single();
    }

    private static String table(int rows) {
        var table = new StringBuilder("编号,内容,时间,答复,办结时间\n");
        for (int i = 1; i <= rows; i++) {
            table.append(i).append(",空调第").append(i).append("次不制冷,2019/5/3 9:05,已修好,2019/5/4 10:00\n");
        }
        return table.toString();
    }

    private ImportWork otherNode(boolean isEnabled) {
        return new ImportWork(jdbc, database, transactions, imports, files, targets, keys, time, isEnabled);
    }

    private static void until(BooleanSupplier effect) {
        long end = System.nanoTime() + GENEROUS.toNanos();
        while (!effect.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + GENEROUS);
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aSecondImportOfTheSameSourceAddsNothing() throws IOException {
        ImportRun first = done(started(table(120)));
        assertThat(first.state()).isEqualTo(State.DONE);
        assertThat(first.total()).isEqualTo(120);
        assertThat(first.added()).isEqualTo(120);

        ImportRun second = done(started(table(121)));
        assertThat(second.added()).isEqualTo(1);
        assertThat(second.known()).isEqualTo(120);
        assertThat(count()).isEqualTo(121);
    }

    @Test
    void rowsWithoutNumbersAreKnownByWhatTheySay() throws IOException {
        String table = "内容,时间\n空调不制冷,2019/5/3\n洗衣机漏水,2019/5/3\n空调不制冷,2019/5/3\n";

        ImportRun first = done(started(table));
        assertThat(first.added()).isEqualTo(2);
        assertThat(first.known()).isEqualTo(1);

        ImportRun second = done(started(table));
        assertThat(second.added()).isZero();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void anArchivedCaseHasItsAnswerAndTimesButNoClocks() throws IOException {
        ImportRun run = done(started(table(1)));
        assertThat(run.settings().mode()).isEqualTo(Mode.ARCHIVE);

        Complaint complaint = complaint("1");
        assertThat(complaint.stage()).isEqualTo(Stage.ARCHIVE);
        assertThat(complaint.receivedAt()).isEqualTo("2019-05-03T01:05:00Z");
        assertThat(complaint.archivedAt()).isEqualTo("2019-05-04T02:00:00Z");
        assertThat(Personal.text(complaint.content())).isEqualTo("空调第1次不制冷");
        assertThat(clocks.of(complaint.id())).isEmpty();
        assertThat(complaints.history(complaint.number(), 0, 10))
                .extracting(HistoryEvent::type)
                .containsExactly("Registered", "ArrivedClosed");
        assertThat(imports.warnings(run.id())).isEmpty();
    }

    @Test
    void liveCasesRunFromTheTimeReceivedAndAreWarnedOfTogether() throws IOException {
        Instant now = time.instant();
        UUID id = uploaded("编号,内容,时间\n"
                + "late,空调不制冷," + now.minus(Duration.ofDays(3)) + "\n"
                + "soon,空调不制冷," + now.minus(Duration.ofMinutes(25)) + "\n"
                + "new,空调不制冷," + now + "\n");
        change(id, Mode.LIVE, "UTF-8");
        imports.start(id);
        ImportRun run = done(id);
        alarms.fireDue();

        assertThat(run.added()).isEqualTo(3);
        assertThat(imports.warnings(id).stream()
                        .mapToInt(Imports.Warning::overdue)
                        .sum())
                .isEqualTo(1);
        assertThat(imports.warnings(id).stream()
                        .mapToInt(Imports.Warning::dueSoon)
                        .sum())
                .isEqualTo(1);
        Complaint late = complaint("late");
        assertThat(late.runningClocks()).containsKeys("acknowledge", "respond", "solve");
        assertThat(late.dueAt())
                .isEqualTo(late.receivedAt().plus(Duration.ofMinutes(30)))
                .isBefore(now);
        for (String number : List.of("late", "soon", "new")) {
            assertThat(warned(number)).as(number).isEmpty();
        }

        List<StaffNotice> told = imports.warnings(id).stream()
                .flatMap(share -> notices.of(share.owner(), null).stream())
                .map(Notices.Received::notice)
                .filter(notice -> notice.occasion().equals(id))
                .distinct()
                .toList();
        assertThat(told)
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(notice.key()).isEqualTo("imports.notice.imported"));
        assertThat(told.stream()
                        .mapToInt(notice -> Integer.parseInt(notice.arguments().get(2)))
                        .sum())
                .isEqualTo(1);

        time.advance(Duration.ofMinutes(10));
        alarms.fireDue();
        assertThat(warned("late")).isEmpty();
        assertThat(warned("soon")).hasSize(2);
        assertThat(warned("new")).isEmpty();
    }

    private List<HistoryEvent> warned(String externalNumber) {
        return complaints.history(complaint(externalNumber).number(), 0, 100).stream()
                .filter(event -> event.type().equals("ClockWarned"))
                .toList();
    }

    @Test
    void everyRejectedRowHasItsLineItsReasonAndItsWords() throws IOException {
        ImportRun run = done(started("编号,内容,时间,标题\n"
                + "1,\"两行\n内容\",2019/5/3,\n"
                + "2,空调不制冷,前天,\n"
                + "3," + "字".repeat(20_001) + ",2019/5/3,\n"
                + "4,,2019/5/3,\n"
                + "5,有空\0字,2019/5/3,\n"
                + "6,空调不制冷,2019/5/3,,多出来的\n"
                + "7,空调不制冷,2099/5/3,\n"
                + ",,,\n"
                + "8,空调不制冷,43588.43,\n"));

        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.total()).isEqualTo(8);
        assertThat(run.added()).isEqualTo(2);
        assertThat(run.rejected()).isEqualTo(6);
        assertThat(run.flags()).containsEntry(Flag.NO_CONTACT, 2);
        var rejections = imports.rejections(run.id(), 0, 100);
        assertThat(rejections).extracting(each -> each.rejection().line()).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(rejections)
                .extracting(each -> each.rejection().reasons().getFirst().messageKey())
                .containsExactly(
                        "imports.reason.time",
                        "intake.field.too-long",
                        "intake.field.missing",
                        "web.field.unstorable",
                        "imports.reason.wide",
                        "intake.field.future");
        assertThat(rejections.getFirst().rejection().reasons().getFirst().column())
                .isEqualTo("时间");
        assertThat(rejections.getFirst().rejection().excerpt()).isEqualTo("2 | 空调不制冷 | 前天 | ");
        assertThat(imports.rejections(run.id(), rejections.get(1).number(), 2))
                .extracting(each -> each.rejection().line())
                .containsExactly(6L, 7L);
        assertThat(complaint("8").receivedAt()).isEqualTo("2019-05-03T02:19:12Z");
    }

    @Test
    void personalDataOfRejectedRowsIsNotReadableInTheDatabase() throws IOException {
        ImportRun run = done(started("编号,内容,姓名,时间\n1,空调不制冷,诸葛孔明,前天\n"));

        assertThat(imports.rejections(run.id(), 0, 1).getFirst().rejection().excerpt())
                .contains("诸葛孔明");
        String stored = jdbc.sql("select encode(excerpt, 'escape') from imports.import_rejection where run_id = :id")
                .param("id", run.id())
                .query(String.class)
                .single();
        assertThat(new String(stored.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .doesNotContain("诸葛");
    }

    @Test
    void aTableOfAnotherCharsetAndDelimiterIsRecognised() throws IOException {
        byte[] bytes = "工单编号;投诉内容;投诉人联系电话\n1;洗衣机漏水;13812345678\n".getBytes(Charset.forName("GBK"));
        UUID id = uploaded(bytes, source + ".csv");

        assertThat(run(id).settings().charset()).isEqualTo("GB18030");
        assertThat(run(id).settings().delimiter()).isEqualTo(';');
        assertThat(imports.preview(run(id)).rows()).containsExactly(List.of("1", "洗衣机漏水", "13812345678"));
        imports.start(id);
        assertThat(done(id).flags()).doesNotContainKey(Flag.NO_CONTACT).containsEntry(Flag.NO_RECEIVED_TIME, 1);
        assertThat(complaint("1").customer().phone()).isEqualTo(Personal.of("+8613812345678"));
    }

    @Test
    void anotherCharsetMakesOtherColumns() throws IOException {
        UUID id = uploaded("编号,内容\n1,洗衣机漏水\n".getBytes(Charset.forName("GBK")), source + ".csv");

        change(id, Mode.LIVE, "windows-1252");
        assertThat(run(id).settings().columns())
                .extracting(ImportColumn::target)
                .containsOnly(ImportColumn.Target.IGNORED);
        assertThatThrownBy(() -> imports.start(id)).hasMessageContaining("no-content");

        change(id, Mode.LIVE, "GB18030");
        assertThat(run(id).settings().columns())
                .extracting(ImportColumn::header)
                .containsExactly("编号", "内容");
        assertThatThrownBy(() -> change(id, Mode.LIVE, "EBCDIC")).hasMessageContaining("charset");
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertThatThrownBy(() -> uploaded(new byte[] {'P', 'K', 3, 4, 20, 0, 0}, "x.xlsx"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("zip");
        assertThatThrownBy(() -> uploaded(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "x.csv"))
                .hasMessageContaining("no-text");
        assertThatThrownBy(() -> uploaded("编号,内容\n,\n".getBytes(StandardCharsets.UTF_8), "x.csv"))
                .hasMessageContaining("no-rows");
        assertThatThrownBy(() -> uploaded(new byte[0], "x.csv")).hasMessageContaining("no-rows");
        assertThatThrownBy(() -> uploaded(("a,".repeat(300) + "b\n1\n").getBytes(StandardCharsets.UTF_8), "x.csv"))
                .hasMessageContaining("columns");
    }

    @Test
    void twoColumnsCannotMeanTheSame() throws IOException {
        UUID id = uploaded("a,b\n1,2\n");
        change(id, source, Mode.LIVE, "UTF-8", List.of("CONTENT", "CONTENT"));
        assertThatThrownBy(() -> imports.start(id)).hasMessageContaining("twice");
        assertThatThrownBy(() -> change(id, source, Mode.LIVE, "UTF-8", List.of("CONTENT")))
                .hasMessageContaining("meanings");
        assertThatThrownBy(() -> change(id, source, Mode.LIVE, "UTF-8", List.of("CONTENT", "PRODUCT:nonsense")))
                .hasMessageContaining("meanings");
        assertThatThrownBy(() -> change(id, "<script>", Mode.LIVE, "UTF-8", List.of("CONTENT", "NOTE")))
                .hasMessageContaining("source");
    }

    @Test
    void oneSourceIsImportedOnceAtATime() throws IOException {
        UUID first = started(table(1));
        UUID second = uploaded(table(1));

        assertThatThrownBy(() -> imports.start(second)).hasMessageContaining("source-running");
        done(first);
        imports.start(second);
        assertThat(done(second).known()).isEqualTo(1);
        assertThatThrownBy(() -> imports.start(second)).hasMessageContaining("started");
    }

    @Test
    void theFileIsForgottenWhenItIsNotNeededAnyMore() throws IOException {
        UUID id = started(table(3));
        var user = new FileUser("import", id);
        var hash = new FileHash(run(id).sha256());
        assertThat(files.use(user, hash)).isPresent();

        done(id);
        assertThat(files.use(user, hash)).isEmpty();
    }

    @Test
    void aPreviewThatNobodyStartsIsForgottenAfterADay() throws IOException {
        UUID old = uploaded(table(3));
        time.advance(Duration.ofHours(25));
        UUID young = uploaded(table(3));
        work.forgetPreviews();

        assertThat(run(old).state()).isEqualTo(State.CANCELLED);
        assertThat(files.uses(new FileUser("import", old))).isEmpty();
        assertThat(run(young).state()).isEqualTo(State.PREVIEW);
        imports.cancel(young);
    }

    @Test
    void aCancelledImportKeepsWhatItAddedAndAddsNoMore() throws IOException {
        UUID id = started(table(2_000));
        whileAnotherNodeWorks(() -> {
            until(() -> run(id).position() > 0);
            imports.cancel(id);
        });
        ImportRun cancelled = run(id);
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.added()).isPositive().isEqualTo(count());
        assertThat(work.workOnOne()).isFalse();
        assertThatThrownBy(() -> imports.cancel(id)).hasMessageContaining("over");
    }

    /** Lets another node work until the block is over. */
    private void whileAnotherNodeWorks(Runnable block) {
        ImportWork node = otherNode(true);
        node.start();
        try {
            block.run();
        } finally {
            node.stop();
        }
    }

    @Test
    void connectionsThatBreakInTheMiddleLoseAndDoubleNothing() throws IOException {
        UUID id = started(table(3_000));
        var kills = new AtomicInteger();
        whileAnotherNodeWorks(() -> until(() -> {
            if (kills.get() < 6) {
                kills.addAndGet(killed());
            }
            return run(id).state() != State.RUNNING;
        }));
        ImportRun run = run(id);
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(kills).hasPositiveValue();
        assertThat(run.added()).isEqualTo(3_000);
        assertThat(run.known()).isZero();
        assertThat(count()).isEqualTo(3_000);
        assertThat(jdbc.sql("""
            select count(distinct external_number) from complaint.api_complaint where origin = :origin
            """)
                        .param("origin", ImportRun.ORIGIN + source)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3_000);
    }

    /** Ends connections that are in the middle of a transaction. */
    private int killed() {
        return jdbc.sql("""
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                and backend_xid is not null
            """).query(Integer.class).single();
    }

    @Test
    void anotherNodeGoesOnWhereAVanishedOneStopped() throws IOException {
        UUID id = started(table(250));
        ImportWork vanished = otherNode(false);
        assertThat(vanished.claim()).map(ImportRun::id).contains(id);

        assertThat(work.workOnOne()).isFalse();
        time.advance(ImportWork.LEASE.plusSeconds(1));
        assertThat(work.workOnOne()).isTrue();

        assertThat(run(id).state()).isEqualTo(State.DONE);
        assertThat(run(id).added()).isEqualTo(250);
    }

    @Test
    void aNodeThatStopsGivesTheWorkBackAtOnce() throws IOException {
        UUID id = started(table(3_000));
        whileAnotherNodeWorks(() -> until(() -> run(id).position() > 0));
        ImportRun stopped = run(id);
        assertThat(stopped.state()).isEqualTo(State.RUNNING);

        assertThat(work.workOnOne()).isTrue();
        assertThat(run(id).added()).isEqualTo(3_000);
        assertThat(run(id).state()).isEqualTo(State.DONE);
        assertThat(count()).isEqualTo(3_000);
    }

    private static byte[] workbook(int rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("投诉");
            sheet.value(0, 0, "编号");
            sheet.value(0, 1, "内容");
            for (int i = 1; i <= rows; i++) {
                sheet.value(i, 0, i);
                sheet.value(i, 1, "空调第" + i + "次不制冷");
            }
            sheet.value(rows + 1, 0, 1);
            sheet.value(rows + 1, 1, "另一件事");
            sheet.value(rows + 2, 0, 2);
            sheet.value(rows + 2, 1, "空调第2次不制冷");
        }
        return bytes.toByteArray();
    }

    @Test
    void aWorkbookGoesOnWhereTheNodeBeforeStoppedAndStillKnowsItsEarlierRows() throws IOException {
        UUID id = uploaded(workbook(2_000), source + ".xlsx");
        imports.start(id);
        whileAnotherNodeWorks(() -> until(() -> run(id).position() > 0));
        ImportRun stopped = run(id);
        assertThat(stopped.state()).isEqualTo(State.RUNNING);
        assertThat(stopped.position()).isPositive().isLessThan(2_002);

        assertThat(work.workOnOne()).isTrue();
        ImportRun run = run(id);
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.total()).isEqualTo(2_002);
        assertThat(run.added()).isEqualTo(2_000);
        assertThat(run.known()).isEqualTo(1);
        assertThat(count()).isEqualTo(2_000);
        var conflict = imports.rejections(id, 0, 10);
        assertThat(conflict).hasSize(1);
        assertThat(conflict.getFirst().rejection().line()).isEqualTo(2_002);
        assertThat(conflict.getFirst().rejection().reasons())
                .containsExactly(ImportRejection.Reason.of("编号", "imports.reason.conflict", "1", 2L));
    }

    @Test
    void aRowAfterARejectedOneOfItsNumberIsTaken() throws IOException {
        ImportRun run = done(started("编号,内容,时间\n1,空调不制冷,前天\n1,空调不制冷,2019/5/3\n"));
        assertThat(run.added()).isEqualTo(1);
        assertThat(run.rejected()).isEqualTo(1);
    }

    @Test
    void whatWasDecidedForATableIsProposedForTheNextOfTheSameColumns() throws IOException {
        String tag = source.replaceAll("[^0-9a-f]", "");
        UUID first = uploaded("甲" + tag + ",乙" + tag + ",丙\n1,空调不制冷,x\n");
        assertThat(run(first).mapping()).isNull();
        change(first, source, Mode.ARCHIVE, "UTF-8", List.of("EXTERNAL_NUMBER", "CONTENT", "NOTE"));
        imports.start(first);
        done(first);

        UUID second = uploaded("乙" + tag + ";丙;甲" + tag + "\n洗衣机漏水;y;2\n");
        UUID mapping = Objects.requireNonNull(run(second).mapping());
        assertThat(run(second).settings().mode()).isEqualTo(Mode.ARCHIVE);
        assertThat(run(second).settings().delimiter()).isEqualTo(';');
        assertThat(run(second).settings().columns())
                .extracting(ImportColumn::value)
                .containsExactly("CONTENT", "NOTE", "EXTERNAL_NUMBER");
        assertThat(mappings.find(mapping).orElseThrow().fileName()).isEqualTo(source + ".csv");
        imports.start(second);
        assertThat(done(second).added()).isEqualTo(1);

        mappings.rename(mapping, " 每月的表 ");
        assertThat(mappings.find(mapping).orElseThrow().name()).isEqualTo("每月的表");
        assertThat(mappings.list()).extracting(Mappings.Mapping::id).contains(mapping);
        assertThatThrownBy(() -> mappings.rename(mapping, "长".repeat(61))).hasMessageContaining("mapping-name");
        UUID another = uploaded("甲" + tag + ",乙" + tag + "\n1,空调不制冷\n");
        assertThat(run(another).mapping()).isNull();

        mappings.forget(mapping);
        UUID fourth = uploaded("甲" + tag + ",乙" + tag + ",丙\n1,空调不制冷,x\n");
        assertThat(run(fourth).mapping()).isNull();
        imports.cancel(another);
        imports.cancel(fourth);
    }

    @Test
    void anotherKindOfTableHasOtherMeanings() throws IOException {
        UUID id = uploaded("客户编号,姓名,电话\n1,王小明,13812345678\n");
        imports.change(
                id, new Imports.Change(source, Kind.CUSTOMERS, Mode.LIVE, "appliance", "UTF-8", ",", null, List.of()));
        assertThat(run(id).settings().kind()).isEqualTo(Kind.CUSTOMERS);
        assertThat(run(id).settings().columns())
                .extracting(ImportColumn::value)
                .containsExactly("CUSTOMER_NUMBER", "NAME", "PHONE");
        assertThatThrownBy(() -> imports.change(
                        id,
                        new Imports.Change(
                                source,
                                Kind.CUSTOMERS,
                                Mode.LIVE,
                                "appliance",
                                "UTF-8",
                                ",",
                                null,
                                List.of("CONTENT", "NAME", "PHONE"))))
                .hasMessageContaining("meanings");
        imports.cancel(id);
    }

    @Test
    void aRowThatTheDatabaseRefusesDoesNotStopTheOthers() throws IOException {
        String unlucky = source + "-13";
        jdbc.sql("""
            alter table complaint.complaint add constraint no_unlucky_number
                check (external_number is distinct from '%s') not valid
            """.formatted(unlucky)).update();
        try {
            ImportRun run = done(started("编号,内容\n" + source + "-12,a\n" + unlucky + ",b\n" + source + "-14,c\n"));

            assertThat(run.state()).isEqualTo(State.DONE);
            assertThat(run.added()).isEqualTo(2);
            assertThat(imports.rejections(run.id(), 0, 10))
                    .extracting(each -> each.rejection().line())
                    .containsExactly(3L);
        } finally {
            jdbc.sql("alter table complaint.complaint drop constraint no_unlucky_number")
                    .update();
        }
    }

    @Test
    void anImportWhoseFileIsGoneFailsWithTheReason() throws IOException {
        UUID id = started(table(5));
        jdbc.sql("update imports.import_run set sha256 = repeat('0', 64) where id = :id")
                .param("id", id)
                .update();

        ImportRun run = done(id);
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.error()).isEqualTo("platform.file.gone");
    }
}
