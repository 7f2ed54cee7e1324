package io.bihuan.message.sms;

import io.bihuan.message.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of providers: what an answer, or none, says about whether the call counted. */
@Component
class ProviderCalls {
    private static final JsonMapper JSON = JsonMapper.shared();
    static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private volatile Duration patience = ANSWER;

    /** For tests of what happens without an answer. */
    void patience(Duration longest) {
        patience = longest;
    }

    /** Posts, and lets a readable answer be judged. */
    Outcome post(URI address, Map<String, String> headers, byte[] body, Function<JsonNode, Outcome> judge) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
        headers.forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        var asked = http.sendAsync(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> answer = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() == 429) {
                return new Outcome.Later("HTTP 429", null);
            }
            if (answer.statusCode() >= 500) {
                // It may have been taken before something broke.
                return new Outcome.Unknown("HTTP " + answer.statusCode());
            }
            JsonNode said = JSON.readTree(answer.body());
            return said.isObject() ? judge.apply(said) : new Outcome.Unknown("HTTP " + answer.statusCode());
        } catch (TimeoutException e) {
            asked.cancel(true);
            return new Outcome.Unknown("message.error.noAnswer");
        } catch (ExecutionException e) {
            return wasNeverThere(e.getCause())
                    ? new Outcome.Later("message.error.noConnection", null)
                    : new Outcome.Unknown("message.error.noAnswer");
        } catch (JacksonException e) {
            return new Outcome.Unknown("message.error.unreadable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown("message.error.noAnswer");
        }
    }

    private static boolean wasNeverThere(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof UnresolvedAddressException) {
                return true;
            }
            if (!(each instanceof IOException)) {
                return false;
            }
        }
        return false;
    }
}
