package io.bihuan.portal.web;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.platform.Refused;
import io.bihuan.portal.FrameOrigins;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The complaint form stands in the company's own site: only there, without cookies and without script. */
@BihuanTest
class EmbedTests {
    private static final String EMBED = "/embed/appliance";
    private static final String SITE = "https://www.example.cn";
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    @Autowired
    MockMvc http;

    @Autowired
    FrameOrigins origins;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    @AfterEach
    void nobodyMay() {
        time.reset();
        origins.list().forEach(allowed -> origins.remove(allowed.origin()));
    }

    private Visitor.Answer open(String path) throws Exception {
        MockHttpServletResponse response = http.perform(get(path)).andReturn().getResponse();
        return new Visitor.Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8), response);
    }

    /** As from a frame: no cookie, no form token of a cookie. */
    private Visitor.Answer send(String path, Map<String, String> fields) throws Exception {
        var request = multipart(path);
        fields.forEach(request::param);
        int number = ADDRESS.incrementAndGet();
        MockHttpServletResponse response = http.perform(request.with(asked -> {
                    asked.setRemoteAddr("10.77.0." + number);
                    return asked;
                }))
                .andReturn()
                .getResponse();
        return new Visitor.Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8), response);
    }

    private Map<String, String> filled(Visitor.Answer form) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("seal", form.field("seal"));
        fields.put("form", form.field("form"));
        fields.put("line", "appliance");
        fields.put("content", "空调装好一个月，修了三次还是不制冷。");
        fields.put("product.productType", "air-conditioner");
        fields.put("name", "张三丰");
        fields.put("phone", "13812345678");
        return fields;
    }

    private static String policy(Visitor.Answer answer) {
        return answer.header("Content-Security-Policy");
    }

    @Test
    void onlySitesThatWereNamedMayShowIt() throws Exception {
        assertThat(policy(open(EMBED))).endsWith("frame-ancestors 'none'");
        origins.add(SITE, UUID.randomUUID());
        origins.add("https://shop.example.cn:8443/", UUID.randomUUID());
        Visitor.Answer framed = open(EMBED);
        assertThat(framed.status()).isEqualTo(200);
        assertThat(policy(framed)).endsWith("frame-ancestors https://shop.example.cn:8443 https://www.example.cn");
        assertThat(policy(framed)).contains("script-src 'self'", "form-action 'self'");
        assertThat(framed.response().getHeader("X-Frame-Options")).isNull();
        for (String other : new String[] {"/", "/complain", "/track", "/sign-in", "/desk"}) {
            assertThat(policy(open(other))).as(other).endsWith("frame-ancestors 'none'");
            assertThat(open(other).header("X-Frame-Options")).as(other).isEqualTo("DENY");
        }
    }

    @Test
    void aComplaintIsFiledWithoutCookiesAndScriptExactlyOnce() throws Exception {
        Visitor.Answer form = open(EMBED + "?lang=zh");
        assertThat(form.html())
                .contains("<form method=\"post\" action=\"/embed/appliance?lang=zh-CN\"")
                .doesNotContain("_csrf");
        Map<String, String> fields = filled(form);
        Visitor.Answer sent = send(EMBED + "?lang=zh-CN", fields);
        assertThat(sent.status()).as(sent.html()).isEqualTo(303);
        assertThat(sent.location()).startsWith(EMBED + "/receipts/").endsWith("?lang=zh-CN");
        assertThat(send(EMBED + "?lang=zh-CN", fields).location()).isEqualTo(sent.location());
        Visitor.Answer receipt = open(sent.location());
        assertThat(receipt.status()).isEqualTo(200);
        assertThat(receipt.html()).contains("target=\"_blank\"", "138****5678").doesNotContain("13812345678");
        assertThat(policy(receipt)).contains("frame-ancestors");
    }

    @Test
    void theFormSpeaksTheLanguageOfTheAddress() throws Exception {
        Visitor.Answer form = open(EMBED + "?lang=en");
        assertThat(form.html()).contains("lang=\"en\"", "action=\"/embed/appliance?lang=en\"");
        Map<String, String> fields = filled(form);
        fields.put("phone", "123");
        Visitor.Answer again = send(EMBED + "?lang=en", fields);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.html()).contains("lang=\"en\"", "张三丰");
    }

    @Test
    void aFormThatWasNotShownHereOrLongAgoIsShownAgain() throws Exception {
        Visitor.Answer form = open(EMBED);
        Map<String, String> fields = filled(form);
        for (String seal : new String[] {"", "1.abc", form.field("seal") + "x", "99999999999.abc"}) {
            fields.put("seal", seal);
            assertThat(send(EMBED, fields).status()).as(seal).isEqualTo(422);
        }
        fields.put("seal", form.field("seal"));
        fields.put("form", UUID.randomUUID().toString());
        assertThat(send(EMBED, fields).status()).isEqualTo(422);

        fields.put("form", form.field("form"));
        time.advance(Duration.ofHours(25));
        Visitor.Answer stale = send(EMBED, fields);
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.html()).contains("表单打开太久", "修了三次");
        fields.put("seal", stale.field("seal"));
        fields.put("form", stale.field("form"));
        assertThat(send(EMBED, fields).status()).isEqualTo(303);
    }

    @Test
    void theQuestionsFollowTheAnswersInTheFrameToo() throws Exception {
        Visitor.Answer form = open(EMBED);
        assertThat(form.html())
                .contains(
                        "hx-post=\"/embed/appliance/questions?lang=zh-CN\"",
                        "hx-post=\"/embed/appliance/suggestions?lang=zh-CN\"");
        assertThat(send(EMBED + "/questions", filled(form)).status()).isEqualTo(200);
        assertThat(send(EMBED + "/suggestions", filled(form)).status()).isEqualTo(200);
    }

    @Test
    void anUnknownLineIsNotThere() throws Exception {
        assertThat(open("/embed/nothing").status()).isEqualTo(404);
        assertThat(open(EMBED + "/other").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "www.example.cn", "https://*.example.cn", "https://www.example.cn/form", "javascript:alert(1)",
                "https://a.cn; script-src *", "https://a.cn https://b.cn", "https://user@a.cn", "https://a.cn?x=1", "*"
            })
    void whatIsNoSiteIsRefused(String typed) {
        assertThatThrownBy(() -> origins.add(typed, UUID.randomUUID())).isInstanceOf(Refused.class);
    }

    @Test
    void anAdministratorNamesSitesAndCopiesTheCode() throws Exception {
        SignedIn administrator = DeskPeople.person(staff, "管理员", null, Role.ADMINISTRATOR);
        var added = http.perform(post("/desk/embedding")
                        .param("origin", "HTTPS://WWW.Example.cn/")
                        .with(csrf())
                        .with(DeskPeople.as(administrator)))
                .andReturn()
                .getResponse();
        assertThat(added.getStatus()).isEqualTo(303);
        String page = http.perform(get("/desk/embedding").with(DeskPeople.as(administrator)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).contains(SITE, "/embed/appliance?lang=zh-CN", "data-bihuan-form", "/app/embed-host.js");
        assertThat(http.perform(post("/desk/embedding")
                                .param("origin", "nonsense")
                                .with(csrf())
                                .with(DeskPeople.as(administrator)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        http.perform(post("/desk/embedding/removal")
                .param("origin", SITE)
                .with(csrf())
                .with(DeskPeople.as(administrator)));
        assertThat(origins.origins()).isEmpty();
        SignedIn agent = DeskPeople.person(staff, "客服", null, Role.AGENT);
        assertThat(http.perform(get("/desk/embedding").with(DeskPeople.as(agent)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void theScriptsAreThere() throws Exception {
        for (String script : new String[] {"/app/embed-host.js", "/app/embed.js"}) {
            assertThat(Objects.requireNonNull(open(script)).status()).isEqualTo(200);
        }
    }
}
