package io.bihuan.telephony.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import io.bihuan.telephony.Call;
import io.bihuan.telephony.CallEvent;
import io.bihuan.telephony.CallEvent.Kind;
import io.bihuan.telephony.Calls;
import io.bihuan.telephony.Extensions;
import io.bihuan.telephony.LoggedCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The pages of the hotline, and the API that feeds them. */
@BihuanTest
class CallPagesTests {
    private static final Pattern RAW = Pattern.compile("[A-Z]{4,}_[A-Z]|telephony\\.[a-z]+\\.");

    @Autowired
    MockMvc http;

    @Autowired
    Calls calls;

    @Autowired
    Extensions extensions;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    Tokens tokens;

    @Autowired
    InstantSource time;

    private String source = "";
    private String phone = "";
    private String extension = "";
    private SignedIn agent = new SignedIn(new UUID(0, 0), "", "", Set.of(), null, false);
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void aTelephoneSystem() {
        source = "p" + UUID.randomUUID().toString().substring(0, 12);
        phone = "135" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
        extension = "y" + UUID.randomUUID().toString().substring(0, 12);
        agent = person(staff, "周敏", null, Role.AGENT);
        extensions.assign(extension, agent.id());
        now = time.instant().minusSeconds(120);
    }

    private LoggedCall ringing() {
        calls.record(CallEvent.of(source, "c1", "1", Kind.RINGING, now)
                .withNumber(phone)
                .atExtension(extension));
        return calls.find(source, "c1").orElseThrow();
    }

    private LoggedCall ended() {
        ringing();
        calls.record(CallEvent.of(source, "c1", "2", Kind.ANSWERED, now.plusSeconds(5))
                .atExtension(extension));
        calls.record(CallEvent.of(source, "c1", "3", Kind.ENDED, now.plusSeconds(65)));
        calls.record(CallEvent.of(source, "c1", "4", Kind.RECORDING_READY, now.plusSeconds(66))
                .withRecording("https://r.example.com/c1.wav", "0a".repeat(32)));
        return calls.find(source, "c1").orElseThrow();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, SignedIn who) throws Exception {
        MockHttpServletResponse response =
                http.perform(request.with(as(who)).with(csrf())).andReturn().getResponse();
        response.setCharacterEncoding("UTF-8");
        return response;
    }

    private String page(String path, SignedIn who) throws Exception {
        MockHttpServletResponse response = answer(get(URI.create(path)), who);
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        String html = response.getContentAsString(StandardCharsets.UTF_8);
        assertThat(html.replaceAll("<[^>]*>", " ")).doesNotContainPattern(RAW);
        return html;
    }

    private Complaint registered(String extra) throws Exception {
        var form = multipart("/desk/registrations");
        form.with(as(agent)).with(csrf());
        form.param("token", UUID.randomUUID().toString())
                .param("businessLine", "appliance")
                .param("channel", "HOTLINE")
                .param("kind", "COMPLAINT")
                .param("phone", phone)
                .param("name", "李女士")
                .param("content", "冰箱不制冷")
                .param("product[productType]", "refrigerator")
                .param("product[model]", "BCD-200");
        if (!extra.isEmpty()) {
            form.param("call", extra);
        }
        String place = Objects.requireNonNull(http.perform(form)
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getHeader("Location"));
        var number = Pattern.compile("\\d{14}").matcher(place);
        assertThat(number.find()).as(place).isTrue();
        if (!extra.isEmpty()) {
            assertThat(place).isEqualTo("/desk/calls/" + extra + "?complaint=" + number.group());
        }
        return complaints.find(new ComplaintNumber(number.group())).orElseThrow();
    }

