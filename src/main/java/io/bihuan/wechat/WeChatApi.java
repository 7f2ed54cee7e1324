package io.bihuan.wechat;

import io.bihuan.wechat.WeChatSettings.Account;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the platform. Addresses hold the access token, so no error names one. */
@Component
class WeChatApi {
    /** The largest file that the platform keeps for an account, with room. */
    static final int LARGEST_FILE = 32 * 1024 * 1024;

    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration FILE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The platform understood and said no; the codes are its own. */
    static final class Refusal extends IOException {
        private final int code;

        Refusal(int code, String message) {
            super("errcode " + code + " " + message.substring(0, Math.min(200, message.length())));
            this.code = code;
        }

        int code() {
            return code;
        }

        /** The access token is not, or no longer, good. */
        boolean isToken() {
            return code == 40001 || code == 40014 || code == 41001 || code == 42001;
        }

        /** The platform does not have the file, or not any more: it keeps it for three days. */
        boolean isGone() {
            return code == 40007 || code == 40004 || code == 41006;
        }

        /**
         * The customer does not get it however often it is sent: silent for 48 hours, too many without an answer, no follower any more,
         * no consent, unknown.
         */
        boolean isCustomers() {
            return code == 45015 || code == 45047 || code == 43004 || code == 43101 || code == 40003;
        }

        /** The words themselves are not taken. */
        boolean isContent() {
            return code == 45002 || code == 40008 || code == 44004 || code == 87014;
        }
    }

    /** A token and for how long it is good. */
    record Token(String value, Duration life) {}

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** The token that all nodes share. */
    Token token(Account account, boolean isForced) throws IOException {
        JsonNode answer = post(
                account,
                "/cgi-bin/stable_token",
                Map.of(
                        "grant_type",
                        "client_credential",
                        "appid",
                        account.appId(),
                        "secret",
                        account.secret(),
                        "force_refresh",
                        isForced));
        JsonNode token = answer.path("access_token");
        if (!token.isString() || token.stringValue().isBlank()) {
            throw new IOException("no token in the answer");
        }
        return new Token(
                token.stringValue(),
                Duration.ofSeconds(Math.max(60, answer.path("expires_in").asInt(7200))));
    }

    /** Sends a text to a customer. */
    void send(Account account, String token, String openId, String text) throws IOException {
        post(
                account,
                "/cgi-bin/message/custom/send?access_token=" + encoded(token),
                Map.of("touser", openId, "msgtype", "text", "text", Map.of("content", text)));
    }

    /** The bytes of a picture, a voice or a video. */
    byte[] media(Account account, String token, String mediaId) throws IOException {
        HttpResponse<byte[]> answer = call(
                HttpRequest.newBuilder(address(
                                account,
                                "/cgi-bin/media/get?access_token=" + encoded(token) + "&media_id=" + encoded(mediaId)))
                        .GET(),
                FILE,
                LARGEST_FILE);
        if (!isText(answer)) {
            return answer.body();
        }
        JsonNode said = json(answer.body());
        refuse(said);
        String video = said.path("video_url").asString("");
        if (!video.startsWith("http://") && !video.startsWith("https://")) {
            throw new IOException("neither a file nor an address of one");
        }
        URI address;
        try {
            address = URI.create(video);
        } catch (IllegalArgumentException e) {
            throw new IOException("an unreadable address of a video");
        }
        return call(HttpRequest.newBuilder(address).GET(), FILE, LARGEST_FILE).body();
    }

    private static boolean isText(HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("text/") || type.contains("json");
    }

    private JsonNode post(Account account, String path, Map<String, Object> body) throws IOException {
        HttpResponse<byte[]> answer = call(
                HttpRequest.newBuilder(address(account, path))
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))),
                ANSWER,
                LARGEST_ANSWER);
        JsonNode said = json(answer.body());
        refuse(said);
        return said;
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON");
        }
    }

    private static void refuse(JsonNode said) throws Refusal {
        int code = said.path("errcode").asInt(0);
        if (code != 0) {
            throw new Refusal(code, said.path("errmsg").asString(""));
        }
    }

    private static URI address(Account account, String path) {
        return URI.create(account.apiUrl().toString().replaceFirst("/+$", "") + path);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The limit is for the whole answer: a sender that trickles is given up, too. */
    private HttpResponse<byte[]> call(HttpRequest.Builder request, Duration longest, int largest) throws IOException {
        var asked = http.sendAsync(
                request.timeout(longest).build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), largest));
        try {
            HttpResponse<byte[]> answer = asked.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP " + answer.statusCode());
            }
            return answer;
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException("no whole answer within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    cause == null ? "failed" : cause.getClass().getSimpleName() + ": " + cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }
}
