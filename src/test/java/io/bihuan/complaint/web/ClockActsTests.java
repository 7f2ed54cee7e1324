package io.bihuan.complaint.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Hours;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Counting;
import io.bihuan.clock.Dispatch;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.Grade;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.Policies;
import io.bihuan.clock.Unit;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.pack.Source;
import io.bihuan.platform.Actor;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What staff, programs and customers see of the clocks of one complaint and may do to them: with a legal limit of ten working days,
 * which reaches into a year whose holidays nobody has announced.
 */
@BihuanTest(properties = "bihuan.test.of=clock-acts")
class ClockActsTests {
    /** Monday, 10:00 in Shanghai. */
    private static final Instant START = Instant.parse("2026-12-28T02:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Clocks clocks;

    @Autowired
    Policies policies;

    @Autowired
    Calendars calendars;

    @Autowired
    Packs packs;

    @Autowired
    Staff staff;

    @Autowired
    Tokens tokens;

    @Autowired
    TrackingLinks links;

    @Autowired
    MovableTime time;

    private SignedIn agent;
    private SignedIn manager;

    @BeforeEach
    void aLegalLimit() {
        if (calendars.find("acts").isEmpty()) {
            time.set(START.minus(Duration.ofDays(1)));
            calendars.publish(new Holidays("acts", Map.of(), Map.of(), Set.of(2026)), Actor.SYSTEM, "test");
            var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
            for (DayOfWeek day : DayOfWeek.values()) {
                week.put(day, day.getValue() > 5 ? List.of() : List.of(Hours.parse("09:00-18:00")));
            }
            calendars.publish(
                    new CalendarDefinition(
                            "acts",
                            new Label("工作日历", "Office"),
                            ZoneId.of("Asia/Shanghai"),
                            week,
                            "acts",
                            List.of(),
                            List.of(),
                            new TreeMap<>(),
                            null,
                            Set.of()),
                    Actor.SYSTEM,
                    "test");
            publish(solve());
            publish(tell());
        }
        time.set(START);
        agent = person(staff, "周敏", null, Role.AGENT);
        manager = person(staff, "方远", null, Role.MANAGER);
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private void publish(ClockPolicy terms) {
        policies.publish(pack(), terms, time.instant(), Actor.SYSTEM, "test");
    }

    private Pack pack() {
        return packs.of("appliance");
    }

    private static Map<Severity, Integer> each(int amount) {
        return Map.of(Severity.GENERAL, amount, Severity.URGENT, amount, Severity.MAJOR, amount);
    }

    private static ClockPolicy solve() {
        return new ClockPolicy(
                "solve",
                new Label("处理完成", "Solve"),
                "REGISTERED",
                Set.of("SOLVED"),
                Set.of("FACTS_ADDED"),
                Counting.of(Unit.WORKING_DAY),
                "acts",
                each(10),
                Grade.LEGAL,
                List.of(),
                List.of(new PauseReason("APPRAISAL", true), new PauseReason("MEDIATION", false)),
                List.of(new ExtensionStep(15, "MANAGER", true, 1)),
                Dispatch.SENT,
                new Label("视为拒绝处理", "counts as a refusal"),
                null,
                Source.text("某条例第 10 条"));
    }

    private static ClockPolicy tell() {
        return new ClockPolicy(
                "tell",
                new Label("结果告知", "Tell the result"),
                "SOLVED",
                Set.of("RESULT_TOLD"),
                Set.of(),
                Counting.of(Unit.MINUTE),
                "always",
                each(120),
                Grade.INTERNAL,
                List.of(),
                List.of(),
                List.of(),
                Dispatch.DELIVERED,
                null,
                null,
                null);
    }

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), null, command, agent.actor());
    }

    private Clock clock(Complaint complaint, String name) {
        return clocks.of(complaint.id()).stream()
                .filter(clock -> clock.name().equals(name))
                .toList()
                .getLast();
    }

    private static String path(Complaint complaint) {
        return "/desk/complaints/" + complaint.number().digits();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, int status) throws Exception {
        MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(status);
        return response;
    }

    private String html(SignedIn who, Complaint complaint) throws Exception {
        return answer(get(path(complaint)).with(as(who)), 200).getContentAsString();
    }

    /** The page with the reasons of its deadlines, which are read when somebody opens them. */
    private String whole(SignedIn who, Complaint complaint) throws Exception {
        String html = html(who, complaint);
        return html + reasons(who, html);
    }

    private String reasons(SignedIn who, String html) throws Exception {
        var reasons = new StringBuilder();
        Matcher lazy = Pattern.compile("hx-get=\"([^\"]*/clocks/[^\"]*)\"").matcher(html);
        while (lazy.find()) {
            reasons.append(
                    answer(get(lazy.group(1)).header("HX-Request", "true").with(as(who)), 200)
                            .getContentAsString());
        }
        return reasons.toString();
    }

    /** Sends a form on what the complaint is now; the page that comes back, or nothing when it was done. */
    private String sent(SignedIn who, Complaint complaint, String deed, int status, String... fields) throws Exception {
        int version = complaints.find(complaint.number()).orElseThrow().version();
        var request = post(path(complaint) + "/" + deed)
                .with(as(who))
                .with(csrf())
                .param("version", Integer.toString(version));
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return answer(request, status).getContentAsString();
    }

    private JsonNode api(MockHttpServletRequestBuilder request, int status) throws Exception {
        String secret = tokens.create("伙伴系统", Set.of(Scope.values()), null).secret();
        return JSON.readTree(answer(request.header("Authorization", "Bearer " + secret), status)
                .getContentAsString());
    }

    private JsonNode posted(Complaint complaint, String step, String body, int status) throws Exception {
        return api(
                post("/api/v1/complaints/" + complaint.number().digits() + "/" + step)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body),
                status);
    }

    // ---- what is shown ----

    @Test
    void aClockSaysWhenWhyAndWhatABreachMeans() throws Exception {
        String html = html(agent, registered());

        assertThat(html).contains("截止 2027-01-11 24:00", "法定时限", "10 个工作日", "超时后果：视为拒绝处理", "2027 年放假安排未公布，暂定");
        String reasons = reasons(agent, html);
        assertThat(reasons)
                .doesNotContain("<html")
                .contains("因此应在 2027-01-11 24:00 前完成", "某条例第 10 条")
                .containsPattern("(?s)why-counted.*?第 1.*?2026-12-29")
                .containsPattern("(?s)why-skipped.*?2027-01-02.*?2027-01-03")
                .contains("why-step why-assumed", "why-step why-result");
    }

    @Test
    void anEndedClockIsFoldedWithWhatBecameOfIt() throws Exception {
        Complaint complaint = registered();
        time.advance(Duration.ofHours(1));
        perform(complaint, new Command.ConfirmOwnership(agent.id()));

        assertThat(html(agent, complaint)).contains("已结束的时限（2）", "超时完成于 2026-12-28 11:00", "按时完成于");
    }

    // ---- pause and resume ----

    @Test
    void clocksPauseForWhatTheirPoliciesAllowOnlyAndTheCustomerIsTold() throws Exception {
        Complaint complaint = registered();
        String page = html(agent, complaint);
        assertThat(page).contains("value=\"APPRAISAL\"", "value=\"MEDIATION\"", "须告知客户的原因：委托鉴定");
        assertThat(page).doesNotContain("value=\"FORCE_MAJEURE\"", "value=\"WAITING_FOR_CUSTOMER\"");

        assertThat(sent(agent, complaint, "pauses", 422, "reason", "APPRAISAL", "note", "压缩机送检"))
                .contains("按规定须先告知客户，请选择告知方式。", "压缩机送检");
        assertThat(sent(agent, complaint, "pauses", 422, "reason", "FORCE_MAJEURE", "note", "台风"))
                .contains("没有可因此原因暂停的时限。");
        assertThat(sent(agent, complaint, "pauses", 422, "note", "压缩机送检")).contains("请填写此项");
        assertThat(clock(complaint, "solve").state()).isEqualTo(ClockState.RUNNING);

        sent(agent, complaint, "pauses", 303, "reason", "APPRAISAL", "note", "压缩机送检", "told", "PHONE");
        assertThat(clock(complaint, "solve").state()).isEqualTo(ClockState.PAUSED);
        page = html(agent, complaint);
        assertThat(page).contains("自 2026-12-28 10:00 起暂停（委托鉴定）", "因委托鉴定，可暂停的时限已停止计时。");
        assertThat(page).contains("action=\"" + path(complaint) + "/pause-ends\"");

        time.advance(Duration.ofDays(2));
        sent(agent, complaint, "pause-ends", 303, "reason", "APPRAISAL", "note", "鉴定结果已出");
        // Of the days that count only the 29th ended while it stood still.
        assertThat(html(agent, complaint)).contains("截止 2027-01-12 24:00").doesNotContain("/pause-ends\"");
    }

    // ---- more time ----

    @Test
    void anExtensionIsGrantedByTheRoleThatThePolicyNames() throws Exception {
        Complaint complaint = registered();
        String[] form = {"clock", "solve", "why", "COMPLEX", "note", "需要进口配件", "told", "PHONE"};
        assertThat(html(agent, complaint))
                .contains("处理完成：延长 15 个工作日，至 2027-02-01 24:00。须由“管理者”批准。")
                .doesNotContain("action=\"" + path(complaint) + "/extensions\"");
        assertThat(sent(agent, complaint, "extensions", 422, form)).contains("这次延长须由“管理者”批准。", "需要进口配件");
        assertThat(sent(manager, complaint, "extensions", 422, "clock", "solve", "why", "COMPLEX", "note", "配件"))
                .contains("按规定须告知客户，请选择告知方式。");
        assertThat(clock(complaint, "solve").course().extensions()).isEmpty();

        assertThat(html(manager, complaint)).contains("action=\"" + path(complaint) + "/extensions\"");
        sent(manager, complaint, "extensions", 303, form);
        assertThat(whole(agent, complaint)).contains("截止 2027-02-01 24:00", "延长 15 个工作日", "由 方远 批准");
        assertThat(sent(manager, complaint, "extensions", 422, form)).contains("该时限不能（再）延长。");
    }

    @Test
    void aLateClockIsNotExtended() throws Exception {
        Complaint complaint = registered();
        time.advance(Duration.ofDays(30));
        assertThat(html(manager, complaint)).contains("已超时，视为拒绝处理", "处理完成：时限已超，不能再延长。");
        assertThat(sent(
                        manager,
                        complaint,
                        "extensions",
                        422,
                        "clock",
                        "solve",
                        "why",
                        "COMPLEX",
                        "note",
                        "配件",
                        "told",
                        "PHONE"))
                .contains("时限已超，不能再延长。");
    }

    // ---- the rule in force ----

    @Test
    void managersLetAClockFollowANewerRuleAndSeeBothDueTimesBefore() throws Exception {
        Complaint complaint = registered();
        String form = "action=\"" + path(complaint) + "/policy-replacements\"";
        assertThat(html(manager, complaint)).doesNotContain(form);
        ClockPolicy respond =
                policies.find(pack(), "respond", time.instant()).orElseThrow().terms();
        publish(respond.withAmount(each(60)));
        time.advance(Duration.ofSeconds(11));

        assertThat(html(manager, complaint)).contains(form, "首次响应：由 2026-12-28 10:30 改为 2026-12-28 11:00");
        assertThat(html(agent, complaint)).doesNotContain(form);
        sent(agent, complaint, "policy-replacements", 403, "clock", "respond", "reason", "新规");
        assertThat(sent(manager, complaint, "policy-replacements", 422, "clock", "respond", "reason", " "))
                .contains("请填写此项");
        sent(manager, complaint, "policy-replacements", 303, "clock", "respond", "reason", "新规");
        assertThat(whole(manager, complaint)).contains("截止 2026-12-28 11:00", "改按新规则计算，原因：新规");
        assertThat(sent(manager, complaint, "policy-replacements", 422, "clock", "respond", "reason", "新规"))
                .contains("该时限已按现行规则计算。");
    }

    // ---- facts and delivery ----

    @Test
    void newFactsBeginTheClockAnew() throws Exception {
        Complaint complaint = registered();
        time.advance(Duration.ofDays(1));
        assertThat(html(agent, complaint)).contains("以下时限将重新计时：处理完成");
        sent(agent, complaint, "facts", 303, "facts", "另有两台同型号空调也不制冷");
        assertThat(html(agent, complaint)).contains("截止 2027-01-12 24:00", "已取消于 2026-12-29 10:00");
    }

    @Test
    void aDeliveryEndsAClockThatSendingDidNot() throws Exception {
        Complaint complaint = registered();
        perform(complaint, new Command.ConfirmOwnership(agent.id()));
        perform(
                complaint,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        null,
                        null));
        perform(complaint, new Command.Verify(Finding.SUBSTANTIATED, "属实"));
        perform(complaint, new Command.Solve(Outcome.ACCEPTED, "更换铜管", null));
        assertThat(html(agent, complaint)).doesNotContain("/deliveries\"");
        perform(complaint, new Command.TellResult(Contact.LETTER, "已更换铜管"));
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.RUNNING);

        assertThat(html(agent, complaint)).contains("/deliveries\"");
        sent(agent, complaint, "deliveries", 303, "way", "LETTER");
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.MET);
        assertThat(html(agent, complaint)).doesNotContain("/deliveries\"");
    }

    @Test
    void whoOnlyReadsIsOfferedNothingAndMayDoNothing() throws Exception {
        Complaint complaint = registered();
        SignedIn auditor = person(staff, "白茹", null, Role.AUDITOR);
        assertThat(html(auditor, complaint))
                .contains("截止 2027-01-11 24:00")
                .doesNotContain("/pauses\"", "/extensions\"");
        for (String deed :
                List.of("pauses", "pause-ends", "extensions", "policy-replacements", "facts", "deliveries")) {
            sent(auditor, complaint, deed, 403);
        }
    }

    // ---- programs ----

    @Test
    void aProgramReadsTheClocksWithTheirReasonsInItsLanguage() throws Exception {
        Complaint complaint = registered();
        String path = "/api/v1/complaints/" + complaint.number().digits() + "/clocks";
        JsonNode solve = api(get(path).header("Accept-Language", "en"), 200)
                .at("/clocks")
                .valueStream()
                .filter(clock -> clock.path("name").asString("").equals("solve"))
                .findFirst()
                .orElseThrow();

        assertThat(solve.path("state").asString("")).isEqualTo("RUNNING");
        assertThat(solve.path("dueAt").asString("")).isEqualTo("2027-01-11T16:00:00Z");
        assertThat(solve.path("deadline").asString("")).isEqualTo("2027-01-11 24:00");
        assertThat(solve.path("percentUsed").asInt(-1)).isZero();
        assertThat(solve.path("unit").asString("")).isEqualTo("WORKING_DAY");
        assertThat(solve.path("assumedYear").asInt(0)).isEqualTo(2027);
        assertThat(solve.at("/policy/revision").asInt(0)).isEqualTo(1);
        assertThat(solve.at("/calendar/name").asString("")).isEqualTo("acts");
        assertThat(solve.at("/calendar/version").asInt(0)).isPositive();
        assertThat(solve.path("explanation")
                        .valueStream()
                        .map(step -> step.path("kind").asString("")))
                .contains("BASIS", "COUNTED", "SKIPPED", "ASSUMED", "RESULT");
        assertThat(solve.path("explanation")
                        .valueStream()
                        .map(step -> step.path("text").asString("")))
                .contains("So it is due by 2027-01-11 24:00");
        assertThat(solve.path("explanation")
                        .valueStream()
                        .map(step -> step.path("key").asString("")))
                .allMatch(key -> key.startsWith("clock.explain."));
        assertThat(api(get(path).header("Accept-Language", "zh-CN"), 200).toString())
                .contains("因此应在 2027-01-11 24:00 前完成");
        api(get("/api/v1/complaints/" + complaint.number().digits().replace('2', '3') + "/clocks"), 404);
    }

    @Test
    void aProgramPausesResumesAndExtends() throws Exception {
        Complaint complaint = registered();
        assertThat(posted(complaint, "pauses", "{\"reason\":\"APPRAISAL\",\"note\":\"送检\"}", 422)
                        .path("detail")
                        .asString(""))
                .contains("告知客户");
        posted(complaint, "pauses", "{\"reason\":\"APPRAISAL\",\"note\":\"送检\",\"told\":\"SMS\"}", 200);
        assertThat(clock(complaint, "solve").state()).isEqualTo(ClockState.PAUSED);
        posted(complaint, "pause-ends", "{\"reason\":\"APPRAISAL\",\"note\":\"结果已出\"}", 200);
        assertThat(clock(complaint, "solve").state()).isEqualTo(ClockState.RUNNING);

        String extension =
                "{\"clock\":\"solve\",\"reason\":\"COMPLEX\",\"note\":\"进口配件\",\"told\":\"SMS\",\"approver\":\"%s\"}";
        assertThat(posted(complaint, "extensions", extension.formatted(agent.id()), 422)
                        .path("detail")
                        .asString(""))
                .contains("须由“管理者”批准");
        posted(complaint, "extensions", extension.formatted("nobody"), 400);
        posted(complaint, "extensions", extension.formatted(manager.login()), 200);
        JsonNode after = api(get("/api/v1/complaints/" + complaint.number().digits() + "/clocks"), 200);
        assertThat(after.toString()).contains("\"approver\":{\"kind\":\"STAFF\"", "由 方远 批准", "2027-02-01 24:00");
        posted(complaint, "facts", "{\"facts\":\"另有两台\"}", 200);
        posted(complaint, "deliveries", "{\"way\":\"LETTER\"}", 422);
    }

    // ---- the customer ----

    @Test
    void theCustomerReadsWhatMovedAPromise() throws Exception {
        Complaint complaint = registered();
        sent(manager, complaint, "extensions", 303, "clock", "solve", "why", "COMPLEX", "note", "内部", "told", "SMS");
        sent(agent, complaint, "pauses", 303, "reason", "MEDIATION", "note", "内部");
        String page = tracking(complaint);
        assertThat(page)
                .contains("2027-02-01 24:00 前", "因调解暂停计时", "时限已延长 15 个工作日，原因：情况复杂", "暂定时间：2027 年放假安排公布后可能调整")
                .doesNotContain("内部");

        time.advance(Duration.ofDays(2));
        sent(agent, complaint, "pause-ends", 303, "reason", "MEDIATION", "note", "内部");
        assertThat(tracking(complaint)).contains("曾暂停计时 2 天，时限已相应顺延");
    }

    @Test
    void aHolidayNoticeThatComesLateMovesThePromiseAndTheCustomerReadsWhy() throws Exception {
        Complaint complaint = registered();
        try {
            Map<LocalDate, Label> off = Map.of(LocalDate.of(2027, 1, 1), new Label("元旦", "New Year"));
            calendars.publish(new Holidays("acts", off, Map.of(), Set.of(2026, 2027)), Actor.SYSTEM, "notice");
            complaints.perform(complaint.number(), null, new Command.CorrectDeadlines(), Actor.SYSTEM);

            assertThat(tracking(complaint))
                    .contains("2027-01-12 24:00 前", "因放假安排调整，时限已更正", "因国家放假安排调整，时限已更正")
                    .doesNotContain("暂定时间");
            assertThat(whole(agent, complaint))
                    .contains("截止 2027-01-12 24:00", "元旦")
                    .doesNotContain("why-assumed");
        } finally {
            calendars.publish(new Holidays("acts", Map.of(), Map.of(), Set.of(2026)), Actor.SYSTEM, "test");
        }
    }

    private String tracking(Complaint complaint) throws Exception {
        String path = links.path(complaint.number());
        return answer(get(path), 200).getContentAsString();
    }
}
