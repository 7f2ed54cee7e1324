package io.bihuan.intake.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Outcome;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.Tokens;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.PlannedMeasure;
import io.bihuan.solution.SolutionAction;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Measure;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.SharedThread;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A partner's program takes a complaint from registration to the archive, and is told clearly what it may not. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ComplaintsApiTests {
    private static final String COMPLAINTS = "/api/v1/complaints";

    /** So long a search waits for what its token wrote. */
    private static final Duration OWN_WRITES = Duration.ofSeconds(2);

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    @Autowired
    Staff staff;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintSearch search;

    @Autowired
    DepartmentTasks tasks;

    @Autowired
    SharedThread thread;

    @Autowired
    Solutions solutions;

    ApiClient api;
    String login = "";

    @BeforeEach
    void aTokenAndAnAgent() {
        api = new ApiClient(
                port, tokens.create("伙伴系统", Set.of(Scope.values()), null).secret());
        login = "agent-" + UUID.randomUUID();
        staff.create(login, "a long pass phrase 1", false, StaffDetails.of("李客服", null, Role.AGENT));
    }

    static Map<String, Object> submission() {
        var body = new LinkedHashMap<String, Object>();
        body.put("businessLine", "appliance");
        body.put("channel", "APP");
        body.put("content", "七月装的KFR-35GW空调，师傅来了三次，每次收280元，又坏了，没修好。");
        body.put("customer", new LinkedHashMap<>(Map.of("name", "张三丰", "phone", "138 1234 5678")));
        return body;
    }

    private String registered() {
        Answer answer = api.post(COMPLAINTS, submission());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.text("/number");
    }

    private void isIndexed(String number) {
        Complaint complaint = complaints.find(new ComplaintNumber(number)).orElseThrow();
        assertThat(search.await(complaint.id(), complaint.version(), Duration.ofSeconds(30)))
                .isTrue();
    }

    private Answer step(String number, String step, Object body) {
        return api.post(COMPLAINTS + "/" + number + "/" + step, body);
    }

    private void stepped(String number, String step, Object body, String stage) {
        Answer answer = step(number, step, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text("/stage")).isEqualTo(stage);
    }

    @Test
    void aComplaintIsRegisteredWithNumberOwnerClocksAndLink() {
        var body = submission();
        body.put("title", "空调修了三次");
        body.put("kind", "COMPLAINT");
        body.put("category", "repeated-repair");
        body.put("product", Map.of("productType", "air-conditioner", "model", "KFR-35GW", "feePaid", "840"));
        body.put("remedySought", "退还费用");
        body.put("externalNumber", "CRM-" + UUID.randomUUID());
        body.put("occurredAt", "2026-07-03");
        Answer answer =
                api.post(COMPLAINTS, body, "Idempotency-Key", UUID.randomUUID().toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String number = answer.text("/number");
        assertThat(answer.header("location")).endsWith(COMPLAINTS + "/" + number);
        assertThat(answer.json().propertyNames())
                .containsExactly(
                        "number", "stage", "severity", "priority", "owner", "department", "clocks", "trackingUrl");
        assertThat(answer.text("/stage")).isEqualTo("ACCEPT");
        assertThat(answer.text("/severity")).isEqualTo("URGENT");
        assertThat(answer.text("/owner/name")).isNotEmpty();
        assertThat(answer.text("/department/code")).isEqualTo("technical-support");
        assertThat(answer.text("/clocks/0/name")).isEqualTo("respond");
        assertThat(answer.text("/clocks/0/state")).isEqualTo("RUNNING");
        assertThat(answer.text("/clocks/0/dueAt")).matches("\\d{4}-.*Z");
        assertThat(answer.text("/trackingUrl")).startsWith("http://localhost:" + port + "/t/" + number + "-");

        Answer read = api.get(COMPLAINTS + "/" + number);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text("/content")).isEqualTo(body.get("content"));
        assertThat(read.text("/category/name")).isEqualTo("反复维修未修好");
        assertThat(read.text("/product/model")).isEqualTo("KFR-35GW");
        assertThat(read.text("/remedySought")).isEqualTo("fee-refund");
        assertThat(read.text("/occurredAt")).isEqualTo("2026-07-02T16:00:00Z");
        assertThat(read.text("/customer/name")).isEqualTo("张三丰");
        assertThat(read.text("/customer/phone")).isEqualTo("138****5678");
        assertThat(read.text()).doesNotContain("12345678");
    }

    @Test
    void theWholeLifeOfAComplaintGoesThroughTheApi() {
        String number = registered();
        stepped(number, "ownership", Map.of("owner", login, "expectedVersion", 2), "ACCEPT");
        stepped(
                number,
                "assessment",
                Map.of("category", "repeated-repair", "severity", "URGENT", "department", "technical-support"),
                "VERIFY");
        stepped(number, "verification", Map.of("finding", "SUBSTANTIATED", "account", "铜管接口漏氟。"), "HANDLE");
        stepped(number, "return", Map.of("reason", "缺少第二次上门的记录"), "VERIFY");
        stepped(number, "verification", Map.of("finding", "SUBSTANTIATED", "account", "三次都没有修好。"), "HANDLE");
        stepped(number, "solution", Map.of("outcome", "ACCEPTED", "measures", "更换铜管，退还840元。"), "FEEDBACK");
        stepped(number, "result-notice", Map.of("way", "PHONE", "text", "已更换铜管并退款。"), "FEEDBACK");
        stepped(number, "confirmation", Map.of("answer", "NOT_SATISFIED", "reason", "退款没到账"), "HANDLE");
        stepped(number, "solution", Map.of("outcome", "ACCEPTED", "measures", "当日补退。"), "FEEDBACK");
        stepped(number, "result-notice", Map.of("way", "SMS", "text", "已到账。"), "FEEDBACK");
        stepped(number, "confirmation-attempts", Map.of("way", "PHONE", "note", "无人接听"), "FEEDBACK");
        stepped(number, "confirmation", Map.of("answer", "CONFIRMED", "comment", "满意", "rating", 5), "ARCHIVE");
        stepped(number, "archiving", Map.of("cause", "安装工艺"), "ARCHIVE");
        stepped(number, "reopening", Map.of("reason", "又漏了"), "HANDLE");
        stepped(number, "information", Map.of("text", "现在室内机滴水"), "HANDLE");
        stepped(number, "withdrawal", Map.of("reason", "客户换了新机"), "ARCHIVE");

        var types = new ArrayList<String>();
        String next = "0";
        while (!next.isEmpty()) {
            Answer page = api.get(COMPLAINTS + "/" + number + "/history?limit=7&after=" + next);
            assertThat(page.status()).isEqualTo(200);
            page.json()
                    .path("items")
                    .forEach(item -> types.add(item.path("type").asString()));
            next = page.text("/next");
        }
        // What the modules around do of themselves comes when it comes.
        types.removeAll(Set.of("Told", "NoticesPlanned", "NoticeTold", "DossierSealed"));
        assertThat(types)
                .containsExactly(
                        "Registered",
                        "Acknowledged",
                        "OwnershipTransferred",
                        "OwnershipConfirmed",
                        "Assessed",
                        "Verified",
                        "Returned",
                        "Verified",
                        "Solved",
                        "ResultTold",
                        "ResultRefused",
                        "Solved",
                        "ResultTold",
                        "ConfirmationAttempted",
                        "Confirmed",
                        "Archived",
                        "Reopened",
                        "InformationAdded",
                        "Withdrawn");
    }

    @Test
    void ofColleaguesWorkTheHistoryTellsWhatHappenedButNotTheirWords() {
        String number = registered();
        var complaint = new ComplaintNumber(number);
        stepped(number, "ownership", Map.of("owner", login), "ACCEPT");
        stepped(
                number,
                "assessment",
                Map.of(
                        "kind",
                        "COMPLAINT",
                        "category",
                        "repeated-repair",
                        "severity",
                        "GENERAL",
                        "priority",
                        "MEDIUM",
                        "department",
                        "technical-support"),
                "VERIFY");
        stepped(number, "verification", Map.of("finding", "SUBSTANTIATED", "account", "属实"), "HANDLE");
        UUID id = staff.findByLogin(login).orElseThrow().id();
        var agent = new SignedIn(id, login, "李客服", Set.of(Role.AGENT), null, false);
        tasks.give(
                complaint,
                new DepartmentTasks.NewTask(
                        UUID.randomUUID(),
                        "内部：查师傅张某",
                        "怀疑乱收费",
                        null,
                        id,
                        Instant.now().plusSeconds(3600),
                        List.of()),
                agent);
        thread.invite(complaint, "您好，材料请发在这里", agent.actor());
        var measure = new PlannedMeasure(
                UUID.randomUUID(),
                1,
                Measure.REPAIR,
                "technical-support",
                null,
                Instant.now().plusSeconds(86_400),
                null,
                null,
                false,
                Personal.of("内部安排返修"));
        solutions.act(
                complaint,
                new SolutionAction.Draft(
                        UUID.randomUUID(),
                        new SolutionAction.Content(Outcome.ACCEPTED, "退三百元", "内部底价五百", List.of(measure))),
                agent.actor());

        Answer history = api.get(COMPLAINTS + "/" + number + "/history");

        assertThat(history.status()).as(history.text()).isEqualTo(200);
        var given = new LinkedHashMap<String, JsonNode>();
        history.json().path("items").forEach(item -> given.put(item.path("type").asString(), item));
        assertThat(given).containsKeys("TaskGiven", "SharedThreadOpened", "SharedSaid", "ProposalDrafted");
        assertThat(Objects.requireNonNull(given.get("TaskGiven")).path("name").asString())
                .isEqualTo("交办任务");
        assertThat(Objects.requireNonNull(given.get("TaskGiven")).path("at").asString())
                .matches("\\d{4}-.*Z");
        assertThat(Objects.requireNonNull(given.get("TaskGiven")).path("data").isEmpty())
                .isTrue();
        assertThat(Objects.requireNonNull(given.get("SharedSaid"))
                        .path("data")
                        .path("text")
                        .asString())
                .isEqualTo("您好，材料请发在这里");
        assertThat(Objects.requireNonNull(given.get("ProposalDrafted"))
                        .path("data")
                        .isEmpty())
                .isTrue();
        assertThat(history.text()).doesNotContain("师傅张某", "怀疑", "底价", "退三百元", "返修");
    }

    @Test
    void theHistoryIsReadableAndMasked() {
        String number = registered();
        Answer history = api.get(COMPLAINTS + "/" + number + "/history", "Accept-Language", "en");

        assertThat(history.text("/items/0/type")).isEqualTo("Registered");
        assertThat(history.text("/items/0/name")).isEqualTo("Complaint registered");
        assertThat(history.text("/items/0/actor/kind")).isEqualTo("TOKEN");
        assertThat(history.text("/items/0/data/content")).contains("KFR-35GW");
        assertThat(history.text("/items/0/data/customerPhone")).isEqualTo("138****5678");
        assertThat(history.text()).doesNotContain("12345678");
    }

    @Test
    void whoDecidedOnAnOldVersionIsToldWhatChanged() {
        String number = registered();
        stepped(number, "ownership", Map.of("owner", login), "ACCEPT");

        Answer answer = step(number, "withdrawal", Map.of("reason", "不投诉了", "expectedVersion", 2));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.text("/detail")).contains("已有新的变化");
        assertThat(answer.json()
                        .path("changes")
                        .valueStream()
                        .map(change -> change.path("type").asString()))
                .containsExactly("OwnershipTransferred", "OwnershipConfirmed");
        assertThat(answer.text("/changes/0/name")).isEqualTo("首问负责人变更");
    }

    @Test
    void aRefusedStepIsAnsweredWithItsReasonInTheLanguageAsked() {
        String number = registered();
        var solution = Map.of("outcome", "ACCEPTED", "measures", "退款");

        Answer chinese = step(number, "solution", solution);
        assertThat(chinese.status()).isEqualTo(422);
        assertThat(chinese.text("/detail")).isEqualTo("投诉目前处于“受理”环节，不能进行此操作。");
        assertThat(chinese.text("/type")).isEqualTo("urn:bihuan:refused:complaint.refused.stage");
        Answer english =
                api.post(COMPLAINTS + "/" + number + "/solution", solution, "Accept-Language", "en-GB,en;q=0.8");
        assertThat(english.text("/detail"))
                .isEqualTo("The complaint is in the stage “Accept”; this cannot be done now.");
        assertThat(english.header("content-language")).isEqualTo("en");
    }

    @Test
    void anOwnerMustBeSomebodyWhoWorksHere() {
        String number = registered();
        assertThat(step(number, "ownership", Map.of("owner", "nobody-" + UUID.randomUUID()))
                        .pointers())
                .containsExactly("#/owner");
        assertThat(step(number, "ownership", Map.of("owner", UUID.randomUUID().toString()))
                        .status())
                .isEqualTo(400);
        assertThat(step(number, "ownership", Map.of()).pointers()).containsExactly("#/owner");
    }

    @Test
    void wrongMembersOfAStepArePointedAt() {
        String number = registered();
        assertThat(step(number, "verification", Map.of("account", "属实")).pointers())
                .containsExactly("#/finding");
        assertThat(step(number, "verification", Map.of("finding", "MAYBE", "account", "x"))
                        .pointers())
                .containsExactly("#/finding");
        assertThat(step(number, "verification", Map.of("finding", "PARTLY", "account", "x", "extra", 1))
                        .pointers())
                .containsExactly("#/extra");
        assertThat(step(number, "confirmation", Map.of("answer", "CONFIRMED", "rating", 6))
                        .pointers())
                .containsExactly("#/rating");
        assertThat(step(number, "assessment", Map.of("category", "no-such")).pointers())
                .containsExactly("#/category");
        assertThat(step(number, "archiving", Map.of("cause", "x".repeat(20_001)))
                        .pointers())
                .containsExactly("#/cause");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String number : List.of("26112200001234", "1", "abc", "%00", "../../etc", "26112299999999")) {
            for (String path : List.of("", "/history")) {
                Answer answer = api.get(COMPLAINTS + "/" + number + path);
                assertThat(answer.status()).as(number).isBetween(400, 404);
            }
        }
        Answer unknown = api.get(COMPLAINTS + "/1");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("content-type")).startsWith("application/problem+json");
        assertThat(step("1", "withdrawal", Map.of("reason", "x")).status()).isEqualTo(404);
        assertThat(step(registered(), "destruction", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aTokenDoesWhatItsScopesSay() {
        String number = registered();
        var reader = new ApiClient(
                port, tokens.create("只读", Set.of(Scope.COMPLAINTS_READ), null).secret());
        var writer = new ApiClient(
                port, tokens.create("只写", Set.of(Scope.COMPLAINTS_WRITE), null).secret());
        var nobody = new ApiClient(port, "");
        var stranger = new ApiClient(port, "bh_" + "x".repeat(40));

        assertThat(reader.get(COMPLAINTS + "/" + number).status()).isEqualTo(200);
        assertThat(reader.post(COMPLAINTS, submission()).status()).isEqualTo(403);
        assertThat(reader.post(COMPLAINTS + "/" + number + "/withdrawal", Map.of("reason", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(writer.post(COMPLAINTS, submission()).status()).isEqualTo(201);
        assertThat(writer.get(COMPLAINTS + "/" + number).status()).isEqualTo(403);
        assertThat(writer.get(COMPLAINTS + "/" + number + "/history").status()).isEqualTo(403);
        assertThat(writer.get(COMPLAINTS).status()).isEqualTo(403);
        assertThat(nobody.get(COMPLAINTS).status()).isEqualTo(401);
        assertThat(stranger.post(COMPLAINTS, submission()).status()).isEqualTo(401);
        assertThat(stranger.post(COMPLAINTS, submission()).header("content-type"))
                .startsWith("application/problem+json");
        assertThat(nobody.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aListIsWalkedByCursorWithoutGapOrDouble() {
        var numbers = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            numbers.add(registered());
        }
        isIndexed(numbers.getLast());
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            Answer page = api.get(COMPLAINTS + "?stage=ACCEPT&state=&category=&limit=3&cursor=" + cursor);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json()
                    .path("items")
                    .forEach(item -> seen.add(item.path("number").asString()));
            cursor = page.text("/next");
        } while (!cursor.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsAll(numbers);
    }

    @Test
    void aSearchShowsWhatTheSameTokenJustWrote() {
        String word = "词" + UUID.randomUUID().toString().substring(0, 8);
        var body = submission();
        body.put("content", "投诉内容里有一个特别的" + word + "，请查找。");
        String number = api.post(COMPLAINTS, body).text("/number");

        String query = COMPLAINTS + "?query=" + URLEncoder.encode(word, StandardCharsets.UTF_8);
        long begun = System.nanoTime();
        Answer found = api.get(query);
        if (System.nanoTime() - begun >= OWN_WRITES.toNanos()) {
            // So long it waits for the index and no longer: a busy machine may need more.
            isIndexed(number);
            found = api.get(query);
        }
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        assertThat(found.json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("number").asString()))
                .containsExactly(number);
        assertThat(api.get(COMPLAINTS + "?query=" + number).text("/items/0/number"))
                .isEqualTo(number);
    }

    @Test
    void wrongParametersArePointedAt() {
        for (String wrong : List.of(
                "cursor=x",
                "cursor=eA",
                "cursor=%E4%BD%A0",
                "limit=many",
                "stage=NOWHERE",
                "state=x",
                "query=a&cursor=x")) {
            Answer answer = api.get(COMPLAINTS + "?" + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            String name = wrong.contains("cursor") ? "cursor" : wrong.substring(0, wrong.indexOf('='));
            assertThat(answer.pointers()).as(wrong).containsExactly("#/" + name);
        }
        String open = api.get(COMPLAINTS + "?limit=1&state=OPEN").text("/next");
        if (!open.isEmpty()) {
            assertThat(api.get(COMPLAINTS + "?state=ALL&cursor=" + open).status())
                    .isEqualTo(400);
        }
        assertThat(api.get(COMPLAINTS + "/" + registered() + "/history?after=x").pointers())
                .containsExactly("#/after");
        assertThat(api.get(COMPLAINTS + "?limit=-1").status()).isEqualTo(200);
        assertThat(api.get(COMPLAINTS + "?limit=100000").status()).isEqualTo(200);
    }

    @Test
    void theApiDescribesItself() {
        Answer document = new ApiClient(port, "").get("/api/v1/openapi.json");

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.text("/openapi")).startsWith("3.1");
        assertThat(document.json().path("paths").propertyNames())
                .contains(
                        COMPLAINTS,
                        COMPLAINTS + "/{number}",
                        COMPLAINTS + "/{number}/history",
                        COMPLAINTS + "/{number}/ownership",
                        COMPLAINTS + "/{number}/assessment",
                        COMPLAINTS + "/{number}/verification",
                        COMPLAINTS + "/{number}/solution",
                        COMPLAINTS + "/{number}/result-notice",
                        COMPLAINTS + "/{number}/confirmation",
                        COMPLAINTS + "/{number}/archiving")
                .allMatch(path -> path.startsWith("/api/"));
        var register = document.json().at("/paths/~1api~1v1~1complaints/post");
        assertThat(register.path("responses").propertyNames())
                .contains("201", "400", "401", "403", "409", "413", "415", "422");
        assertThat(register.at("/parameters")
                        .valueStream()
                        .map(each -> each.path("name").asString()))
                .containsExactly("Idempotency-Key");
        assertThat(document.json()
                        .at("/components/schemas/Submission/properties")
                        .propertyNames())
                .containsExactlyInAnyOrder(
                        "attachments",
                        "businessLine",
                        "channel",
                        "kind",
                        "category",
                        "title",
                        "content",
                        "customer",
                        "product",
                        "remedySought",
                        "externalNumber",
                        "occurredAt");
        assertThat(document.text("/components/securitySchemes/bearer/scheme")).isEqualTo("bearer");
        assertThat(document.json()
                        .at("/components/schemas/ComplaintPage/properties")
                        .propertyNames())
                .containsExactlyInAnyOrder("items", "next");
        assertThat(document.json()
                        .at("/components/schemas/EventView/properties")
                        .propertyNames())
                .contains("sequence", "actor", "type", "data");
    }
}
