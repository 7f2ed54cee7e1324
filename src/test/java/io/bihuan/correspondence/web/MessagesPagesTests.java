package io.bihuan.correspondence.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Said;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.message.MessageSettings;
import io.bihuan.message.MessageWork;
import io.bihuan.message.QuietNow;
import io.bihuan.message.State;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Letter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.web.util.HtmlUtils;

/** The page of what is said to a customer: planned, looked at, sent once, and read again. */
@BihuanTest
class MessagesPagesTests {
    private static final String INTERNAL = "内部记录-不给客户看";
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Random RANDOM = new Random();

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Correspondence correspondence;

    @Autowired
    TrackingLinks links;

    @Autowired
    MessageSettings settings;

    @Autowired
    MessageWork work;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
    }

    private Complaint assessed() {
        Complaint registered = complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        1,
                        Personal.of("空调修了三次还是不制冷"),
                        Personal.of("师傅来了三次，还是不制冷。"),
                        new Customer(
                                Personal.of("欧阳小明"),
                                Personal.of("+86139" + String.format(Locale.ROOT, "%08d", RANDOM.nextInt(100_000_000))),
                                null),
                        Map.of("productType", Personal.of("air-conditioner"), "model", Personal.of("KFR-35GW")),
                        "repair",
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        true,
                        List.of(),
                        null),
                Actor.CUSTOMER);
        return perform(
                registered,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        null,
                        null));
    }

    private Complaint solved() {
        Complaint verified = perform(assessed(), new Command.Verify(Finding.SUBSTANTIATED, INTERNAL));
        return perform(verified, new Command.Solve(Outcome.ACCEPTED, "更换铜管并退费280元", null));
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), null, command, agent.actor());
    }

    private static String path(Complaint complaint) {
        return "/desk/complaints/" + complaint.number().digits() + "/messages";
    }

    private static String html(ResultActions response) throws Exception {
        return HtmlUtils.htmlUnescape(response.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
    }

    private String page(Complaint complaint, String query) throws Exception {
        return html(http.perform(get(path(complaint) + "?lang=zh" + query).with(as(agent)))
                .andExpect(status().isOk()));
    }

    private ResultActions send(Complaint complaint, UUID occasion, String letter, String... fields) throws Exception {
        var request = post(path(complaint) + "?lang=zh")
                .with(as(agent))
                .with(csrf())
                .param("occasion", occasion.toString())
                .param("letter", letter);
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request);
    }

    @Test
    void thePageSaysWhichNoticesArePlannedInBothLanguages() throws Exception {
        Complaint complaint = assessed();
        assertThat(page(complaint, ""))
                .contains("第一次：受理情况、负责人和时间", "第二次：核实情况", "第三次：方案和日期", "待告知", "还没有向客户发送过消息")
                .doesNotContain("欧阳小明");
        String english = html(
                http.perform(get(path(complaint) + "?lang=en").with(as(agent))).andExpect(status().isOk()));
        assertThat(english).contains("First: accepted, owner and times", "Customer contact");
        assertThat(html(http.perform(
                        get("/desk/complaints/" + complaint.number().digits() + "?lang=zh")
                                .with(as(agent)))))
                .contains("已告知 0/3 次", path(complaint));
    }

    @Test
    void whoIsAskedOnThePageOfTheComplaintIsToldInTheSameBreath() throws Exception {
        Complaint complaint = assessed();
        http.perform(post("/desk/complaints/" + complaint.number().digits() + "/question")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version()))
                        .param("question", "请拍一下机身铭牌"))
                .andExpect(status().isSeeOther());
        assertThat(correspondence.said(complaint.id(), 10))
                .filteredOn(said -> said.purpose() == Letter.Purpose.INFORMATION_REQUEST)
                .singleElement()
                .satisfies(said -> assertThat(said.text())
                        .contains("请拍一下机身铭牌", "/t/" + complaint.number().digits()));
        // A version that is not the present one asks nobody.
        http.perform(post("/desk/complaints/" + complaint.number().digits() + "/question")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version()))
                        .param("question", "再拍一下发票"))
                .andExpect(status().isConflict());
        assertThat(correspondence.said(complaint.id(), 10)).hasSize(1);
    }

    @Test
    void aNoticeIsLookedAtWithTheDataOfTheComplaintAndSaysWhatIsMissing() throws Exception {
        Complaint complaint = assessed();
        String page = page(complaint, "&notice=FINDINGS");
        assertThat(page)
                .contains("核实情况：—", complaint.number().readable(), "以下内容还没有，补全后才能发送：核实情况")
                .doesNotContain("{findings}", INTERNAL);

        String typed = html(send(
                        complaint,
                        UUID.randomUUID(),
                        "findings-sms",
                        "notice",
                        "FINDINGS",
                        "findings",
                        "铜管接口漏氟",
                        "preview",
                        "true")
                .andExpect(status().isOk()));
        assertThat(typed).contains("核实情况：铜管接口漏氟").doesNotContain("以下内容还没有");
        assertThat(correspondence.said(complaint.id(), 10)).isEmpty();
    }

    @Test
    void whatTheTextMessageHasNoPlaceForIsAskedForFreelyAndStandsInThePreview() throws Exception {
        Complaint complaint = assessed();
        String page = page(complaint, "&letter=progress-sms");
        assertThat(field(page, "measures")).doesNotContain("required");
        assertThat(page).contains("填写的内容附在正文末尾", "data-draft=\"complaint-" + complaint.id() + "-message-PROGRESS\"");

        UUID occasion = UUID.randomUUID();
        assertThat(html(send(complaint, occasion, "progress-sms", "measures", "明天上门", "preview", "true")))
                .contains("目前的安排：明天上门");
        send(complaint, occasion, "progress-sms", "measures", "明天上门").andExpect(status().isSeeOther());
        assertThat(correspondence.said(complaint.id(), 1).getFirst().text()).contains("目前的安排：明天上门");
        assertThat(page(complaint, "&sent=PROGRESS"))
                .contains("data-draft-sent=\"complaint-" + complaint.id() + "-message-PROGRESS\"");
    }

    private static String field(String page, String name) {
        int at = page.indexOf("<textarea", page.indexOf("for=\"" + name + "\""));
        return page.substring(at, page.indexOf('>', at));
    }

    @Test
    void aResultThatWasPostedIsRecordedWithAllItsParts() throws Exception {
        Complaint complaint = solved();
        assertThat(field(page(complaint, "&letter=result-sms"), "guarantee")).contains("required");
        posted(complaint, " ").andExpect(status().is(422));
        posted(complaint, "保修三年").andExpect(status().isSeeOther());
        assertThat(complaints.find(complaint.number()).orElseThrow().toldAt()).isNotNull();
    }

    private ResultActions posted(Complaint complaint, String guarantee) throws Exception {
        return send(
                complaint,
                UUID.randomUUID(),
                "result-sms",
                "way",
                "POSTED",
                "measures",
                "更换铜管",
                "guarantee",
                guarantee,
                "routes",
                "要求换人复核");
    }

    @Test
    void aResultWithoutItsGuaranteeIsRefusedByName() throws Exception {
        Complaint complaint = solved();
        assertThat(page(complaint, "")).contains("处理结果待告知", "result-sms");
        String refused = html(send(
                        complaint,
                        UUID.randomUUID(),
                        "result-sms",
                        "measures",
                        "更换铜管",
                        "guarantee",
                        " ",
                        "routes",
                        "要求换人复核")
                .andExpect(status().is(422)));
        assertThat(refused).contains("还缺少：后续保障。补全后才能发送。", "要求换人复核");
        assertThat(correspondence.said(complaint.id(), 10)).isEmpty();
    }

    @Test
    void whoPressesTwiceSendsOnceAndTheCustomerReadsItWhole() throws Exception {
        Complaint complaint = assessed();
        UUID occasion = UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            send(complaint, occasion, "findings-sms", "notice", "FINDINGS", "findings", "铜管接口漏氟")
                    .andExpect(status().isSeeOther());
        }
        assertThat(correspondence.said(complaint.id(), 10))
                .singleElement()
                .extracting(Said::text)
                .asString()
                .contains("铜管接口漏氟", "/t/");
        String tracking = html(http.perform(get(links.path(complaint.number()) + "?lang=zh")));
        assertThat(tracking).contains("核实情况：铜管接口漏氟");
    }

    @Test
    void whatIsHeldSaysWhyAndUntilWhen() throws Exception {
        Complaint complaint = assessed();
        LocalTime now = LocalTime.ofInstant(time.instant(), SHANGHAI).truncatedTo(ChronoUnit.MINUTES);
        var quiet = new QuietNow(settings, now);
        try {
            send(complaint, UUID.randomUUID(), "progress-sms", "measures", "明天上门")
                    .andExpect(status().isSeeOther());
            for (int tries = 0; tries < 500 && saidOf(complaint).state() != State.HELD; tries++) {
                work.work();
                Thread.sleep(20);
            }
            assertThat(saidOf(complaint).state()).isEqualTo(State.HELD);
            assertThat(page(complaint, ""))
                    .contains("暂缓发送", "暂缓至", "夜间不打扰")
                    .containsPattern("<time[^>]*>[^<]*" + now.plusHours(2) + "</time>");
        } finally {
            quiet.end();
        }
    }

    private Said saidOf(Complaint complaint) {
        return correspondence.said(complaint.id(), 1).getFirst();
    }

    @Test
    void whatWasSaidIsReadByAuditorsButSaidByThoseWhoWorkOnComplaints() throws Exception {
        Complaint complaint = assessed();
        SignedIn auditor = person(staff, "钱进", null, Role.AUDITOR);
        String read = html(http.perform(get(path(complaint) + "?lang=zh").with(as(auditor)))
                .andExpect(status().isOk()));
        assertThat(read).doesNotContain("id=\"compose\"");
        http.perform(post(path(complaint)).with(as(auditor)).with(csrf())).andExpect(status().isForbidden());
    }

    @Test
    void aNoticeIsMovedOnThePageForAReasonOnly() throws Exception {
        Complaint complaint = assessed();
        String address = "/desk/complaints/" + complaint.number().digits() + "/notice-times?lang=zh";
        http.perform(post(address)
                        .with(as(agent))
                        .with(csrf())
                        .param("notice", "SOLUTION")
                        .param("at", "2099-01-01T10:00")
                        .param("why", " "))
                .andExpect(status().is(422));
        String form = page(complaint, "");
        var at = Pattern.compile("id=\"at-SOLUTION\"[^>]*value=\"([^\"]+)\"").matcher(form);
        assertThat(at.find()).isTrue();
        http.perform(post(address)
                        .with(as(agent))
                        .with(csrf())
                        .param("notice", "SOLUTION")
                        .param("at", at.group(1).substring(0, 11) + "23:59")
                        .param("why", "等厂家鉴定"))
                .andExpect(status().isSeeOther());
        assertThat(html(http.perform(
                        get("/desk/complaints/" + complaint.number().digits() + "?lang=zh")
                                .with(as(agent)))))
                .contains("调整了阶段告知时间", "等厂家鉴定");
    }

    @Test
    void whoAnswersForTheNoticesSeesHowTheyWereKept() throws Exception {
        assessed();
        SignedIn manager = person(staff, "方远", null, Role.MANAGER);
        for (String by : new String[] {"NONE", "DEPARTMENT", "MONTH"}) {
            assertThat(html(http.perform(
                                    get("/desk/clocks/notices?lang=zh&by=" + by).with(as(manager)))
                            .andExpect(status().isOk())))
                    .contains("阶段告知统计", "提前办结的投诉直接告知结果");
        }
        assertThat(html(http.perform(get("/desk/clocks/statistics?lang=zh").with(as(manager)))))
                .contains("href=\"/desk/clocks/notices\"");
        http.perform(get("/desk/clocks/notices?lang=zh&from=2026-12-01&until=2026-11-01")
                        .with(as(manager)))
                .andExpect(status().is(422));
        http.perform(get("/desk/clocks/notices").with(as(agent))).andExpect(status().isForbidden());
        assertThat(html(http.perform(get("/desk/clocks/statistics?lang=zh").with(as(agent)))))
                .doesNotContain("/desk/clocks/notices");
    }
}
