package io.bihuan.wechat;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.MovableTime;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The platform as it calls us: signs, and encrypts where the account wants it. */
final class Caller {
    private static final AtomicLong IDS = new AtomicLong(System.nanoTime());

    private final MockMvc http;
    private final MovableTime time;
    private String address = "127.0.0.1";

    Caller(MockMvc http, MovableTime time) {
        this.http = http;
        this.time = time;
    }

    static String nextId() {
        return Long.toString(IDS.incrementAndGet());
    }

    static String openId() {
        return "oTest_" + nextId();
    }

    /** Calls from another address from now on. */
    void from(String other) {
        address = other;
    }

    /** A message of a type, with its own elements. */
    String message(String openId, String type, String id, String elements) {
        return "<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName><CreateTime>%d</CreateTime><MsgType><![CDATA[%s]]></MsgType>%s%s</xml>"
                .formatted(
                        openId,
                        time.instant().getEpochSecond(),
                        type,
                        elements,
                        id.isEmpty() ? "" : "<MsgId>" + id + "</MsgId>");
    }

    String text(String openId, String id, String text) {
        return message(openId, "text", id, "<Content><![CDATA[" + text + "]]></Content>");
    }

    String now() {
        return Long.toString(time.instant().getEpochSecond());
    }

    static String sealed(String xml) {
        byte[] key = Base64.getDecoder().decode(FakeWeChat.AES_KEY + "=");
        return MessageSeal.seal(xml, key, FakeWeChat.APP_ID, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    }

    MockHttpServletResponse sendPlain(String account, String xml) {
        String at = now();
        return send(account, xml, at, MessageSeal.signature(FakeWeChat.TOKEN, at, "n1"), null);
    }

    MockHttpServletResponse sendSealed(String account, String xml) {
        String at = now();
        String sealed = sealed(xml);
        return send(
                account,
                "<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>",
                at,
                MessageSeal.signature(FakeWeChat.TOKEN, at, "n1"),
                MessageSeal.signature(FakeWeChat.TOKEN, at, "n1", sealed));
    }

    MockHttpServletResponse send(
            String account, String body, String timestamp, String signature, @Nullable String messageSignature) {
        try {
            var request = post("/wechat/" + account)
                    .contentType("text/xml")
                    .content(body.getBytes(StandardCharsets.UTF_8))
                    .queryParam("signature", signature)
                    .queryParam("timestamp", timestamp)
                    .queryParam("nonce", "n1");
            if (messageSignature != null) {
                request.queryParam("encrypt_type", "aes").queryParam("msg_signature", messageSignature);
            }
            return http.perform(request.with(asked -> {
                        asked.setRemoteAddr(address);
                        return asked;
                    }))
                    .andReturn()
                    .getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
