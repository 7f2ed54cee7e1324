package io.bihuan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The document of the interface is a source: a change of the interface is seen where it is reviewed. */
@BihuanTest
class OpenApiDocumentTests {
    private static final String PATH = "/api/v1/generated.json";
    private static final Path KEPT = Path.of("src/main/resources/static/api/v1/openapi.json");
    private static final Path MADE = Path.of("target/openapi.json");

    @Autowired
    private OpenApiWebMvcResource maker;

    @Test
    void theDocumentSaysWhatTheInterfaceDoes() throws Exception {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        byte[] made = maker.openapiJson(new MockHttpServletRequest("GET", PATH), PATH, Locale.ENGLISH);
        Files.writeString(MADE, json.writeValueAsString(json.readTree(made)) + "\n", StandardCharsets.UTF_8);

        assertThat(KEPT)
                .as("the interface changed: read the difference, then copy %s to %s", MADE, KEPT)
                .hasSameTextualContentAs(MADE);
    }
}
