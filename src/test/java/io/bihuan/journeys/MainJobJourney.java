package io.bihuan.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The story of the product, told in a real browser: filed on a phone, worked on at a desk, confirmed on the phone, archived. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MainJobJourney {
    private static final String PASSWORD = "a-long-journey-2026";

    @LocalServerPort
    int port;

    @Autowired
    Staff staff;

    @Autowired
    Complaints complaints;

    private Browser browser;
    private String login;

    @BeforeEach
    void agent() {
        browser = Browser.at(port);
        login = "agent-" + UUID.randomUUID().toString().substring(0, 8);
        staff.create(login, PASSWORD, false, StaffDetails.of("林晓雨", "customer-service", Role.AGENT));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private void signIn(Page page) {
        page.navigate("/desk/complaints");
        page.fill("#login", login);
        page.fill("#password", PASSWORD);
        page.click("main form button[type=submit]");
        page.waitForURL("**/desk/complaints**");
    }

    /** Fills in the form as a customer would and returns where the tracking link leads. */
    private String file(Page page, String content, boolean script) {
        page.navigate("/");
        page.locator("a[href^='/complain']").first().click();
        page.selectOption("#category", "repeated-repair");
        page.fill("#content", content);
        for (Locator needed : page.locator("[required]:not([type=hidden])").all()) {
            fill(needed);
        }
        page.fill("#name", "欧阳建国");
        page.fill("#phone", "13812345678");
        if (script) {
            browser.check(page); // axe is a script itself
        }
        page.locator("main form button[type=submit]:not([name])").last().press("Enter");
        page.waitForURL("**/complain/receipts/**");
        return page.locator("main a[href*='/t/']").first().getAttribute("href");
    }

    /** Whatever the pack asks for. */
    private static void fill(Locator needed) {
        String kind = String.valueOf(needed.evaluate("e => e.tagName + ':' + e.type"));
        if (kind.startsWith("SELECT") && needed.inputValue().isEmpty()) {
            needed.selectOption(needed.locator("option:not([value=''])").first().getAttribute("value"));
        } else if (kind.equals("INPUT:text") && needed.inputValue().isEmpty()) {
            needed.fill("KFR-35GW");
        }
    }

    private static ComplaintNumber number(String link) {
        String token = link.substring(link.lastIndexOf("/t/") + 3);
        return ComplaintNumber.read(token.substring(0, 14)).orElseThrow();
    }

    private Complaint complaint(String link) {
        return complaints.find(number(link)).orElseThrow();
    }

    @Test
    void aComplaintFiledOnAPhoneIsWorkedOnConfirmedAndArchived() {
        Page desk = browser.person(Browser.Width.DESK, "zh-CN", true);
        signIn(desk);
        // Newest first: what other tests have left open is due before it, and fills pages.
        desk.navigate("/desk/complaints?state=ALL");
        browser.check(desk);

        Page phone = browser.person(Browser.Width.PHONE, "zh-CN", true);
        String link = file(phone, "七月装的空调，师傅来了三次，每次加氟两天又不凉。", true);
        browser.check(phone);
        ComplaintNumber number = number(link);
        assertThat(phone.innerText("main")).contains(number.readable());

        // Without reloading: the row comes by itself.
        Locator row = desk.locator("a[href='/desk/complaints/" + number + "']").first();
        assertThat(row).isVisible();
        row.click();
        browser.check(desk);

        step(desk, "ownership");
        step(desk, "assessment");
        desk.check("#deed-verification input[name=finding][value=SUBSTANTIATED]");
        desk.fill("#verification-account", "铜管接口未拧紧，三次上门均未检漏。");
        step(desk, "verification");
        desk.check("#deed-solution input[name=outcome][value=ACCEPTED]");
        desk.fill("#solution-measures", "更换铜管接头并保压检漏，退还两次上门费160元。");
        step(desk, "solution");
        assertThat(phone.innerText("main")).doesNotContain("保压检漏");
        tell(desk, "铜管接头已更换，160元已退回", "铜管保修三年", "要求换人复核");
        browser.check(desk);

        phone.navigate(link);
        browser.check(phone);
        assertThat(phone.innerText("main")).contains("铜管接头已更换").doesNotContain("三次上门均未检漏");
        phone.check("#rating-5", new Page.CheckOptions().setForce(true));
        phone.click("button[name=answer][value=solved]");
        phone.waitForLoadState();
        browser.check(phone);

        desk.reload();
        step(desk, "archiving");
        browser.check(desk);
        Complaint archived = complaint(link);
        assertThat(archived.isOpen()).isFalse();
        assertThat(complaints.history(number, 0, 50))
                .extracting(HistoryEvent::type)
                // The seal of its file and the notice that comes forward follow a moment later. A clock that ran out,
                // since
                // others put the time forward, may have given it another owner.
                .filteredOn(type -> !List.of("DossierSealed", "NoticesPlanned", "OwnershipTransferred")
                        .contains(type))
                .containsExactly(
                        "Registered",
                        "Acknowledged",
                        "OwnershipConfirmed",
                        "Assessed",
                        "Verified",
                        "Solved",
                        "ResultTold",
                        "Confirmed",
                        "Archived");
    }

    private static void step(Page desk, String deed) {
        desk.click("#deed-" + deed + " button[type=submit]");
        assertThat(desk.locator("#deed-" + deed + " .alert-danger")).hasCount(0);
        desk.waitForLoadState();
    }

    /** The one way: from the next step to what customers are told, and back to the complaint. */
    private static void tell(Page desk, String measures, String guarantee, String routes) {
        desk.click("#next .btn-primary");
        desk.waitForURL("**/messages?letter=**");
        desk.fill("#message [name=measures]", measures);
        desk.fill("#message [name=guarantee]", guarantee);
        desk.fill("#message [name=routes]", routes);
        // Whoever is called away finds it again, also where something stood there before.
        desk.waitForFunction(
                "text => Object.entries(localStorage).some(e => e[0].includes('-message-') && e[1].includes(text))",
                routes);
        desk.reload();
        assertThat(desk.locator("#message [name=measures]")).hasValue(measures);
        assertThat(desk.locator("#message [name=guarantee]")).hasValue(guarantee);
        desk.selectOption("#message [name=way]", "SPOKEN");
        desk.click("#message button[type=submit]:not([name=preview])");
        desk.waitForURL("**/messages?sent=**");
        assertThat((boolean) desk.evaluate("() => Object.keys(localStorage).some(k => k.includes('-message-'))"))
                .isFalse();
        desk.navigate(desk.url().replaceAll("/messages.*", ""));
    }

    @Test
    void aPhoneWithoutScriptIsEnoughToComplainAndToComeBack() {
        Page phone = browser.person(Browser.Width.PHONE, "zh-CN", false);
        String link = file(phone, "洗衣机门封条等了二十天，一个电话都没有。", false);
        ComplaintNumber number = number(link);

        phone.navigate("/track");
        phone.fill("#number", number.readable());
        phone.locator("main input:not([type=hidden]):not(#number)").first().fill("5678");
        phone.locator("main form button[type=submit]").first().press("Enter");
        phone.waitForURL("**/t/**");
        assertThat(phone.innerText("main")).contains(number.readable());

        phone.locator("details:has(textarea[name=text]) > summary").first().press("Enter");
        phone.locator("textarea[name=text]").first().fill("补充：网点今天说还要等一周。");
        phone.locator("form[action$='/information'] button[type=submit]")
                .first()
                .press("Enter");
        phone.waitForLoadState();
        assertThat(complaints.history(number, 0, 50))
                .extracting(HistoryEvent::type)
                .contains("InformationAdded");
    }

    @Test
    void theSecondOfTwoAgentsIsToldWhoChangedWhat() {
        Page phone = browser.person(Browser.Width.PHONE, "zh-CN", true);
        String link = file(phone, "约好上午来，等到天黑没人。", true);
        String page = "/desk/complaints/" + number(link);
        Page first = browser.person(Browser.Width.DESK, "zh-CN", true);
        signIn(first);
        first.navigate(page);
        Page second = browser.person(Browser.Width.DESK, "zh-CN", true);
        signIn(second);
        second.navigate(page);

        step(first, "ownership");
        second.click("#deed-ownership button[type=submit]");
        second.waitForLoadState();
        assertThat(second.innerText("main")).contains("林晓雨");
        assertThat(complaints.history(number(link), 0, 50).stream()
                        .filter(event -> event.type().equals("OwnershipConfirmed")))
                .hasSize(1);
        browser.check(second);
    }

    @Test
    void aManagerReachesEveryEntryWithoutScrollingTheNavigation() {
        String manager = "manager-" + UUID.randomUUID().toString().substring(0, 8);
        staff.create(manager, PASSWORD, false, StaffDetails.of("方远", null, Role.MANAGER));
        login = manager;
        for (String language : new String[] {"zh-CN", "en"}) {
            Page desk = browser.person(Browser.Width.DESK, language, true);
            signIn(desk);
            assertThat(((Number) desk.evaluate("() => { const bar = document.querySelector('.nav-bar .tabs');"
                                    + " return bar.scrollWidth - bar.clientWidth; }"))
                            .intValue())
                    .as(language)
                    .isLessThanOrEqualTo(0);
            desk.locator(".nav-further > summary").press("Enter");
            Locator last = desk.locator(".nav-further a").last();
            assertThat(last).isVisible();
            browser.check(desk);
            last.press("Enter");
            desk.waitForLoadState();
            // Where one is stays to be seen when the entry is folded.
            assertThat(desk.locator(".nav-further > summary")).hasClass("tab here");
        }
    }

    @Test
    void everyPageStandsInBothLanguagesLightAndDarkNarrowAndWide() {
        Page filing = browser.person(Browser.Width.PHONE, "zh-CN", true);
        String link = file(filing, "<script>alert(1)</script> 名字很长的一件投诉 ".repeat(3), true);
        for (Browser.Width width : Browser.Width.values()) {
            Page page = browser.person(width, "zh-CN", true);
            signIn(page);
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (String language : new String[] {"zh-CN", "en"}) {
                    // Of accessibility every two of width, scheme and language meet once; the rest is looked at in all
                    // of them.
                    boolean isPhone = width == Browser.Width.PHONE;
                    boolean isAccessible = (isPhone == (scheme == ColorScheme.LIGHT)) == language.equals("zh-CN");
                    for (String path : new String[] {
                        "/?lang=" + language,
                        "/complain",
                        "/track",
                        link,
                        "/desk/complaints",
                        "/desk/complaints/" + number(link),
                        "/desk/registrations/new"
                    }) {
                        page.navigate(path);
                        assertThat(page.locator("html")).hasAttribute("lang", language);
                        assertThat(page.locator("html"))
                                .hasAttribute("data-bs-theme", scheme.name().toLowerCase(Locale.ROOT));
                        if (isAccessible) {
                            browser.check(page);
                        } else {
                            browser.checkLayout(page);
                        }
                    }
                }
            }
        }
    }
}
