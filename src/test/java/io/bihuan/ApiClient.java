package io.bihuan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that uses the API over HTTP with a token. */
public final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What came back. */
    public record Answer(int status, Map<String, List<String>> headers, String text) {
        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String text(String pointer) {
            return json().at(pointer).asString("");
        }

        public String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        /** The pointers of a problem's errors. */
        public List<String> pointers() {
            return json().path("errors")
                    .valueStream()
                    .map(error -> error.path("pointer").asString(""))
                    .toList();
        }
    }

    private final String address;
    private final String secret;
    private final HttpClient http = HttpClient.newHttpClient();

    public ApiClient(int port, String secret) {
        this.address = "http://localhost:" + port;
        this.secret = secret;
    }

    /** Headers are names and values in turn. */
    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, Object body, String... headers) {
        return postText(path, JSON.writeValueAsString(body), headers);
    }

    public Answer postText(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }
}
