package io.bihuan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
class RecordArgumentTests {
    record Form(@NotBlank @Size(max = 3) String name, int age, List<String> words) {}

    record OtherForm(@NotBlank String name) {}

    @AsParameters
    record Sent<F>(
            @PathVariable int id,
            @Valid @ModelAttribute F form,
            BindingResult result,
            @RequestParam(defaultValue = "1") List<Integer> limits,
            Texts t) {
        Map<String, String> told() {
            var told = new TreeMap<>(FieldErrors.of(result, t).all());
            told.put("all", id + " " + form + " " + limits);
            return told;
        }
    }

    @RestController
    static class Sending {
        @PostMapping("/together/{id}")
        Map<String, String> together(Sent<Form> sent) {
            return sent.told();
        }

        @PostMapping("/apart/{id}")
        Map<String, String> apart(
                @PathVariable int id,
                @Valid @ModelAttribute Form form,
                BindingResult result,
                @RequestParam(defaultValue = "1") List<Integer> limits,
                Texts t) {
            return new Sent<>(id, form, result, limits, t).told();
        }

        @PostMapping("/together/{id}/other")
        Map<String, String> other(Sent<OtherForm> sent) {
            return sent.told();
        }

        @PostMapping("/together")
        Map<String, String> without(Sent<Form> sent) {
            return sent.told();
        }

        @PostMapping("/apart")
        Map<String, String> apart(@PathVariable int id) {
            return Map.of("all", Integer.toString(id));
        }
    }

    @Autowired
    MockMvc http;

    private String answer(String address) throws Exception {
        MockHttpServletResponse response =
                http.perform(post(URI.create(address))).andReturn().getResponse();
        return response.getStatus() + " " + response.getContentAsString();
    }

    /** Unreadable, invalid and missing parts, one and several at a time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/7?name=Li&age=3&words=a&words=b&limits=4&limits=5",
                "/7?name=Li&words%5B1%5D=b",
                "/7?name=Lili&age=3",
                "/7?age=3",
                "/7?name=Lili&age=x",
                "/7?name=a%00b&age=x&words=%00",
                "/x?name=Li",
                "/7?name=Li&limits=x",
                ""
            })
    void aRecordOfParametersIsWhatTheyAreApart(String asked) throws Exception {
        assertThat(answer("/together" + asked))
                .isEqualTo(answer("/apart" + asked).replace("/apart", "/together"));
    }

    @Test
    void eachHandlerSaysWhatTheVariableOfTheRecordStandsFor() throws Exception {
        assertThat(answer("/together/7?name=Li&age=3")).isEqualTo("""
                200 {"all":"7 Form[name=Li, age=3, words=null] [1]"}""");
        assertThat(answer("/together/7/other?name=Lili")).isEqualTo("""
                200 {"all":"7 OtherForm[name=Lili] [1]"}""");
    }
}
