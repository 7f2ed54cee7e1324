package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class RoutesOrderTests {
    private final Routes routes = new Routes(List.of(() -> List.of(
            Route.staff("/desk/**"),
            Route.roles("/desk/things/{id}", Role.MANAGER),
            Route.roles("/desk/{name}", Role.AUDITOR),
            Route.roles(HttpMethod.GET, "/desk/things", Role.AGENT),
            Route.roles(HttpMethod.POST, "/desk/things/new", Role.ADMINISTRATOR))));

    @Test
    void aPathWithoutVariablesComesFirst() {
        assertThat(pattern(HttpMethod.GET, "/desk/things")).isEqualTo("/desk/things");
        assertThat(pattern(HttpMethod.HEAD, "/desk/things")).isEqualTo("/desk/things");
        assertThat(pattern(HttpMethod.POST, "/desk/things/new")).isEqualTo("/desk/things/new");
    }

    @Test
    void whatItDoesNotSayOfAMethodTheNextBestSays() {
        assertThat(pattern(HttpMethod.POST, "/desk/things")).isEqualTo("/desk/{name}");
        assertThat(pattern(HttpMethod.GET, "/desk/things/new")).isEqualTo("/desk/things/{id}");
    }

    @Test
    void theMoreAPatternNamesTheEarlierItComes() {
        assertThat(pattern(HttpMethod.GET, "/desk/things/7")).isEqualTo("/desk/things/{id}");
        assertThat(pattern(HttpMethod.GET, "/desk/other")).isEqualTo("/desk/{name}");
        assertThat(pattern(HttpMethod.GET, "/desk/other/7/8")).isEqualTo("/desk/**");
        assertThat(routes.find(HttpMethod.GET, "/else")).isEmpty();
    }

    @Test
    void anAddressThatIsWrittenOtherwiseIsTheSame() {
        assertThat(pattern(HttpMethod.GET, "/desk/%74hings")).isEqualTo("/desk/things");
        assertThat(pattern(HttpMethod.GET, "/desk/things;a=b")).isEqualTo("/desk/things");
        assertThat(pattern(HttpMethod.POST, "/desk/things/%6Eew")).isEqualTo("/desk/things/new");
    }

    private String pattern(HttpMethod method, String path) {
        return routes.find(method, path).orElseThrow().pattern();
    }
}
