package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.customer.CustomerDetails;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.OwnedThing;
import io.bihuan.customer.Person;
import io.bihuan.customer.Thing;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.State;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Personal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;

/** Customers, and what they have, out of tables. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class CustomerImportTests {
    private static final Random RANDOM = new Random();

    @Autowired
    Imports imports;

    @Autowired
    ImportWork work;

    @Autowired
    Customers customers;

    @Autowired
    Staff staff;

    private String number = "";
    private String phone = "";

    @BeforeEach
    void somebodyNobodyKnows() {
        number = "K" + UUID.randomUUID().toString().substring(0, 12);
        phone = "139" + String.format("%08d", RANDOM.nextInt(100_000_000));
    }

    private ImportRun imported(Kind kind, byte[] table, String name) throws IOException {
        UUID manager = staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
        UUID id = imports.create(new ByteArrayResource(table), name, kind, manager);
        imports.start(id);
        while (imports.find(id).orElseThrow().state() == State.RUNNING) {
            work.workOnOne();
        }
        return imports.find(id).orElseThrow();
    }

    private ImportRun imported(Kind kind, String table) throws IOException {
        return imported(kind, table.getBytes(StandardCharsets.UTF_8), number + ".csv");
    }

    private Person person() {
        return customers.find(Identity.number(number).orElseThrow()).orElseThrow();
    }

    private List<Thing> things() {
        return customers.find(Identity.phone(phone).orElseThrow()).orElseThrow().things().stream()
                .map(OwnedThing::thing)
                .toList();
    }

    private List<String> reasons(ImportRun run) {
        return imports.rejections(run.id(), 0, 100).stream()
                .map(each -> each.rejection().reasons().getFirst().messageKey())
                .toList();
    }

    @Test
    void aCustomerComesInOnceHoweverOftenTheTableComes() throws IOException {
        String table = "客户编号,姓名,手机号码,邮箱\n" + number + ",王小明," + phone + "," + number + "@example.com\n";
        ImportRun first = imported(Kind.CUSTOMERS, table);
        assertThat(first.state()).isEqualTo(State.DONE);
        assertThat(first.added()).isEqualTo(1);
        UUID id = person().id();

        ImportRun second = imported(Kind.CUSTOMERS, table.replace("王小明", "王晓明"));
        assertThat(second.added()).isZero();
        assertThat(second.known()).isEqualTo(1);
        assertThat(person().id()).isEqualTo(id);
        assertThat(Personal.text(person().name())).isEqualTo("王晓明");
        assertThat(customers
                        .find(Identity.phone(phone).orElseThrow())
                        .orElseThrow()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void vehiclesAppliancesAndOrdersBelongToWhoeverThePhoneTells() throws IOException {
        String vin = "LSVAA4182E2184847";
        String vehicles = "车架号,车牌,车型,购车日期,车主电话\n" + vin + ",京A12345,朗逸,2020/5/3," + phone + "\n";
        String appliances = "机身编号,型号,购买日期,安装日期,联系电话\nSN-" + number + ",KFR-35GW,2020-05-03,2020年5月6日," + phone + "\n";
        String orders = "订单号,下单时间,实付金额,商品名称,手机\nDD" + number + ",2020-05-03 12:00,\"¥1,299.00\",空调," + phone + "\n";

        for (int i = 0; i < 2; i++) {
            for (ImportRun run : List.of(
                    imported(Kind.VEHICLES, vehicles),
                    imported(Kind.APPLIANCES, appliances),
                    imported(Kind.ORDERS, orders))) {
                assertThat(run.state()).isEqualTo(State.DONE);
                assertThat(reasons(run)).isEmpty();
                assertThat(run.added()).isEqualTo(i == 0 ? 1 : 0);
                assertThat(run.known()).isEqualTo(i);
            }
        }
        assertThat(things())
                .containsExactlyInAnyOrder(
                        new Thing.Vehicle(vin, "京A12345", "朗逸", LocalDate.of(2020, 5, 3)),
                        new Thing.Appliance(
                                "SN-" + number, "KFR-35GW", LocalDate.of(2020, 5, 3), LocalDate.of(2020, 5, 6)),
                        new Thing.Order("DD" + number, LocalDate.of(2020, 5, 3), Money.ofYuan(1_299), "空调"));
    }

    @Test
    void aWorkbookOfOrdersIsReadAsItIsShown() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("订单");
            List<String> header = List.of("订单编号", "下单日期", "金额", "商品", "联系电话");
            for (int i = 0; i < header.size(); i++) {
                sheet.value(0, i, header.get(i));
            }
            sheet.value(1, 0, 20_200_503_000_017L);
            sheet.value(1, 1, LocalDate.of(2020, 5, 3));
            sheet.style(1, 1).format("yyyy/m/d").set();
            sheet.value(1, 2, 1299.5);
            sheet.value(1, 3, "冰箱");
            sheet.value(1, 4, Long.parseLong(phone));
        }
        ImportRun run = imported(Kind.ORDERS, bytes.toByteArray(), number + ".xlsx");

        assertThat(reasons(run)).isEmpty();
        assertThat(things())
                .containsExactly(
                        new Thing.Order("20200503000017", LocalDate.of(2020, 5, 3), Money.ofFen(129_950), "冰箱"));
    }

    @Test
    void whatCannotBeReadIsReportedAndNothingOfItStored() throws IOException {
        ImportRun run = imported(
                Kind.VEHICLES,
                "车架号,车牌,车型,购车日期,手机,客户编号\n"
                        + "LSV,,朗逸,," + phone + ",\n"
                        + ",京A1,朗逸,," + phone + ",\n"
                        + ",京A12345,朗逸,前天," + phone + ",\n"
                        + ",京A12345,朗逸,,12,\n"
                        + ",京A12345,朗逸,,,\n"
                        + ",,朗" + "逸".repeat(200) + ",," + phone + ",\n"
                        + ",京A12345,朗逸,," + phone + "," + "9".repeat(101) + "\n");

        assertThat(run.rejected()).isEqualTo(7);
        assertThat(reasons(run))
                .containsExactly(
                        "imports.reason.vin",
                        "imports.reason.plate",
                        "imports.reason.day",
                        "imports.reason.phone",
                        "imports.reason.no-customer",
                        "imports.reason.long",
                        "imports.reason.number");
        assertThat(customers.find(Identity.phone(phone).orElseThrow())).isEmpty();
    }

    @Test
    void aPhoneOfSomebodyElseIsNotTakenFromHim() throws IOException {
        ImportRun run = imported(
                Kind.CUSTOMERS,
                "客户编号,姓名,手机号码\n" + number + "-1,王小明," + phone + "\n" + number + "-2,李雷," + phone + "\n");

        assertThat(run.added()).isEqualTo(1);
        assertThat(reasons(run)).containsExactly("imports.reason.other-customer");
        assertThat(Personal.text(customers
                        .find(Identity.phone(phone).orElseThrow())
                        .orElseThrow()
                        .name()))
                .isEqualTo("王小明");
    }

    @Test
    void aThingTooManyIsReportedAndNotDropped() throws IOException {
        var table = new StringBuilder("订单号,手机\n");
        for (int i = 0; i <= CustomerDetails.MOST_THINGS; i++) {
            table.append(number).append(i).append(',').append(phone).append('\n');
        }
        ImportRun run = imported(Kind.ORDERS, table.toString());
        assertThat(run.added()).isEqualTo(CustomerDetails.MOST_THINGS);
        assertThat(reasons(run)).containsExactly("imports.reason.many-things");
    }

    @Test
    void aTableWithoutWhatTellsTheCustomerIsNotStarted() throws IOException {
        UUID manager = staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
        UUID nobody = imports.create(
                new ByteArrayResource("姓名,城市\n王小明,北京\n".getBytes(StandardCharsets.UTF_8)),
                number + ".csv",
                Kind.CUSTOMERS,
                manager);
        assertThatThrownBy(() -> imports.start(nobody)).hasMessageContaining("no-customer");
        UUID nothing = imports.create(
                new ByteArrayResource(("手机,颜色\n" + phone + ",白\n").getBytes(StandardCharsets.UTF_8)),
                number + ".csv",
                Kind.VEHICLES,
                manager);
        assertThatThrownBy(() -> imports.start(nothing)).hasMessageContaining("no-thing");
        imports.cancel(nobody);
        imports.cancel(nothing);
    }
}
