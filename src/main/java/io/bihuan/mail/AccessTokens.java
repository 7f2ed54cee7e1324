package io.bihuan.mail;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens for signing in to mail servers, fetched with a refresh token (RFC 6749, 6) and kept until shortly before their end. */
@Component
class AccessTokens {
    private static final Duration EARLY = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Token(String value, Instant until) {}

    private final Map<URI, Map<String, Token>> known = new ConcurrentHashMap<>();
    private final InstantSource time;

    AccessTokens(InstantSource time) {
        this.time = time;
    }

    String of(MailProperties.Oauth oauth) throws IOException {
        Map<String, Token> ofProvider = known.computeIfAbsent(oauth.tokenUrl(), url -> new ConcurrentHashMap<>());
        Token token = ofProvider.get(oauth.refreshToken());
        if (token == null || !time.instant().isBefore(token.until())) {
            token = fetch(oauth);
            ofProvider.put(oauth.refreshToken(), token);
        }
        return token.value();
    }

    /** A server did not take it: the next one is fetched anew. */
    void forget(MailProperties.Oauth oauth) {
        known.remove(oauth.tokenUrl());
    }

    private Token fetch(MailProperties.Oauth oauth) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", oauth.refreshToken());
        form.put("client_id", oauth.clientId());
        if (oauth.clientSecret() != null) {
            form.put("client_secret", oauth.clientSecret());
        }
        if (oauth.scope() != null) {
            form.put("scope", oauth.scope());
        }
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(oauth.tokenUrl())
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the token endpoint answered " + response.statusCode());
            }
            JsonNode answer = JsonMapper.shared().readTree(response.body());
            JsonNode value = answer.get("access_token");
            if (value == null) {
                throw new IOException("the token endpoint sent no token");
            }
            JsonNode seconds = answer.get("expires_in");
            Duration lasts = Duration.ofSeconds(seconds == null ? 300 : seconds.asLong());
            return new Token(value.asString(), time.instant().plus(lasts).minus(EARLY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