    @Test
    void whoIsRungSeesTheNumberTheNameAndTheOpenComplaints() throws Exception {
        Complaint complaint = registered("");
        LoggedCall call = ringing();
        String html = page("/desk/calls/current", agent);
        String readable = phone.substring(0, 3) + " " + phone.substring(3, 7) + " " + phone.substring(7);
        assertThat(html)
                .contains(readable, "李女士", complaint.number().readable(), "冰箱不制冷", "来电振铃")
                .contains("/desk/registrations/new?call=" + call.id() + "&amp;phone=%2B86" + phone)
                .doesNotContain("<html");
        assertThat(page("/desk/calls/current?lang=en", agent)).contains("Incoming call", "1 open complaint");

        SignedIn other = person(staff, "别人", null, Role.AGENT);
        assertThat(page("/desk/calls/current", other).strip()).isEmpty();
        assertThat(page("/desk/calls/" + call.id(), other))
                .doesNotContain(phone, readable)
                .contains("****");
        assertThat(page("/desk/complaints", agent)).contains("data-live-part=\"calls\"", "/desk/calls/current");
        SignedIn auditor = person(staff, "审计", null, Role.AUDITOR);
        assertThat(page("/desk/complaints", auditor)).doesNotContain("data-live-part=\"calls\"");
    }

    @Test
    void theFormOfANewComplaintKnowsTheCallAndLeadsBackToIt() throws Exception {
        LoggedCall call = ended();
        String form = page("/desk/registrations/new?call=" + call.id() + "&phone=%2B86" + phone, agent);
        assertThat(form).contains("name=\"call\" value=\"" + call.id() + "\"", "+86" + phone);
        Complaint complaint = registered(call.id().toString());
        String html = page("/desk/calls/" + call.id() + "?complaint=" + complaint.number(), agent);
        assertThat(html)
                .contains("value=\"" + complaint.number().readable() + "\"", "<option value=\"REGISTERED\" selected>");
    }

    @Test
    void whatIsWrittenDownAfterACallStandsInTheComplaintOnce() throws Exception {
        Complaint complaint = registered("");
        LoggedCall call = ended();
        var form = post("/desk/calls/" + call.id() + "/wrap-ups")
                .param("written", "0")
                .param("outcome", "CONTINUED")
                .param("note", "客户周五在家")
                .param("complaint", complaint.number().readable());
        assertThat(answer(form, agent).getStatus()).isEqualTo(303);
        MockHttpServletResponse again = answer(form, agent);
        assertThat(again.getStatus()).as("the same form once more").isEqualTo(422);
        assertThat(again.getContentAsString(StandardCharsets.UTF_8)).contains("刚刚有了新的小结");

        List<HistoryEvent> since = complaints.history(complaint.number(), complaint.version(), 10);
        assertThat(since).hasSize(1);
        assertThat(since.getFirst().event())
                .isInstanceOfSatisfying(
                        ComplaintEvent.Noted.class,
                        noted -> assertThat(String.valueOf(noted.text().value()))
                                .contains(
                                        "客户周五在家", source + "/c1", "/desk/calls/" + call.id(), "录音", "1:00", "跟进已有投诉"));
        LoggedCall written = calls.find(call.id()).orElseThrow();
        assertThat(written.outcome()).isEqualTo("CONTINUED");
        assertThat(written.complaint()).isEqualTo(complaint.number().digits());
        assertThat(calls.current(agent.id())).isEmpty();
        assertThat(page("/desk/calls/" + call.id(), agent))
                .contains("客户周五在家", "https://r.example.com/c1.wav", "0a0a0a0a0a0a");
    }

    @Test
    void whatTheCustomerSaidAnewIsInformationOfTheCustomer() throws Exception {
        Complaint complaint = registered("");
        LoggedCall call = ended();
        answer(
                post("/desk/calls/" + call.id() + "/wrap-ups")
                        .param("written", "0")
                        .param("outcome", "CONTINUED")
                        .param("note", "又漏水了")
                        .param("isNew", "true")
                        .param("complaint", complaint.number().digits()),
                agent);
        assertThat(complaints.history(complaint.number(), complaint.version(), 10))
                .anyMatch(event -> event.event() instanceof ComplaintEvent.InformationAdded);
    }

