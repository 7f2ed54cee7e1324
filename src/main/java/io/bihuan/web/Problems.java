package io.bihuan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

    void write(Failure failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", failure.type());
        body.put("title", failure.title());
        body.put("status", failure.status().value());
        body.put("detail", failure.detail());
        body.put("instance", Shells.path(request));
        if (!failure.errors().isEmpty()) {
            body.put("errors", failure.errors());
        }
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(failure.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_LANGUAGE, languages.resolveLocale(request).toLanguageTag());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
