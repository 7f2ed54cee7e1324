package io.bihuan.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.bihuan.BihuanTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.telephony.CallEvent;
import io.bihuan.telephony.CallEvent.Kind;
import io.bihuan.telephony.Calls;
import io.bihuan.telephony.Extensions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The telephone rings: the agent sees it on whatever page is open, in every tab, and works with it by keyboard. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ScreenPopJourney {
    private static final String PASSWORD = "a-long-journey-2026";

    @LocalServerPort
    int port;

    @Autowired
    Staff staff;

    @Autowired
    Calls calls;

    @Autowired
    Extensions extensions;

    @Autowired
    InstantSource time;

    private Browser browser;
    private String login;
    private String extension;

    @BeforeEach
    void agent() {
        browser = Browser.at(port);
        login = "hotline-" + UUID.randomUUID().toString().substring(0, 8);
        extension = "e" + UUID.randomUUID().toString().substring(0, 8);
        extensions.assign(
                extension,
                staff.create(login, PASSWORD, false, StaffDetails.of("林晓雨", "customer-service", Role.AGENT)));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private void tell(String call, Kind kind, Instant at) {
        calls.record(CallEvent.of(login, call, call + kind, kind, at)
                .withNumber(kind == Kind.RINGING ? "13812345678" : null)
                .atExtension(extension));
    }

    @Test
    void aRingingCallIsShownOnEveryOpenPageAndLeadsToItsForm() {
        Page page = browser.person(Browser.Width.DESK, "zh-CN", true);
        page.navigate("/desk/complaints");
        page.fill("#login", login);
        page.fill("#password", PASSWORD);
        page.click("main form button[type=submit]");
        page.waitForURL("**/desk/complaints**");
        Page second = page.context().newPage();
        second.navigate("/desk/calls");
        second.waitForLoadState();

        Instant now = time.instant();
        tell("c1", Kind.RINGING, now);
        page.waitForSelector(".pop");
        second.waitForSelector(".pop");
        assertThat(page.locator(".pop").textContent()).contains("来电振铃", "138 1234 5678");
        browser.check(page);

        tell("c1", Kind.ANSWERED, now.plusSeconds(2));
        page.waitForSelector(".pop-green");
        page.keyboard().press("c");
        page.waitForURL("**/desk/calls/*");
        browser.check(page);
        assertThat(page.locator("h1").textContent()).contains("138 1234 5678");

        second.bringToFront();
        second.locator("[data-put-away]").click();
        second.waitForSelector(".pop", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN));
        tell("c1", Kind.ENDED, now.plusSeconds(9));
        second.waitForSelector(".pop:not([hidden])");
        assertThat(second.locator(".pop").textContent()).contains("请填写小结");

        page.bringToFront();
        page.selectOption("#outcome", "SOLVED");
        page.fill("#note", "已告知客户使用方法");
        page.click("main form button[type=submit]");
        page.waitForSelector(".said");
        second.waitForSelector(".pop", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        browser.check(page);
    }

    @Test
    void aPhoneShowsItToo() {
        Page page = browser.person(Browser.Width.PHONE, "en", true);
        page.navigate("/desk/complaints");
        page.fill("#login", login);
        page.fill("#password", PASSWORD);
        page.click("main form button[type=submit]");
        page.waitForURL("**/desk/complaints**");
        tell("c2", Kind.RINGING, time.instant());
        page.waitForSelector(".pop");
        assertThat(page.locator(".pop").textContent()).contains("Incoming call");
        browser.check(page);
        page.navigate("/desk/calls");
        browser.check(page);
    }
}