    @Test
    void whatIsWrongInAFormIsSaidAndNothingIsLost() throws Exception {
        LoggedCall call = ended();
        MockHttpServletResponse wrong = answer(
                post("/desk/calls/" + call.id() + "/wrap-ups")
                        .param("written", "0")
                        .param("note", "已写下的话")
                        .param("complaint", "123"),
                agent);
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString(StandardCharsets.UTF_8))
                .contains("outcome-error", "complaint-error", "已写下的话");
        SignedIn auditor = person(staff, "审计", null, Role.AUDITOR);
        assertThat(answer(post("/desk/calls/" + call.id() + "/wrap-ups").param("written", "0"), auditor)
                        .getStatus())
                .isEqualTo(403);
        assertThat(answer(get("/desk/calls/" + UUID.randomUUID()), agent).getStatus())
                .isEqualTo(404);
    }

    @Test
    void whoSeesOnlyADepartmentWritesIntoNoComplaintOfAnother() throws Exception {
        Complaint complaint = registered("");
        SignedIn handler = person(staff, "技师", "no-such-department", Role.HANDLER);
        LoggedCall call = ended();
        assertThat(page("/desk/calls/" + call.id(), handler))
                .doesNotContain(complaint.number().readable());
        MockHttpServletResponse refused = answer(
                post("/desk/calls/" + call.id() + "/wrap-ups")
                        .param("written", "0")
                        .param("outcome", "CONTINUED")
                        .param("complaint", complaint.number().digits()),
                handler);
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(complaints.history(complaint.number(), complaint.version(), 10))
                .isEmpty();
        assertThat(calls.find(call.id()).orElseThrow().outcome()).isNull();
    }

    @Test
    void theLogIsFilteredByWhatTheCustomerDialledFrom() throws Exception {
        LoggedCall call = ended();
        String own = page("/desk/calls?number=" + phone + "&state=ENDED", agent);
        assertThat(own).contains("/desk/calls/" + call.id(), "已结束", "1:00", "0:05");
        assertThat(page("/desk/calls?number=" + phone + "&state=ABANDONED", agent))
                .contains("没有符合条件的通话");
        assertThat(answer(get("/desk/calls?number=abc&from=x"), agent).getStatus())
                .isEqualTo(422);
        assertThat(page("/desk/calls?lang=en&staff=" + agent.id(), agent)).contains("Ended");
    }

    @Test
    void theFiguresAreShownAndTakenAlong() throws Exception {
        ended();
        SignedIn manager = person(staff, "经理", null, Role.MANAGER);
        assertThat(page("/desk/calls/figures?interval=QUARTER", manager))
                .contains("接通率", "30 秒接通率", "平均应答速度", "figures.csv?from=");
        MockHttpServletResponse csv = answer(get("/desk/calls/figures.csv"), manager);
        assertThat(csv.getContentType()).startsWith("text/csv");
        assertThat(csv.getContentAsString(StandardCharsets.UTF_8)).startsWith("\ufeff时段,呼入量,接通量,30 秒内接通");
        assertThat(answer(get("/desk/calls/figures?from=2026-01-01&until=2026-03-01"), manager)
                        .getStatus())
                .isEqualTo(422);
        assertThat(answer(get("/desk/calls/figures"), agent).getStatus()).isEqualTo(403);
    }

    @Test
    void theCalculatorShowsTheAgentsOfTheVector() throws Exception {
        SignedIn manager = person(staff, "经理", null, Role.MANAGER);
        String html = page(
                "/desk/calls/staffing?calls=100&minutes=60&handling=300&share=95&target=30&patience=120&shrinkage=30",
                manager);
        assertThat(html)
                .contains("<span class=\"staffing-number number\">13</span>", "需排班 19 人", "8.33", "97.0%", "96.2%")
                .contains("按 Erlang C（客户一直等待）需 14 人");
        assertThat(page("/desk/calls/staffing?lang=en", manager)).contains("Erlang A");
        MockHttpServletResponse wrong = answer(
                get("/desk/calls/staffing?calls=x&minutes=60&handling=0&share=100&target=-1&patience=a&shrinkage=95"),
                manager);
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString(StandardCharsets.UTF_8))
                .contains(
                        "calls-error",
                        "handling-error",
                        "share-error",
                        "target-error",
                        "patience-error",
                        "shrinkage-error");
    }

    @Test
    void extensionsAreAssignedByManagersOnly() throws Exception {
        SignedIn manager = person(staff, "经理", null, Role.MANAGER);
        String name = "z" + UUID.randomUUID().toString().substring(0, 12);
        assertThat(answer(
                                post("/desk/calls/extensions")
                                        .param("extension", name)
                                        .param("staff", agent.id().toString()),
                                manager)
                        .getStatus())
                .isEqualTo(303);
        assertThat(page("/desk/calls/extensions", manager)).contains(name, "周敏");
        assertThat(answer(
                                post("/desk/calls/extensions")
                                        .param("extension", "a b")
                                        .param("staff", agent.id().toString()),
                                manager)
                        .getStatus())
                .isEqualTo(422);
        answer(post("/desk/calls/extensions/removal").param("extension", name), manager);
        assertThat(page("/desk/calls/extensions", manager)).doesNotContain(name);
        assertThat(answer(get("/desk/calls/extensions"), agent).getStatus()).isEqualTo(403);
    }

    // ---- API

    private MockHttpServletResponse told(String secret, String body) throws Exception {
        return http.perform(post("/api/v1/calls/events")
                        .header("Authorization", "Bearer " + secret)
                        .contentType("application/json")
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private String token(Scope scope) {
        return tokens.create("test", Set.of(scope), null).secret();
    }

    @Test
    void anyTelephoneSystemTellsOfCallsExactlyOnce() throws Exception {
        String secret = token(Scope.CALLS_WRITE);
        String body = """
                {"source": "%s", "events": [
                  {"id": "3", "call": "c9", "type": "ENDED", "at": "%s"},
                  {"id": "1", "call": "c9", "type": "QUEUED", "at": "%s", "number": "%s", "queue": "service"},
                  {"id": "2", "call": "c9", "type": "ANSWERED", "at": "%s", "extension": "%s"}
                ]}""".formatted(source, now.plusSeconds(50), now, phone, now.plusSeconds(7), extension);
        MockHttpServletResponse first = told(secret, body);
        assertThat(first.getStatus()).as(first.getContentAsString()).isEqualTo(200);
        assertThat(first.getContentAsString()).isEqualTo("{\"taken\":3,\"known\":0}");
        assertThat(told(secret, body).getContentAsString()).isEqualTo("{\"taken\":0,\"known\":3}");
        LoggedCall call = calls.find(source, "c9").orElseThrow();
        assertThat(call.state()).isEqualTo(Call.State.ENDED);
        assertThat(call.staff()).isEqualTo(agent.id());
        assertThat(told(token(Scope.COMPLAINTS_WRITE), body).getStatus()).isEqualTo(403);
    }

    @Test
    void whatIsWrongInOneEventKeepsAllOut() throws Exception {
        String secret = token(Scope.CALLS_WRITE);
        MockHttpServletResponse wrong = told(secret, """
                {"source": "PBX 1", "events": [
                  {"id": "1", "call": "c9", "type": "QUEUED", "at": "%s"},
                  {"id": " ", "call": "c9", "type": "RECORDING_READY", "at": "2999-01-01T00:00:00Z",
                   "recordingUrl": "javascript:alert(1)", "recordingSha256": "xyz", "extension": "a b"}
                ]}""".formatted(now));
        assertThat(wrong.getStatus()).isEqualTo(400);
        assertThat(wrong.getContentAsString(StandardCharsets.UTF_8))
                .contains("/source", "/events/1/id", "/events/1/at", "/events/1/recordingUrl")
                .contains("/events/1/recordingSha256", "/events/1/extension");
        assertThat(calls.find("PBX 1", "c9")).isEmpty();
        assertThat(told(secret, "{\"source\":\"a\",\"events\":[]}").getStatus()).isEqualTo(400);
        assertThat(told(secret, "{\"source\":\"a\",\"events\":[null]}").getStatus())
                .isEqualTo(400);
        assertThat(told(
                                secret,
                                "{\"source\":\"a\",\"events\":[{\"id\":\"1\",\"call\":\"1\",\"type\":\"SUNG\",\"at\":\"x\"}]}")
                        .getStatus())
                .isEqualTo(400);
    }
}
