package io.bihuan.compensation.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.DecidedInTests;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Payouts;
import io.bihuan.compensation.Status;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** The pages of compensation: who sees, who may, and what never shows. */
@BihuanTest
class CompensationPagesTests {
    private static final String ACCOUNT = "6222021234567890123";

    @Autowired
    private MockMvc http;

    @Autowired
    private Complaints complaints;

    @Autowired
    private Compensations compensations;

    @Autowired
    private Payouts payouts;

    @Autowired
    private DecidedInTests decided;

    @Autowired
    private Staff staff;

    @Autowired
    private Tokens tokens;

    @Autowired
    private InstantSource time;

    private SignedIn agent;
    private SignedIn manager;
    private Complaint complaint;
    private String path = "";

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        manager = person(staff, "方园", null, Role.MANAGER);
        complaint = complaints.register(DecidedInTests.aboutFees(time.instant()), agent.actor());
        path = "/desk/complaints/" + complaint.number().digits() + "/compensation";
    }

    private ResultActions send(SignedIn who, String address, String... fields) throws Exception {
        var request = post(address).with(as(who)).with(csrf());
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request);
    }

    private ResultActions open(SignedIn who, String address) throws Exception {
        return http.perform(get(address).with(as(who)));
    }

    private ResultActions grant(SignedIn who, String amount, String means) throws Exception {
        return send(
                who,
                path + "/grants",
                "item",
                means.equals("PAYOUT") ? "overcharge-refund" : "goodwill",
                "means",
                means,
                "base",
                "100",
                "amount",
                amount,
                "reason",
                "为多次上门致歉",
                "key",
                UUID.randomUUID().toString());
    }

    private Grant granted() {
        return compensations.of(complaint.id()).getLast();
    }

    private String of(Grant grant) {
        return path + "/grants/" + grant.id();
    }

    @Test
    void itIsGrantedApprovedByAnotherAndIssuedOnThePageOfTheComplaint() throws Exception {
        grant(agent, "120", "VOUCHER").andExpect(status().isSeeOther());
        open(agent, path)
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("待审批")))
                .andExpect(content().string(not(containsString(of(granted()) + "/approvals"))));
        open(manager, "/desk/compensation")
                .andExpect(content().string(containsString(complaint.number().readable())));
        send(manager, of(granted()) + "/approvals").andExpect(status().isSeeOther());
        send(agent, of(granted()) + "/issues", "means", "VOUCHER", "days", "30").andExpect(status().isSeeOther());
        String code = compensations
                .voucherCode(complaint.id(), granted().id())
                .orElseThrow()
                .readable();
        open(agent, path).andExpect(content().string(not(containsString(code))));
        send(agent, of(granted()) + "/codes").andExpect(content().string(containsString(code)));
        open(agent, "/desk/complaints/" + complaint.number().digits())
                .andExpect(content().string(containsString("代金券 120 元")))
                .andExpect(content().string(not(containsString(code))));

        send(agent, "/desk/vouchers", "code", code).andExpect(content().string(containsString("可以使用")));
        send(agent, "/desk/vouchers/uses", "code", code, "key", "k1", "place", "一号店")
                .andExpect(status().isSeeOther());
        send(agent, "/desk/vouchers/uses", "code", code, "key", "k2").andExpect(status().isUnprocessableContent());
        assertThat(granted().status()).isEqualTo(Status.USED);
    }

    @Test
    void whatIsWrongIsSaidAtTheField() throws Exception {
        send(agent, path + "/grants", "item", "goodwill", "amount", "一百", "reason", "", "key", "k")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请填写金额，例如 128 或 128.50")));
        send(agent, path + "/grants", "item", "overcharge-refund", "amount", "10", "reason", "多收", "key", "k")
                .andExpect(status().isUnprocessableContent());
        assertThat(compensations.of(complaint.id())).isEmpty();
    }

    @Test
    void anAccountIsMaskedOnEveryPageAndWholeInTheFileOnly() throws Exception {
        decided.decide(complaint.id(), "OURS");
        grant(agent, "40", "PAYOUT").andExpect(status().isSeeOther());
        send(agent, of(granted()) + "/issues", "means", "PAYOUT", "name", "=张三丰", "bank", "工行", "account", ACCOUNT)
                .andExpect(status().isSeeOther());
        open(agent, path)
                .andExpect(content().string(not(containsString(ACCOUNT))))
                .andExpect(content().string(containsString("付款中")))
                .andExpect(content().string(not(containsString("已发放"))));
        open(manager, "/desk/payouts")
                .andExpect(content().string(not(containsString(ACCOUNT))))
                .andExpect(content().string(containsString("***************0123")));
        open(agent, "/desk/payouts").andExpect(status().isForbidden());
        send(manager, "/desk/payouts/batches").andExpect(status().isSeeOther());
        String page = open(manager, "/desk/payouts").andReturn().getResponse().getContentAsString();
        String file = page.replaceAll("(?s).*?(/desk/payouts/batches/[0-9a-f-]+\\.csv).*", "$1");
        String table = open(manager, file)
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(table).as("a text to every spreadsheet, with all its digits").contains(ACCOUNT + "\t");
        assertThat(table).contains("'=张三丰", "40.00", complaint.number().readable());
        open(agent, file).andExpect(status().isForbidden());

        String payout = table.lines()
                .filter(line -> line.contains(complaint.number().readable()))
                .findFirst()
                .orElseThrow()
                .replaceAll(",.*", "");
        var results = new MockMultipartFile(
                "file", "r.csv", "text/csv", ("付款编号,付款结果\n" + payout + ",成功\n").getBytes(StandardCharsets.UTF_8));
        http.perform(multipart("/desk/payouts/results")
                        .file(results)
                        .with(as(manager))
                        .with(csrf()))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("已入账")));
        http.perform(multipart("/desk/payouts/results")
                        .file(results)
                        .with(as(manager))
                        .with(csrf()))
                .andExpect(content().string(containsString("此前已入账，无变化")));
        assertThat(granted().status()).isEqualTo(Status.USED);
        open(agent, path)
                .andExpect(content().string(containsString("已支付")))
                .andExpect(content().string(not(containsString("已使用"))));
    }

    @Test
    void whatWasToBePaidToAnAccountMayGoBackByTheWayItCame() throws Exception {
        decided.decide(complaint.id(), "OURS");
        grant(agent, "40", "PAYOUT").andExpect(status().isSeeOther());
        open(agent, path).andExpect(content().string(containsString("不走付款文件，直接退还")));
        send(agent, of(granted()) + "/issues", "means", "CREDIT").andExpect(status().isSeeOther());
        open(agent, path)
                .andExpect(content().string(containsString("办理中")))
                .andExpect(content().string(not(containsString("已发放"))));
        send(agent, of(granted()) + "/settlements", "note", "微信原路退回 4200001").andExpect(status().isSeeOther());
        assertThat(granted().status()).isEqualTo(Status.USED);
        open(agent, path).andExpect(content().string(containsString("已办理")));
        // And not to an account as well.
        send(agent, of(granted()) + "/issues", "means", "PAYOUT", "name", "张三丰", "bank", "", "account", ACCOUNT)
                .andExpect(status().isUnprocessableContent());
        assertThat(payouts.of(complaint.id())).isEmpty();
    }

    @Test
    void budgetsAreSetByWhoMayAndTheBooksAreChecked() throws Exception {
        String outlet = "网点" + UUID.randomUUID().toString().substring(0, 8);
        String month = YearMonth.from(time.instant().atZone(java.time.ZoneId.of("Asia/Shanghai")))
                .toString();
        send(
                        manager,
                        "/desk/budgets",
                        "businessLine",
                        "appliance",
                        "outlet",
                        outlet,
                        "period",
                        "MONTH",
                        "first",
                        month,
                        "amount",
                        "500")
                .andExpect(status().isSeeOther());
        send(
                        manager,
                        "/desk/budgets",
                        "businessLine",
                        "appliance",
                        "outlet",
                        outlet,
                        "period",
                        "MONTH",
                        "first",
                        month,
                        "amount",
                        "500")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("这段时间已有预算")));
        open(manager, "/desk/budgets?check=true")
                .andExpect(content().string(containsString(outlet)))
                .andExpect(content().string(containsString("账目相符")));
        send(agent, "/desk/budgets", "businessLine", "appliance").andExpect(status().isForbidden());
    }

    @Test
    void aProgramUsesAVoucherOnce() throws Exception {
        grant(manager, "40", "VOUCHER");
        send(agent, of(granted()) + "/issues", "means", "VOUCHER");
        String code = compensations
                .voucherCode(complaint.id(), granted().id())
                .orElseThrow()
                .readable();
        String secret = tokens.create("till", Set.of(Scope.VOUCHERS_USE), null).secret();
        String reader =
                tokens.create("reader", Set.of(Scope.COMPLAINTS_READ), null).secret();
        String address = "/api/v1/vouchers/" + code;

        http.perform(get(address).header("Authorization", "Bearer " + reader)).andExpect(status().isForbidden());
        http.perform(get(address).header("Authorization", "Bearer " + secret))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.amountFen").value(4_000))
                .andExpect(jsonPath("$.status").value("ISSUED"))
                .andExpect(
                        content().string(not(containsString(complaint.number().digits()))));
        for (int i = 0; i < 2; i++) {
            http.perform(post(address + "/use")
                            .header("Authorization", "Bearer " + secret)
                            .header("Idempotency-Key", "till-1-" + code)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"place\":\"一号店\"}"))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.status").value("USED"));
        }
        http.perform(post(address + "/use")
                        .header("Authorization", "Bearer " + secret)
                        .header("Idempotency-Key", "till-2-" + code)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isConflict());
        http.perform(get("/api/v1/vouchers/ABCD-ABCD-ABCD-ABCE").header("Authorization", "Bearer " + secret))
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    void figuresAreShownAndExported() throws Exception {
        decided.decide(complaint.id(), "OURS");
        grant(manager, "45", "VOUCHER");
        send(agent, of(granted()) + "/issues", "means", "VOUCHER");
        open(manager, "/desk/compensation")
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("接受率")))
                .andExpect(content().string(containsString("善意关怀")));
        open(manager, "/desk/compensation.csv")
                .andExpect(content().string(containsString(complaint.number().readable())));
        open(manager, "/desk/compensation?from=2026-02-02&until=2026-01-01")
                .andExpect(status().isUnprocessableContent());
        open(agent, "/desk/compensation").andExpect(status().isForbidden());
    }
}
