package io.bihuan.screening.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.ChannelDuties.ChannelDuty;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.InboxMessage.State;
import io.bihuan.intake.MessageStep;
import io.bihuan.intake.MessageStep.Deed;
import io.bihuan.intake.SourceStates;
import io.bihuan.intake.Waiting;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Ids;
import io.bihuan.screening.Messages;
import io.bihuan.screening.ScreenedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The board, the page of a message and the page of the channels. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class ScreeningPagesTests {
    private static final Channel CHANNEL = Channel.COMMUNITY;

    @Autowired
    MockMvc http;

    @Autowired
    Messages messages;

    @Autowired
    Decisions decisions;

    @Autowired
    ChannelDuties duties;

    @Autowired
    SourceStates sources;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private SignedIn screener;
    private SignedIn colleague;

    @BeforeEach
    void people() {
        screener = person(staff, "筛查丙", null, Role.AGENT);
        colleague = person(staff, "同事丁", null, Role.AGENT);
        duties.set(new ChannelDuty(CHANNEL, screener.id(), null, null, false, 30));
    }

    @AfterEach
    void reset() {
        duties.set(new ChannelDuty(CHANNEL, null, null, null, false, 30));
        time.reset();
    }

    private MockHttpServletResponse response(SignedIn who, MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(as(who)).with(csrf()).locale(Locale.SIMPLIFIED_CHINESE))
                .andReturn()
                .getResponse();
    }

    private String html(SignedIn who, String path) throws Exception {
        var response = response(who, get(path));
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private static String text(MockHttpServletResponse response) throws Exception {
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private static String path(Waiting of) {
        return "/desk/screening/" + of.message().id();
    }

    private Waiting now(Waiting before) {
        return decisions.find(before.message().id()).orElseThrow();
    }

    private List<Deed> deeds(Waiting of) {
        return decisions.steps(of.message().id()).stream()
                .map(MessageStep::what)
                .toList();
    }

    @Test
    void theBoardShowsTheOwnFirstWithTheReasonInWordsAndNoPhone() throws Exception {
        Waiting mine = messages.read(CHANNEL, "UNCLEAR 我的电话" + ScreenedReader.PHONE);
        String board = html(screener, "/desk/screening?channel=COMMUNITY");
        assertThat(board)
                .contains(path(mine))
                .contains("无法自动判断")
                .contains("张**")
                .contains("待认领")
                .doesNotContain(ScreenedReader.PHONE)
                .doesNotContain("screening.")
                .doesNotContain("UNCLEAR</");
        assertThat(html(colleague, "/desk/screening?channel=COMMUNITY&mine=true"))
                .doesNotContain(path(mine));
        assertThat(html(screener, "/desk/screening?channel=COMMUNITY&reason=FAILED"))
                .doesNotContain(path(mine));
        Waiting automatic = messages.read(CHANNEL, "BOUNCE 没有送达");
        assertThat(html(screener, "/desk/screening?channel=COMMUNITY")).doesNotContain(path(automatic));
        assertThat(html(screener, "/desk/screening?automatic=true&channel=COMMUNITY"))
                .contains(automatic.message().id().toString());
    }

    @Test
    void theBoardPagesThroughEverythingOnce() throws Exception {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 53; i++) {
            ids.add(messages.read(CHANNEL, "UNCLEAR 第" + i + "件").message().id());
        }
        String first = html(screener, "/desk/screening?channel=COMMUNITY&mine=true");
        int at = first.indexOf("cursor=");
        assertThat(at).isPositive();
        String cursor = first.substring(at + 7, first.indexOf('"', at));
        String second = html(screener, "/desk/screening?channel=COMMUNITY&mine=true&cursor=" + cursor);
        assertThat(ids).allMatch(id -> first.contains("data-id=\"" + id) ^ second.contains("data-id=\"" + id));
    }

    @Test
    void whatIsOverdueIsMarked() throws Exception {
        messages.read(CHANNEL, "UNCLEAR 很久");
        time.advance(Duration.ofHours(3));
        assertThat(html(screener, "/desk/screening?channel=COMMUNITY&mine=true"))
                .contains("due-over");
    }

    @Test
    void aMessageThatSomebodyElseHasSaysSoAndCanBeTakenOver() throws Exception {
        Waiting found = messages.read(CHANNEL, "UNCLEAR 有事相求");
        assertThat(response(screener, post(path(found) + "/claims")).getStatus())
                .isEqualTo(303);
        var late = response(colleague, post(path(found) + "/claims"));
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(text(late)).contains("筛查丙已认领");
        assertThat(html(colleague, path(found))).contains("由我接手").doesNotContain(path(found) + "/joins");
        assertThat(response(
                                colleague,
                                post(path(found) + "/claims")
                                        .param("from", screener.id().toString()))
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(found).message().screener()).isEqualTo(colleague.id());
    }

    @Test
    void contactAndOriginalAreShownForAReasonThatIsRecorded() throws Exception {
        Waiting found = messages.read(CHANNEL, "UNCLEAR <script>alert(1)</script>原文");
        String page = html(screener, path(found));
        assertThat(page)
                .doesNotContain("zhang.san@")
                .doesNotContain(ScreenedReader.PHONE)
                .doesNotContain("<script>alert");
        assertThat(response(screener, post(path(found) + "/disclosures").param("why", " "))
                        .getStatus())
                .isEqualTo(422);
        var shown = response(screener, post(path(found) + "/disclosures").param("why", "核实身份"));
        assertThat(text(shown))
                .contains("zhang.san@example.cn")
                .contains(ScreenedReader.PHONE)
                .doesNotContain("<script>alert");
        var copy = response(screener, post(path(found) + "/copies").param("why", "移交法务"));
        assertThat(text(copy)).isEqualTo("UNCLEAR <script>alert(1)</script>原文");
        assertThat(copy.getHeader("Content-Disposition")).startsWith("attachment");
        assertThat(copy.getContentType()).isEqualTo("application/octet-stream");
        assertThat(deeds(found)).containsExactly(Deed.SHOWN, Deed.COPIED);
        assertThat(html(screener, path(found))).contains("核实身份").contains("移交法务");
    }

    private MockHttpServletRequestBuilder registration(Waiting from) {
        return post("/desk/registrations")
                .param("token", UUID.randomUUID().toString())
                .param("message", from.message().id().toString())
                .param("businessLine", "appliance")
                .param("channel", CHANNEL.name())
                .param("kind", "COMPLAINT")
                .param("phone", ScreenedReader.PHONE)
                .param("name", "张三丰")
                .param("content", "空调不制冷，已补充型号")
                .param("product[productType]", "water-heater")
                .param("product[model]", "JSQ30")
                .param("customersAffected", "1");
    }

    @Test
    void theDraftIsCompletedInTheFormAndBecomesOneComplaint() throws Exception {
        Waiting found = messages.read(CHANNEL, "INVALID 空调不制冷");
        String form = html(
                screener, "/desk/registrations/new?message=" + found.message().id());
        assertThat(form).contains("空调不制冷").contains("张三丰").contains(path(found));
        var answer = response(screener, registration(found));
        assertThat(answer.getStatus()).as(text(answer)).isEqualTo(303);
        Waiting opened = now(found);
        assertThat(opened.message().state()).isEqualTo(State.OPENED);
        Complaint complaint = complaints
                .find(Objects.requireNonNull(opened.message().complaint()))
                .orElseThrow();
        assertThat(complaint.receivedAt()).isEqualTo(found.message().receivedAt());
        assertThat(complaint.owner()).isEqualTo(screener.id());
        assertThat(deeds(found)).containsExactly(Deed.OPENED);
        assertThat(html(colleague, path(found))).contains("筛查丙已登记为投诉");
        var second = response(colleague, registration(found));
        assertThat(second.getStatus()).isEqualTo(409);
        assertThat(text(second)).contains(complaint.number().readable());
    }

    @Test
    void acceptedTenTimesAtOnceItIsOneComplaint() throws Exception {
        Waiting found = messages.read(CHANNEL, "INVALID 十次");
        int before = complaintsOf(found);
        int done = 0;
        try (var threads = Executors.newFixedThreadPool(10)) {
            var all = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 10; i++) {
                all.add(() -> response(screener, registration(found)).getStatus());
            }
            for (var each : threads.invokeAll(all)) {
                int status = each.get();
                assertThat(status).isIn(303, 409);
                done += status == 303 ? 1 : 0;
            }
        }
        assertThat(done).isEqualTo(1);
        assertThat(complaintsOf(found) - before).isEqualTo(1);
        assertThat(now(found).message().state()).isEqualTo(State.OPENED);
        assertThat(deeds(found)).containsExactly(Deed.OPENED);
    }

    private int complaintsOf(Waiting found) {
        return jdbc.sql("select count(*) from complaint.complaint where received_at = :at")
                .param("at", found.message().receivedAt().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    @Test
    void aCallBackBecomesAnInquiryOrIsDueAgain() throws Exception {
        Waiting found = messages.read(CHANNEL, "CALL_BACK 未接来电");
        assertThat(html(screener, path(found))).contains("kind=INQUIRY").doesNotContain(ScreenedReader.PHONE);
        response(screener, post(path(found) + "/claims"));
        assertThat(html(screener, path(found))).contains(ScreenedReader.PHONE);
        assertThat(html(
                        screener,
                        "/desk/registrations/new?kind=INQUIRY&message="
                                + found.message().id()))
                .contains("<option value=\"" + Kind.INQUIRY.name() + "\" selected");
        assertThat(response(screener, post(path(found) + "/calls").param("outcome", "reached"))
                        .getStatus())
                .isEqualTo(422);
        assertThat(response(screener, post(path(found) + "/calls").param("outcome", "missed"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(found).calls()).isEqualTo(1);
        assertThat(response(
                                screener,
                                post(path(found) + "/calls")
                                        .param("outcome", "reached")
                                        .param("note", "已解释"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(found).message().state()).isEqualTo(State.ENDED);
    }

    @Test
    void whatIsMissingInAFormIsSaidAndWhatWasTypedStays() throws Exception {
        Waiting found = messages.read(CHANNEL, "UNCLEAR 有事相求");
        var join = response(
                screener, post(path(found) + "/joins").param("number", "123").param("text", "补充的话"));
        assertThat(join.getStatus()).isEqualTo(422);
        assertThat(text(join)).contains("没有这个编号的投诉").contains("补充的话");
        assertThat(response(screener, post(path(found) + "/forwardings").param("to", "channel:EMAIL"))
                        .getStatus())
                .isEqualTo(422);
        assertThat(response(screener, post(path(found) + "/rejections").param("reason", "OTHER"))
                        .getStatus())
                .isEqualTo(422);
        assertThat(now(found).message().state()).isEqualTo(State.PARKED);

        assertThat(response(
                                screener,
                                post(path(found) + "/forwardings")
                                        .param("to", "person:" + colleague.id())
                                        .param("why", "您更了解"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(found).message().screener()).isEqualTo(colleague.id());
        assertThat(response(
                                colleague,
                                post(path(found) + "/rejections")
                                        .param("reason", "ADVERTISING")
                                        .param("tell", "true")
                                        .param("reply", "您好"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(found).message().note()).isEqualTo("广告或骚扰信息");
    }

    @Test
    void automaticMailsAreClosedFromTheBoard() throws Exception {
        Waiting one = messages.read(CHANNEL, "AUTOMATIC_REPLY 外出");
        Waiting two = messages.read(CHANNEL, "BOUNCE 退信");
        assertThat(response(
                                screener,
                                post("/desk/screening/closures")
                                        .param("id", one.message().id().toString())
                                        .param("id", two.message().id().toString()))
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(one).message().state()).isEqualTo(State.ENDED);
        assertThat(now(two).message().state()).isEqualTo(State.ENDED);
    }

    @Test
    void whoDoesNotScreenSeesNothingOfIt() throws Exception {
        Waiting found = messages.read(CHANNEL, "UNCLEAR 有事相求");
        SignedIn handler = person(staff, "处理戊", "parts", Role.HANDLER);
        assertThat(response(handler, get("/desk/screening")).getStatus()).isIn(403, 404);
        assertThat(response(handler, get(path(found))).getStatus()).isIn(403, 404);
        assertThat(response(
                                handler,
                                get("/desk/registrations/new?message="
                                        + found.message().id()))
                        .getStatus())
                .isIn(403, 404);
        assertThat(response(screener, get("/desk/channels/EMAIL/duty")).getStatus())
                .isIn(403, 404);
    }

    @Test
    void aManagerSetsWhoScreensAndSeesHowFastAndHowHealthyTheChannelsAre() throws Exception {
        SignedIn manager = person(staff, "经理己", null, Role.MANAGER);
        String duty = "/desk/channels/COMMUNITY/duty";
        assertThat(html(manager, duty)).contains("筛查丙");
        var wrong = response(
                manager,
                post(duty)
                        .param("screener", colleague.id().toString())
                        .param("deputy", colleague.id().toString())
                        .param("minutes", "0"));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(text(wrong)).contains("代理人不能是筛查人本人").contains("请填写1到100");
        assertThat(response(
                                manager,
                                post(duty)
                                        .param("screener", colleague.id().toString())
                                        .param("deputy", screener.id().toString())
                                        .param("screensFirst", "true")
                                        .param("minutes", "45"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(duties.of(CHANNEL))
                .isEqualTo(new ChannelDuty(CHANNEL, colleague.id(), screener.id(), null, true, 45));
        Waiting first = messages.read(CHANNEL, "OPEN 空调不制冷");
        assertThat(first.message().state()).isEqualTo(State.PARKED);
        assertThat(first.message().screener()).isEqualTo(colleague.id());

        String source = "screened:" + Ids.next();
        sources.failing(source, "connection refused");
        String page = html(manager, "/desk/channels?days=30");
        assertThat(page)
                .contains(source)
                .contains("异常")
                .contains("connection refused")
                .contains("同事丁")
                .contains("及时率")
                .doesNotContain("screening.");
        String csv = text(response(manager, get("/desk/channels/figures.csv?days=30")));
        assertThat(csv).contains("渠道,时段,收到").contains("社区");
        assertThat(html(screener, "/desk/channels")).doesNotContain("/desk/channels/EMAIL/duty");
    }

    @Test
    void leaveIsWrittenDownBesideTheShifts() throws Exception {
        SignedIn manager = person(staff, "经理庚", null, Role.MANAGER);
        assertThat(html(manager, "/desk/staff/absences")).contains("请假与外出");
        var form = post("/desk/staff/absences")
                .param("staff", screener.id().toString())
                .param("reason", "SICK")
                .param("from", "2999-01-02T09:00");
        assertThat(response(manager, form.param("to", "2999-01-01T09:00")).getStatus())
                .isEqualTo(422);
        assertThat(response(
                                manager,
                                post("/desk/staff/absences")
                                        .param("staff", screener.id().toString())
                                        .param("reason", "SICK")
                                        .param("from", "2999-01-02T09:00")
                                        .param("to", "2999-01-05T09:00"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(html(manager, "/desk/staff/absences")).contains("筛查丙").contains("病假");
        UUID id = jdbc.sql("select id from identity.absence where staff = :staff")
                .param("staff", screener.id())
                .query(UUID.class)
                .single();
        response(manager, post("/desk/staff/absences/" + id + "/removal"));
        assertThat(html(manager, "/desk/staff/absences")).doesNotContain("筛查丙</td>");
    }
}
