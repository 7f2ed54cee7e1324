package io.bihuan.intake.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.Tokens;
import io.bihuan.privacy.Personal;
import io.bihuan.web.StorableText;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a program sends, it is stored as it was sent or refused with a pointer; never a failure of ours. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BadInputTests {
    private static final String COMPLAINTS = "/api/v1/complaints";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    @Autowired
    Staff staff;

    @Autowired
    Complaints complaints;

    ApiClient api;

    @BeforeEach
    void aToken() {
        api = new ApiClient(
                port, tokens.create("伙伴系统", Set.of(Scope.values()), null).secret());
    }

    private static List<String> nastyStrings() {
        return List.of(
                "",
                " ",
                "\t\r\n",
                "\u00a0",
                "\u3000",
                "null",
                "'; drop table complaint.complaint; --",
                "<script>alert(1)</script>",
                "${7*7} #{7*7} {{7*7}} %{7*7} @{x}",
                "{0} {1} '{0}'",
                "../../../../etc/passwd",
                "%00%0a%s%n",
                "\\u0000 \\x00 \\",
                "\u0001\u0002\u001f\u007f\u0085\u009f",
                "\u200b\u200d\u202e\ufeff\u2028\u2029",
                "e\u0301 é Å Å ﬁ",
                "👨‍👩‍👧‍👦🏳️‍🌈",
                "𠮷野家𠀀",
                "田中さんにあげて下さい",
                "العربية עברית",
                "𝕿𝖍𝖊",
                "a".repeat(100),
                "=1+1",
                "@SUM(A1)",
                "\"}],{\"a\":[",
                "CON",
                "NaN",
                "Infinity",
                "1e309",
                "0x0",
                "true",
                "undefined");
    }

    private static Map<String, Object> with(String field, String value) {
        Map<String, Object> body = ComplaintsApiTests.submission();
        body.put("product", new LinkedHashMap<String, Object>());
        if (field.contains("/")) {
            String parent = field.substring(0, field.indexOf('/'));
            @SuppressWarnings("unchecked")
            var inner = (Map<String, Object>) Objects.requireNonNull(body.get(parent));
            inner.put(field.substring(field.indexOf('/') + 1), value);
        } else {
            body.put(field, value);
        }
        return body;
    }

    private static String stored(Complaint complaint, String field) {
        return switch (field) {
            case "title" -> Personal.text(complaint.title());
            case "content" -> Personal.text(complaint.content());
            case "customer/name" -> Personal.text(complaint.customer().name());
            case "customer/phone" -> Personal.text(complaint.customer().phone());
            case "customer/email" -> Personal.text(complaint.customer().email());
            case "product/brand" -> Personal.text(complaint.product().get("brand"));
            case "product/serialNumber" -> Personal.text(complaint.product().get("serialNumber"));
            case "remedySought" -> String.valueOf(complaint.remedySought());
            case "externalNumber" -> String.valueOf(complaint.externalNumber());
            case "category" -> String.valueOf(complaint.category());
            case "occurredAt" -> String.valueOf(complaint.occurredAt());
            case "businessLine" -> complaint.businessLine();
            default -> throw new IllegalArgumentException(field);
        };
    }

    /** Stored as it was sent, or refused with a pointer at this very field; what cannot be seen counts as not given. */
    private void isStoredOrRefused(String field, String value) {
        Answer answer = api.post(COMPLAINTS, with(field, value));
        if (answer.status() == 400) {
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            assertThat(answer.pointers()).as(field + " " + value).containsExactly("#/" + field);
            return;
        }
        assertThat(answer.status())
                .as(field + " " + value + " " + answer.text())
                .isEqualTo(201);
        var number = ComplaintNumber.read(answer.text("/number")).orElseThrow();
        Complaint complaint = complaints.find(number).orElseThrow();
        if (StorableText.saysSomething(value)) {
            String expected = field.equals("customer/phone") ? stored(complaint, field) : value;
            assertThat(stored(complaint, field))
                    .as(field)
                    .isEqualTo(field.equals("product/serialNumber") ? value.strip() : expected);
        }
        Answer read = api.get(COMPLAINTS + "/" + number.digits());
        assertThat(read.status()).isEqualTo(200);
        if (field.equals("content")) {
            assertThat(read.text("/content")).isEqualTo(value);
        }
        assertThat(api.get(COMPLAINTS + "/" + number.digits() + "/history").status())
                .isEqualTo(200);
    }

    private static final List<String> FIELDS = List.of(
            "title",
            "content",
            "customer/name",
            "customer/phone",
            "customer/email",
            "product/brand",
            "product/serialNumber",
            "remedySought",
            "externalNumber",
            "category",
            "occurredAt",
            "businessLine");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title",
                "content",
                "customer/name",
                "customer/phone",
                "customer/email",
                "product/brand",
                "product/serialNumber",
                "remedySought",
                "externalNumber",
                "category",
                "occurredAt",
                "businessLine"
            })
    void nastyStringsAreStoredOrRefused(String field) {
        nastyStrings().forEach(value -> isStoredOrRefused(field, value));
    }

    @Test
    void theBigListOfNaughtyStringsIsStoredOrRefused() throws Exception {
        String data = System.getenv().getOrDefault("BIHUAN_DATA", "../shared/data");
        Path list = Path.of(data, "strings", "blns.json");
        Assumptions.assumeTrue(Files.exists(list), "no " + list);
        List<String> strings = new ArrayList<>();
        JSON.readTree(list).forEach(each -> strings.add(each.asString()));
        assertThat(strings).hasSizeGreaterThan(400);
        for (int i = 0; i < strings.size(); i++) {
            isStoredOrRefused("content", strings.get(i));
            isStoredOrRefused(FIELDS.get(i % FIELDS.size()), strings.get(i));
        }
    }

    @Test
    void aMegabyteOfTextIsRefusedByField() {
        String megabyte = "测".repeat(350_000);
        for (String field : FIELDS) {
            Answer answer = api.post(COMPLAINTS, with(field, megabyte));
            assertThat(answer.status()).as(field).isEqualTo(400);
            assertThat(answer.pointers()).as(field).containsExactly("#/" + field);
            assertThat(answer.text().length()).as(field).isLessThan(5_000);
        }
        Answer key = api.post(COMPLAINTS, with("product/" + "k".repeat(1_000_000), "x"));
        assertThat(key.status()).isEqualTo(400);
        assertThat(key.text().length()).isLessThan(5_000);
    }

    @Test
    void theLongestAllowedTextIsStored() {
        isStoredOrRefused("content", "𠮷".repeat(20_000));
        assertThat(api.post(COMPLAINTS, with("content", "𠮷".repeat(20_000))).status())
                .isEqualTo(201);
        assertThat(api.post(COMPLAINTS, with("content", "𠮷".repeat(20_001))).pointers())
                .containsExactly("#/content");
    }

    @Test
    void aBodyBeyondTheLimitIs413() {
        Answer told = api.post(COMPLAINTS, with("content", "x".repeat(1_600_000)));
        assertThat(told.status()).isEqualTo(413);
        assertThat(told.header("content-type")).startsWith("application/problem+json");
        byte[] bytes = JSON.writeValueAsBytes(with("content", "x".repeat(1_600_000)));
        Answer chunked = api.send(api.request(COMPLAINTS, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
        assertThat(chunked.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`{\"businessLine\":7`; #/businessLine",
                "`{\"businessLine\":\"appliance\",\"channel\":\"TELEPATHY\"`; #/channel",
                "`{\"businessLine\":\"appliance\",\"channel\":0`; #/channel",
                "`{\"kind\":\"JOKE\"`; #/kind",
                "`{\"content\":[\"a\"]`; #/content",
                "`{\"content\":{\"a\":1}`; #/content",
                "`{\"content\":true`; #/content",
                "`{\"content\":\"a\\u0000b\"`; #/content",
                "`{\"content\":\"\\ud800\"`; #/content",
                "`{\"customer\":\"张三\"`; #/customer",
                "`{\"customer\":[]`; #/customer",
                "`{\"customer\":{\"name\":1}`; #/customer/name",
                "`{\"customer\":{\"nick\":\"a\"}`; #/customer/nick",
                "`{\"product\":[]`; #/product",
                "`{\"product\":{\"model\":1}`; #/product/model",
                "`{\"product\":{\"model\":\"\\u0000\"}`; #/product/model",
                "`{\"occurredAt\":20261122`; #/occurredAt",
                "`{\"severity\":\"MAJOR\"`; #/severity",
                "`{\"owner\":\"x\"`; #/owner",
            })
    void wrongTypesAndUnknownMembersArePointedAt(String begun, String pointer) {
        Answer answer = api.postText(COMPLAINTS, begun + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.pointers()).containsExactly(pointer);
    }

    @Test
    void whatIsMissingIsPointedAt() {
        assertThat(api.postText(COMPLAINTS, "{}").pointers())
                .containsExactlyInAnyOrder("#/businessLine", "#/channel", "#/content", "#/customer");
        assertThat(api.post(
                                COMPLAINTS,
                                Map.of(
                                        "businessLine", "appliance",
                                        "channel", "APP",
                                        "content", "x",
                                        "customer", Map.of()))
                        .pointers())
                .containsExactlyInAnyOrder("#/customer/name", "#/customer/phone");
        Answer unknown = api.post(COMPLAINTS, with("product/colour", "red"));
        assertThat(unknown.pointers()).containsExactly("#/product/colour");
        var english = api.post(COMPLAINTS, with("customer/phone", "1"), "Accept-Language", "en");
        assertThat(english.text("/errors/0/detail")).startsWith("not a valid phone number");
        assertThat(api.post(COMPLAINTS, with("customer/phone", "1")).text("/errors/0/detail"))
                .startsWith("不是有效的电话号码");
    }

    @Test
    void brokenJsonIs400() {
        for (String broken : List.of(
                "",
                "{",
                "[]",
                "null",
                "\"a\"",
                "{}{}",
                "{\"a\":}",
                "{'a':1}",
                "\u0000",
                "{\"content\":\"a\",\"content\":\"b\"}",
                "{\"content\":\"" + "\u0001" + "\"}",
                "[".repeat(5_000),
                "{\"product\":" + "{\"a\":".repeat(3_000),
                "\ufeff{}")) {
            Answer answer = api.postText(COMPLAINTS, broken);
            assertThat(answer.status())
                    .as(broken.substring(0, Math.min(20, broken.length())))
                    .isEqualTo(400);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
        }
        Answer latin = api.send(api.request(COMPLAINTS, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        "{\"content\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(latin.status()).isEqualTo(400);
    }

    @Test
    void onlyJsonIsRead() {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense")) {
            Answer answer = api.send(
                    api.request(COMPLAINTS, "Content-Type", type).POST(HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(answer.status()).as(type).isEqualTo(415);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
        }
        assertThat(api.send(api.request(COMPLAINTS).DELETE()).status()).isBetween(404, 405);
    }

    @Test
    void nastyStringsInStepsAndSearchesAreAnswered() {
        String login = "agent-" + UUID.randomUUID();
        staff.create(login, "a long pass phrase 1", false, StaffDetails.of("李客服", null, Role.AGENT));
        String number = api.post(COMPLAINTS, ComplaintsApiTests.submission()).text("/number");
        for (String value : nastyStrings()) {
            Answer information = api.post(COMPLAINTS + "/" + number + "/information", Map.of("text", value));
            assertThat(information.status()).as(value).isIn(200, 400);
            assertThat(api.post(COMPLAINTS + "/" + number + "/ownership", Map.of("owner", value))
                            .status())
                    .as(value)
                    .isEqualTo(400);
            assertThat(api.post(COMPLAINTS + "/" + number + "/assessment", Map.of("category", value))
                            .status())
                    .as(value)
                    .isEqualTo(400);
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
            assertThat(api.get(COMPLAINTS + "?query=" + encoded).status())
                    .as(value)
                    .isEqualTo(200);
            assertThat(api.get(COMPLAINTS + "?category=" + encoded).status())
                    .as(value)
                    .isEqualTo(200);
            assertThat(api.get(COMPLAINTS + "/" + encoded.replace("+", "%20")).status())
                    .as(value)
                    .isIn(200, 400, 404);
        }
        assertThat(api.get(COMPLAINTS + "?query=%00").status()).isEqualTo(400);
        assertThat(api.get(COMPLAINTS + "?category=%00").status()).isEqualTo(400);
        Answer history = api.get(COMPLAINTS + "/" + number + "/history?limit=500");
        assertThat(history.text()).contains("drop table");
    }
}
