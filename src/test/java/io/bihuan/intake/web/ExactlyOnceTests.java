package io.bihuan.intake.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same call sent ten times, also at once, registers one complaint. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ExactlyOnceTests {
    private static final String COMPLAINTS = "/api/v1/complaints";
    private static final String KEY = "Idempotency-Key";

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    @Autowired
    JdbcClient jdbc;

    UUID token = new UUID(0, 0);
    ApiClient api;

    @BeforeEach
    void aToken() {
        Tokens.Issued issued = tokens.create("伙伴系统", Set.of(Scope.values()), null);
        token = issued.id();
        api = new ApiClient(port, issued.secret());
    }

    private long registered() {
        return jdbc.sql("select count(*) from complaint.event where seq = 1 and actor = :actor")
                .param("actor", "token:" + token)
                .query(Long.class)
                .single();
    }

    private static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
        var ready = new CountDownLatch(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = calls.stream()
                    .map(call -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return call.call();
                    }))
                    .toList();
            var answers = new ArrayList<Answer>();
            for (var future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void theSameRequestGetsTheSameAnswer() {
        String key = UUID.randomUUID().toString();
        Answer first = api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, key);
        Answer again = api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, key);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void spaceAndOrderOfMembersMakeNoOtherRequest() {
        String key = UUID.randomUUID().toString();
        String body = """
                {"businessLine":"appliance","channel":"APP","content":"空调不制冷",
                 "customer":{"name":"张三","phone":"13800138000"}}""";
        String other = """
                {"customer": {"phone": "13800138000", "name": "张三"}, "content": "\\u7a7a调不制冷",
                 "channel": "APP", "businessLine": "appliance"}""";
        Answer first = api.postText(COMPLAINTS, body, KEY, key);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(api.postText(COMPLAINTS, other, KEY, key).text()).isEqualTo(first.text());
    }

    @Test
    void sixteenEqualRequestsAtOnceAreOneComplaintAndOneAnswer() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "round-" + round;
            var body = ComplaintsApiTests.submission();
            body.put("content", "第" + round + "轮");
            if (round % 2 == 1) {
                body.put("externalNumber", "E-" + round);
            }
            var calls = new ArrayList<Callable<Answer>>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> api.post(COMPLAINTS, body, KEY, key));
            }
            List<Answer> answers = atOnce(calls);
            assertThat(answers).extracting(Answer::status).containsOnly(201);
            assertThat(answers.stream().map(Answer::text).distinct()).hasSize(1);
            assertThat(registered()).isEqualTo(round + 1);
        }
    }

    @Test
    void aKeyIsNotUsedForAnotherRequest() {
        String key = UUID.randomUUID().toString();
        String number =
                api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, key).text("/number");
        var other = ComplaintsApiTests.submission();
        other.put("content", "别的内容");

        Answer answer = api.post(COMPLAINTS, other, KEY, key);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("urn:bihuan:refused:intake.refused.key-reused");
        assertThat(answer.text("/detail").replace("-", "")).contains(number);
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void ofTwoBodiesAtOnceUnderOneKeyOneIsRegistered() throws Exception {
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 8; i++) {
            var body = ComplaintsApiTests.submission();
            body.put("content", "内容" + i % 2);
            calls.add(() -> api.post(COMPLAINTS, body, KEY, "one-key"));
        }
        List<Answer> answers = atOnce(calls);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(4);
        assertThat(answers.stream().filter(answer -> answer.status() == 422)).hasSize(4);
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void keysBelongToTheirToken() {
        String key = UUID.randomUUID().toString();
        var other = new ApiClient(
                port, tokens.create("另一系统", Set.of(Scope.values()), null).secret());
        String first =
                api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, key).text("/number");
        String second = other.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, key)
                .text("/number");
        assertThat(second).isNotEmpty().isNotEqualTo(first);
    }

    @Test
    void withoutAKeyEveryRequestIsAComplaint() {
        api.post(COMPLAINTS, ComplaintsApiTests.submission());
        api.post(COMPLAINTS, ComplaintsApiTests.submission());
        assertThat(registered()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb"})
    void aKeyIsVisibleAscii(String key) {
        Answer answer = api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, key);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(registered()).isZero();
    }

    @Test
    void aKeyHasTwoHundredCharactersAtMost() {
        assertThat(api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, "k".repeat(200))
                        .status())
                .isEqualTo(201);
        Answer answer = api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, "k".repeat(201));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointers()).containsExactly("#/Idempotency-Key");
    }

    @Test
    void aKnownExternalNumberIsAnsweredWithItsComplaint() {
        var body = ComplaintsApiTests.submission();
        body.put("externalNumber", "CRM-1");
        String number = api.post(COMPLAINTS, body, KEY, "k1").text("/number");

        for (Answer answer : List.of(api.post(COMPLAINTS, body, KEY, "k2"), api.post(COMPLAINTS, body))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            assertThat(answer.text("/number")).isEqualTo(number);
            assertThat(answer.text("/detail")).contains("CRM-1");
        }
        assertThat(api.post(COMPLAINTS, body, KEY, "k1").text("/number")).isEqualTo(number);
        assertThat(registered()).isEqualTo(1);
        var other = new ApiClient(
                port, tokens.create("另一系统", Set.of(Scope.values()), null).secret());
        assertThat(other.post(COMPLAINTS, body).status()).isEqualTo(201);
    }

    @Test
    void oneExternalNumberUnderManyKeysAtOnceIsOneComplaint() throws Exception {
        var body = ComplaintsApiTests.submission();
        body.put("externalNumber", "CRM-2");
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 16; i++) {
            String key = "key-" + i;
            calls.add(() -> api.post(COMPLAINTS, body, KEY, key));
        }
        List<Answer> answers = atOnce(calls);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(15);
        assertThat(answers.stream().map(answer -> answer.text("/number")).distinct())
                .hasSize(1);
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        var wrong = new LinkedHashMap<String, Object>(ComplaintsApiTests.submission());
        wrong.put("customer", Map.of("name", "张三", "phone", "12"));
        assertThat(api.post(COMPLAINTS, wrong, KEY, "k").pointers()).containsExactly("#/customer/phone");
        assertThat(api.post(COMPLAINTS, ComplaintsApiTests.submission(), KEY, "k")
                        .status())
                .isEqualTo(201);
    }
}
