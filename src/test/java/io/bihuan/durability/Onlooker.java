package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who has signed in at a node and listens to its live changes. */
final class Onlooker implements AutoCloseable {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final URI address;
    private final InputStream stream;

    /** Comes back when the stream is open. */
    Onlooker(URI address, String login, String password) {
        this.address = address;
        Matcher csrf = CSRF.matcher(page("/sign-in"));
        assertThat(csrf.find()).isTrue();
        String form = "login=" + login + "&password=" + password + "&_csrf="
                + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
        assertThat(send(
                                HttpRequest.newBuilder(address.resolve("/sign-in"))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isBetween(302, 303);
        HttpResponse<InputStream> answer = send(
                HttpRequest.newBuilder(address.resolve("/desk/changes")), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        stream = answer.body();
        Thread.ofVirtual().start(this::listen);
        Waiting.until("the stream is open", TwoNodesTests.PROMPT, () -> hasHeard("event: ready"));
    }

    private void listen() {
        try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().forEach(heard::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            heard.add("closed");
        }
    }

    boolean hasHeard(String word) {
        return heard.stream().anyMatch(line -> line.contains(word));
    }

    /** A page as it is shown to this person. */
    String page(String path) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(address.resolve(path)), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        http.shutdownNow();
    }
}
