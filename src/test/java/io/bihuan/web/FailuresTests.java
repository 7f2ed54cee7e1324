package io.bihuan.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.platform.Refused;
import jakarta.servlet.http.Cookie;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        classes = FailuresTests.Only.class,
        properties = {
            "spring.flyway.enabled=false",
            "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                    + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@AutoConfigureMockMvc(addFilters = false)
class FailuresTests {
    enum Colour {
        RED,
        BLUE
    }

    record Person(@NotBlank String name, @Size(max = 3) String nick) {}

    record Body(
            @NotBlank String title,
            int count,
            Colour colour,
            @Valid Person person,
            List<String> words) {}

    record Form(@NotBlank String name, int age, List<String> words) {}

    /** The web module alone, with a controller that fails in every way. */
    @EnableAutoConfiguration
    @ComponentScan("io.bihuan.web")
    static class Only {
        @Bean
        InstantSource time() {
            return InstantSource.system();
        }
    }

    @RestController
    @RequestMapping({"/api/v1/try", "/try"})
    static class Trying {
        @PostMapping
        Body read(@Valid @RequestBody Body body) {
            return body;
        }

        @GetMapping("/{what}")
        String fail(@PathVariable String what, @RequestParam(defaultValue = "1") int limit) {
            throw switch (what) {
                case "refused" -> new Refused("web.field.long", limit);
                case "missing" -> new NotFound("nothing");
                case "stale" -> new OptimisticLockingFailureException("secret of the inside");
                case "cursor" -> new BadInput("/cursor", "web.field.cursor");
                default -> new IllegalStateException("secret of the inside");
            };
        }

        @PostMapping("/form")
        Map<String, String> form(@Valid @ModelAttribute Form form, BindingResult result, Texts t) {
            return FieldErrors.of(result, t).all();
        }
    }

    @Autowired
    MockMvc http;

    private static String body(String changed) {
        return """
                {"title":"t","count":1,"colour":"RED","person":{"name":"n","nick":"k"},"words":["a"]}""".replace(changed.substring(0, changed.indexOf('→')), changed.substring(changed.indexOf('→') + 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"t\"→\"a\\u0000b\"; #/title",
                "\"t\"→\"\\ud800\"; #/title",
                "\"t\"→7; #/title",
                "\"t\"→\" \"; #/title",
                "\"n\"→\"\"; #/person/name",
                "\"k\"→\"long\"; #/person/nick",
                "1→\"1\"; #/count",
                "1→1.5; #/count",
                "1→99999999999; #/count",
                "\"RED\"→\"GREEN\"; #/colour",
                "\"RED\"→0; #/colour",
                "[\"a\"]→[\"a\",{}]; #/words/1",
                "[\"a\"]→[\"\\u0000\"]; #/words/0",
                "\"title\"→\"titel\"; #/titel",
                "\"nick\"→\"nickname\"; #/person/nickname",
            })
    void whatCannotBeReadIs400WithAPointer(String changed, String pointer) throws Exception {
        http.perform(post("/api/v1/try").contentType(MediaType.APPLICATION_JSON).content(body(changed)))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.status").value(400))
                .andExpect(jsonPath("$.title").value("请求无法识别"))
                .andExpect(jsonPath("$.type").value("about:blank"))
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer))
                .andExpect(jsonPath("$.errors[0].detail").isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{", "''", "[]", "null", "{\"title\":\"a\",\"title\":\"b\"}", "{\"a\":\u0000}", "not json", "{} {}"
            })
    void brokenJsonIs400AndNever500(String json) throws Exception {
        http.perform(post("/api/v1/try").contentType(MediaType.APPLICATION_JSON).content(json))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.errors[0].pointer").exists());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/try/refused?limit=9, 422, 最多 9 个字",
        "/api/v1/try/refused?limit=x, 400, 内容不完整",
        "/api/v1/try/missing, 404, 不存在",
        "/api/v1/try/stale, 409, 新的变化",
        "/api/v1/try/cursor, 400, 内容不完整",
        "/api/v1/try/bang, 500, 不是您的问题",
        "/api/v1/nowhere, 404, 不存在"
    })
    void theApiAnswersWithProblems(String path, int status, String detail) throws Exception {
        http.perform(get(path))
                .andExpect(status().is(status))
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.status").value(status))
                .andExpect(jsonPath("$.detail").value(containsString(detail)))
                .andExpect(content().string(not(containsString("secret"))));
    }

    @ParameterizedTest
    @CsvSource({
        "/try/refused?limit=9, 422, 最多 9 个字",
        "/try/missing, 404, 没有找到",
        "/try/bang, 500, 系统出了点问题",
        "/nowhere, 404, 没有找到"
    })
    void pagesAnswerWithAPageThatLeadsOn(String path, int status, String text) throws Exception {
        http.perform(get(path).accept(MediaType.TEXT_HTML))
                .andExpect(status().is(status))
                .andExpect(content().contentType("text/html;charset=UTF-8"))
                .andExpect(content().string(containsString(text)))
                .andExpect(content().string(containsString("href=\"/\"")))
                .andExpect(content().string(not(containsString("secret"))));
    }

    @Test
    void aFailedPartOfAPageTellsTheFrame() throws Exception {
        http.perform(get("/try/stale").header("HX-Request", "true"))
                .andExpect(status().isConflict())
                .andExpect(header().string("HX-Retarget", "#notices"))
                .andExpect(content().string(not(containsString("<html"))));
    }

    @Test
    void aWrongMethodAndAWrongTypeAreSaidSo() throws Exception {
        http.perform(get("/api/v1/try"))
                .andExpect(status().isMethodNotAllowed())
                .andExpect(header().exists("Allow"));
        http.perform(post("/api/v1/try").contentType(MediaType.TEXT_PLAIN).content("x"))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void textWithNulIsAFieldErrorOfAForm() throws Exception {
        http.perform(post("/try/form")
                        .param("name", "a\u0000b")
                        .param("age", "x")
                        .param("words", "a", "\u0000"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("内容无法识别"))
                .andExpect(jsonPath("$.age").value("内容无法识别"))
                .andExpect(jsonPath("$.words").value("内容无法识别"));
        http.perform(get("/try/{what}", "a\u0000")).andExpect(status().isBadRequest());
    }

    @Test
    void theLanguageIsAskedForKeptAndElseTheBrowsers() throws Exception {
        http.perform(get("/nowhere")).andExpect(content().string(containsString("lang=\"zh-CN\"")));
        http.perform(get("/nowhere").header("Accept-Language", "fr-FR,fr;q=0.9"))
                .andExpect(content().string(containsString("lang=\"zh-CN\"")));
        http.perform(get("/nowhere").header("Accept-Language", "en-GB,en;q=0.9"))
                .andExpect(content().string(containsString("Not found")));
        http.perform(get("/nowhere?lang=en"))
                .andExpect(content().string(containsString("Not found")))
                .andExpect(cookie().value("lang", "en"))
                .andExpect(cookie().httpOnly("lang", true));
        http.perform(get("/nowhere").cookie(new Cookie("lang", "zh")).header("Accept-Language", "en"))
                .andExpect(content().string(containsString("没有找到")));
        http.perform(get("/nowhere?lang=xx")).andExpect(content().string(containsString("没有找到")));
    }

    @Test
    void theThemeIsRenderedByTheServer() throws Exception {
        http.perform(get("/nowhere").cookie(new Cookie("theme", "dark")))
                .andExpect(content().string(containsString("data-bs-theme=\"dark\"")));
        http.perform(get("/nowhere")).andExpect(content().string(containsString("data-theme=\"auto\"")));
    }

    @Test
    void scriptsAndStylesMayBeKeptForAYear() throws Exception {
        http.perform(get("/app/bihuan.css"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "max-age=31536000, public, immutable"));
        http.perform(get("/webjars/htmx.org/2.0.10/dist/htmx.min.js")).andExpect(status().isOk());
    }
}
