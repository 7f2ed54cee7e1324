package io.bihuan.web;

import io.bihuan.platform.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes failures of the API as problem+json (RFC 9457), also from filters. */
@Component
public class Problems {
    private final JsonMapper json;
    private final Bundles bundles;
    private final Languages languages;

    Problems(JsonMapper json, Bundles bundles, Languages languages) {
        this.json = json;
        this.bundles = bundles;
        this.languages = languages;
    }

    /** Writes the usual words for a status. */
    public void write(HttpStatus status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(Failure.of(status, bundles.in(languages.resolveLocale(request))), request, response);
    }

    /** A refusal with members of its own, such as what changed in the meantime. */
    public ResponseEntity<Map<String, Object>> of(Refused refused, Map<String, ?> members, HttpServletRequest request) {
        var locale = languages.resolveLocale(request);
        var failure = Failure.of(refused, bundles.in(locale));
        Map<String, Object> body = body(failure, request);
        body.putAll(members);
        return ResponseEntity.status(failure.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.toLanguageTag())
                .body(body);
    }

    private static Map<String, Object> body(Failure failure, HttpServletRequest request) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", failure.type());
        body.put("title", failure.title());
        body.put("status", failure.status().value());
        body.put("detail", failure.detail());
        body.put("instance", Shells.path(request));
        if (!failure.errors().isEmpty()) {
            body.put("errors", failure.errors());
        }
        return body;
    }

    void write(Failure failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body(failure, request));
        response.setStatus(failure.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_LANGUAGE, languages.resolveLocale(request).toLanguageTag());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
