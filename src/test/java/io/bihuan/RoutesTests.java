package io.bihuan;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** Every route asks who is there, or stands on the list of those that do not. */
@BihuanTest
class RoutesTests {
    /** What anybody may ask for. A route of a customer proves by its number and digits, or its signature, what it may show. */
    private static final List<String> PUBLIC = List.of(
            "/",
            "/error",
            "/sign-in",
            "/complain",
            "/complain/questions",
            "/complain/note",
            "/complain/suggestions",
            "/complain/receipts/**",
            "/embed/**",
            "/track",
            "/rights",
            "/t/**",
            "/p/**",
            "/at/{code}",
            "/kiosk/**",
            "/chat",
            "/chat/**",
            "/preferences/**",
            "/callbacks/sms/**",
            "/wechat/{account}",
            "/wechat/{account}/binding/**",
            "/api/v1/openapi.json",
            "/api/v1/pack.schema.json",
            "/actuator/health",
            "/actuator/health/**");

    private record Asked(HttpMethod method, String path) {}

    @Autowired
    private MockMvc browser;

    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Test
    void aStrangerIsTurnedAwayFromWhatIsNotPublic() throws Exception {
        List<Asked> routes = routes();
        assertThat(routes).isNotEmpty();
        var open = new ArrayList<String>();
        for (Asked route : routes) {
            if (!isPublic(route.path())) {
                var answer = browser.perform(
                                request(route.method(), route.path()).with(csrf()))
                        .andReturn()
                        .getResponse();
                if (!isTurnedAway(answer.getStatus(), answer.getRedirectedUrl())) {
                    open.add(route + " answers " + answer.getStatus());
                }
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void onlySignInAndRefusalTurnAway() {
        assertThat(isTurnedAway(401, null)).isTrue();
        assertThat(isTurnedAway(403, null)).isTrue();
        assertThat(isTurnedAway(302, "/sign-in?next=%2Fdesk")).isTrue();
        assertThat(isTurnedAway(302, "/desk")).isFalse();
        for (int open : new int[] {200, 400, 404, 405, 415, 422, 500}) {
            assertThat(isTurnedAway(open, null)).as("" + open).isFalse();
        }
    }

    @Test
    void theListIsMeantExactly() {
        assertThat(isPublic("/complain/receipts/1")).isTrue();
        assertThat(isPublic("/desk/complaints")).isFalse();
        assertThat(isPublic("/api/v1/complaints")).isFalse();
        assertThat(isPublic("/actuator/env")).isFalse();
    }

    private List<Asked> routes() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(route -> methods(route).stream()
                        .flatMap(method ->
                                route.getPatternValues().stream().map(pattern -> new Asked(method, sample(pattern)))))
                .toList();
    }

    private static Set<HttpMethod> methods(RequestMappingInfo route) {
        Set<RequestMethod> named = route.getMethodsCondition().getMethods();
        return named.isEmpty()
                ? Set.of(HttpMethod.GET, HttpMethod.POST)
                : Set.copyOf(named.stream().map(RequestMethod::asHttpMethod).toList());
    }

    private static String sample(String pattern) {
        String path = pattern.replaceAll("\\{[^}]*}", "1").replace("**", "1").replace("*", "1");
        return path.isEmpty() ? "/" : path;
    }

    private static boolean isPublic(String path) {
        var asked = PathContainer.parsePath(path);
        return PUBLIC.stream()
                .anyMatch(pattern ->
                        PathPatternParser.defaultInstance.parse(pattern).matches(asked));
    }

    private static boolean isTurnedAway(int status, @Nullable String redirect) {
        boolean isSentToSignIn = (status == 302 || status == 303)
                && Objects.requireNonNullElse(redirect, "").matches(".*/(sign-in|login)(\\?.*)?");
        return status == 401 || status == 403 || isSentToSignIn;
    }

    @Test
    void whoeverWritesAPackIsGivenItsSchema() throws Exception {
        browser.perform(MockMvcRequestBuilders.get("/api/v1/pack.schema.json"))
                .andExpect(MockMvcResultMatchers.status().isOk())
                .andExpect(MockMvcResultMatchers.content().contentTypeCompatibleWith("application/json"))
                .andExpect(MockMvcResultMatchers.jsonPath("$.properties.clocks").exists());
    }
}
