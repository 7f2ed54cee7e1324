package io.bihuan.standard.web;

import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Category;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letters;
import io.bihuan.standard.Standard;
import io.bihuan.standard.Standards;
import io.bihuan.standard.Targets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.util.HtmlUtils;

/** The page of the standards of a business line says all that its pack says, or what holds for one category. */
@BihuanTest
class StandardsPageTests {
    @Autowired
    MockMvc http;

    @Autowired
    Staff staff;

    @Autowired
    Packs packs;

    private SignedIn quality;
    private Pack pack;

    @BeforeEach
    void people() {
        quality = person(staff, "孙悦", null, Role.QUALITY);
        pack = packs.of("appliance");
    }

    private String html(String query) throws Exception {
        return HtmlUtils.htmlUnescape(
                http.perform(get("/desk/standards" + query).with(as(quality)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8));
    }

    @Test
    void allThatIsInUseStandsThere() throws Exception {
        for (String language : List.of("zh", "en")) {
            String html = html("?line=appliance&lang=" + language);
            for (Standard standard : pack.part(Standards.class).all()) {
                assertThat(html.contains("id=\"standard-" + standard.name() + "\""))
                        .as(standard.name())
                        .isEqualTo(standard.applies().isUsed());
            }
            assertThat(html)
                    .contains("id=\"letter-"
                            + pack.part(Letters.class).all().getFirst().name() + "\"")
                    .doesNotContainPattern(">[A-Z]{4,}(_[A-Z]+)?<|>standard\\.");
        }
        assertThat(html("?line=appliance&lang=zh"))
                .contains("data-print", "href=\"/desk/standards\"")
                .contains(pack.part(Targets.class).all().getFirst().label().zh());
    }

    @Test
    void oneCategoryShowsWhatHoldsForIt() throws Exception {
        Category leaf = pack.categories().leaves().getFirst();
        Standard holds = Objects.requireNonNull(Guidance.of(pack, leaf.code()).standard());
        String html = html("?line=appliance&lang=zh&category=" + leaf.code());

        assertThat(html).contains("id=\"standard-" + holds.name() + "\"");
        for (Standard other : pack.part(Standards.class).all()) {
            if (!other.equals(holds)) {
                assertThat(html).doesNotContain("id=\"standard-" + other.name() + "\"");
            }
        }
    }

    @Test
    void theFirstLineIsShownWhereNoneIsAskedForAndAnUnknownOneIsNotThere() throws Exception {
        assertThat(html("?lang=zh"))
                .contains(
                        packs.of(packs.businessLines().iterator().next()).name().zh());
        http.perform(get("/desk/standards?line=nowhere").with(as(quality))).andExpect(status().isNotFound());
        assertThat(html("?lang=zh&category=nowhere")).contains("id=\"standards\"");
    }
}
