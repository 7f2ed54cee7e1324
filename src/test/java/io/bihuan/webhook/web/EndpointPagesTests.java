package io.bihuan.webhook.web;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.webhook.Receiver;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;

/** An administrator lets another system hear of complaints and sees what became of every message. */
@BihuanTest
class EndpointPagesTests {
    @Autowired
    MockMvc http;

    @Autowired
    Staff staff;

    SignedIn administrator;

    @BeforeEach
    void somebody() {
        administrator = DeskPeople.person(staff, "管理员", null, Role.ADMINISTRATOR);
    }

    private MockHttpServletResponse send(AbstractMockHttpServletRequestBuilder<?> request, SignedIn who)
            throws Exception {
        return http.perform(request.with(csrf()).with(DeskPeople.as(who)))
                .andReturn()
                .getResponse();
    }

    private String page(String path) throws Exception {
        MockHttpServletResponse answer = send(get(path), administrator);
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private String endpoint(String url) throws Exception {
        String made = send(post("/desk/webhooks").param("url", url).param("description", "客户系统"), administrator)
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(made).contains("whsec_", "离开此页后无法再次查看");
        Matcher id = Pattern.compile("/desk/webhooks/([0-9a-f-]{36})").matcher(made);
        assertThat(id.find()).isTrue();
        return "/desk/webhooks/" + id.group(1);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void theSecretIsShownOnceAndTheDeliveryLogSaysEverything() throws Exception {
        try (Receiver receiver = Receiver.always(200)) {
            String path = endpoint(receiver.url().toString());
            assertThat(page(path)).doesNotContain("whsec_").contains("客户系统", "没有推送记录");

            String tested = java.util.Objects.requireNonNullElse(
                    send(post(path + "/tests"), administrator).getHeader("Location"), "");
            assertThat(tested).startsWith(path + "/deliveries/");
            until(() -> receiver.taken().size() == 1);
            until(() -> {
                try {
                    return page(tested).contains("已送达");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(page(tested)).contains("webhook.test", "200", "ok", "重新推送");

            assertThat(send(post(tested + "/replays"), administrator).getStatus())
                    .isEqualTo(303);
            until(() -> receiver.taken().size() == 2);
            assertThat(send(post(path + "/replays").param("since", "2026-01-01T00:00"), administrator)
                            .getStatus())
                    .isEqualTo(303);
            assertThat(send(post(path + "/replays").param("since", "gestern"), administrator)
                            .getStatus())
                    .isEqualTo(422);
        }
    }

    @Test
    void itIsSwitchedOffAndOnChangedAndRemoved() throws Exception {
        String path = endpoint("https://hooks.example.cn/" + System.nanoTime());
        send(post(path + "/deactivation"), administrator);
        assertThat(page(path)).contains("已停用", "启用");
        send(post(path + "/activation"), administrator);
        assertThat(page(path)).contains("正常");
        send(post(path).param("url", "https://hooks.example.cn/changed").param("types", "SOLVED"), administrator);
        assertThat(page(path)).contains("https://hooks.example.cn/changed");
        assertThat(send(post(path + "/secret"), administrator).getContentAsString(StandardCharsets.UTF_8))
                .contains("whsec_", "24 小时内");
        send(post(path + "/removal"), administrator);
        assertThat(send(get(path), administrator).getStatus()).isEqualTo(404);
    }

    @Test
    void aWrongAddressIsRefusedAtTheField() throws Exception {
        MockHttpServletResponse answer = send(post("/desk/webhooks").param("url", "hooks.example.cn"), administrator);
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8)).contains("请填写完整的网址", "id=\"url-error\"");
    }

    @Test
    void nobodyElseSeesThem() throws Exception {
        for (Role role : new Role[] {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.AUDITOR, Role.QUALITY}) {
            SignedIn other = DeskPeople.person(staff, "同事", "technical-support", role);
            assertThat(send(get("/desk/webhooks"), other).getStatus())
                    .as(role.name())
                    .isEqualTo(403);
        }
    }
}
