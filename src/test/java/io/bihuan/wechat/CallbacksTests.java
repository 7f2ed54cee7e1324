package io.bihuan.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Only what the platform signed just now is taken, and taken once. */
@BihuanTest
@ExtendWith(OutputCaptureExtension.class)
class CallbacksTests {
    @Autowired
    MockMvc http;

    @Autowired
    Inbox inbox;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private String openId;
    private String id;

    @BeforeEach
    void begin() {
        caller = new Caller(http, time);
        openId = Caller.openId();
        id = Caller.nextId();
    }

    @AfterEach
    void resetTime() {
        time.reset();
    }

    private int kept() {
        return jdbc.sql("select count(*) from intake.message where conversation = :openId")
                .param("openId", openId)
                .query(Integer.class)
                .single();
    }

    private static void assertTaken(MockHttpServletResponse answer) {
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("success");
    }

    @Test
    void theEchoComesBackToWhoSigns() throws Exception {
        String at = caller.now();
        String signature = MessageSeal.signature(FakeWeChat.TOKEN, at, "n2");
        var answer = http.perform(get("/wechat/" + FakeWeChat.SAFE)
                        .queryParam("signature", signature)
                        .queryParam("timestamp", at)
                        .queryParam("nonce", "n2")
                        .queryParam("echostr", "5893178124<b>"))
                .andReturn()
                .getResponse();
        assertThat(answer.getContentAsString()).isEqualTo("5893178124<b>");
        assertThat(answer.getContentType()).startsWith("text/plain");
        for (String wrong : List.of("", signature.replace(signature.charAt(0), 'x'), "0".repeat(40))) {
            assertThat(http.perform(get("/wechat/" + FakeWeChat.SAFE)
                                    .queryParam("signature", wrong)
                                    .queryParam("timestamp", at)
                                    .queryParam("nonce", "n2")
                                    .queryParam("echostr", "5893178124"))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(403);
        }
        assertThat(http.perform(get("/wechat/gh_unknown"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void aMessageIsKeptAsItCameAndAnsweredAtOnce() throws Exception {
        String xml = caller.text(openId, id, "空调不制冷");
        assertTaken(caller.sendPlain(FakeWeChat.PLAIN, xml));
        InboxMessage kept = inbox.find("wechat:" + FakeWeChat.PLAIN, id).orElseThrow();
        assertThat(new String(inbox.open(kept).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(xml);
        assertThat(kept.conversation()).isEqualTo(openId);
    }

    @Test
    void eachModeTakesWhatItShould() {
        assertTaken(caller.sendSealed(FakeWeChat.SAFE, caller.text(openId, Caller.nextId(), "一")));
        assertTaken(caller.sendSealed(FakeWeChat.BOTH, caller.text(openId, Caller.nextId(), "二")));
        assertTaken(caller.sendPlain(FakeWeChat.BOTH, caller.text(openId, Caller.nextId(), "三")));
        assertThat(kept()).isEqualTo(3);
        // An account in safe mode never gets what anybody could read.
        assertThat(caller.sendPlain(FakeWeChat.SAFE, caller.text(openId, id, "四"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(caller.sendSealed(FakeWeChat.PLAIN, caller.text(openId, id, "五"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void aWrongSignatureIsRefusedAndLoggedOnceAMinute(CapturedOutput output) {
        caller.from("192.0.2.77");
        String at = caller.now();
        for (int i = 0; i < 5; i++) {
            assertThat(caller.send(
                                    FakeWeChat.PLAIN,
                                    caller.text(openId, Caller.nextId(), "假的"),
                                    at,
                                    "0".repeat(40),
                                    null)
                            .getStatus())
                    .isEqualTo(403);
        }
        String sealed = Caller.sealed(caller.text(openId, id, "假的"));
        assertThat(caller.send(
                                FakeWeChat.SAFE,
                                "<xml><Encrypt>" + sealed + "</Encrypt></xml>",
                                at,
                                MessageSeal.signature(FakeWeChat.TOKEN, at, "n1"),
                                MessageSeal.signature(FakeWeChat.TOKEN, at, "n2", sealed))
                        .getStatus())
                .isEqualTo(403);
        assertThat(kept()).isZero();
        assertThat(output.getOut().split("gh_plain from 192.0.2.77 was turned away: NOT_SIGNED", -1))
                .hasSize(2);
        time.advance(Duration.ofSeconds(61));
        assertThat(caller.send(FakeWeChat.PLAIN, "<xml/>", caller.now(), "0".repeat(40), null)
                        .getStatus())
                .isEqualTo(403);
        assertThat(output.getOut().split("gh_plain from 192.0.2.77 was turned away: NOT_SIGNED", -1))
                .hasSize(3);
    }

    @Test
    void whatIsOlderThanFiveMinutesIsRefused() {
        String xml = caller.text(openId, id, "旧的");
        String at = caller.now();
        String signature = MessageSeal.signature(FakeWeChat.TOKEN, at, "n1");
        time.advance(Duration.ofMinutes(5).plusSeconds(2));
        assertThat(caller.send(FakeWeChat.PLAIN, xml, at, signature, null).getStatus())
                .isEqualTo(403);
        String future = Long.toString(time.instant().plus(Duration.ofMinutes(6)).getEpochSecond());
        assertThat(caller.send(
                                FakeWeChat.PLAIN,
                                xml,
                                future,
                                MessageSeal.signature(FakeWeChat.TOKEN, future, "n1"),
                                null)
                        .getStatus())
                .isEqualTo(403);
        assertThat(caller.send(FakeWeChat.PLAIN, xml, "yesterday", signature, null)
                        .getStatus())
                .isEqualTo(403);
        assertThat(kept()).isZero();
    }

    @Test
    void entitiesNonsenseAndTooMuchAreRefused() {
        String xml = caller.text(openId, id, "&e;").replace("<![CDATA[&e;]]>", "&e;");
        for (String bad : List.of(
                "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + xml,
                "<!DOCTYPE xml [<!ENTITY e \"x\">]>" + xml,
                "no xml",
                "<xml><MsgId>1</MsgId></xml>")) {
            assertThat(caller.sendPlain(FakeWeChat.PLAIN, bad).getStatus()).isEqualTo(400);
            assertThat(caller.sendSealed(FakeWeChat.SAFE, bad).getStatus()).isEqualTo(400);
        }
        assertThat(caller.sendPlain(FakeWeChat.PLAIN, caller.text(openId, id, "长".repeat(30_000)))
                        .getStatus())
                .isEqualTo(413);
        assertThat(kept()).isZero();
    }

    @Test
    void theSameCallbackTenTimesAtOnceIsOne() throws Exception {
        String xml = caller.text(openId, id, "同一条消息");
        try (var threads = Executors.newFixedThreadPool(10)) {
            var calls = new ArrayList<Callable<MockHttpServletResponse>>();
            for (int i = 0; i < 10; i++) {
                calls.add(() -> caller.sendSealed(FakeWeChat.SAFE, xml));
            }
            for (Future<MockHttpServletResponse> answer : threads.invokeAll(calls)) {
                assertTaken(answer.get());
            }
        }
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void anEventIsKnownByWhoDidWhatWhen() {
        String event = caller.message(openId, "event", "", "<Event>CLICK</Event><EventKey>HELP</EventKey>");
        assertTaken(caller.sendPlain(FakeWeChat.PLAIN, event));
        assertTaken(caller.sendPlain(FakeWeChat.PLAIN, event));
        assertTaken(caller.sendPlain(FakeWeChat.PLAIN, event.replace("HELP", "MINE")));
        assertTaken(caller.sendPlain(FakeWeChat.PLAIN, event.replace("HELP", "k".repeat(900))));
        assertThat(kept()).isEqualTo(3);
    }
}
