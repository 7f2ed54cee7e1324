package io.bihuan.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A real browser, and what every page has to stand: no console error, no serious finding of axe, no side scrolling. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern RAW_NAME = Pattern.compile(
            "\\b[A-Z]{3,}_[A-Z]+\\b|\\b(complaint|portal|intake|identity|web|clock|pack)\\.[a-z]+\\.[a-zA-Z.]+");

    /**
     * A refused form is answered with 422, which the browser reports as a failed resource. And who answers faster than the server
     * makes a newer request replace the older one, which htmx reports as aborted; one that fails is a sendError besides.
     */
    private static final List<String> NO_ERRORS =
            List.of("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest");

    private static final double PATIENCE = 30_000;

    /** How wide: a small phone, and a desk. */
    enum Width {
        PHONE(360, 740),
        DESK(1280, 900);

        private final int pixels;
        private final int height;

        Width(int pixels, int height) {
            this.pixels = pixels;
            this.height = height;
        }
    }

    /** The checker of accessibility, and the findings that count; of what passes only numbers, or they are most of the work. */
    private static final String AXE = AxeBuilder.getAxeScript();

    private static final String SERIOUS = """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
                .map(rule => rule.id + ': ' + rule.help + ' ' + rule.nodes.slice(0, 3).map(node => node.html).join(' '))
            """;

    /** One for all journeys of a process; it ends with it. */
    private static final class Chromium {
        private static final com.microsoft.playwright.Browser ONE = Playwright.create()
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));

        static {
            // As long as for everything else: on a busy machine news take longer than Playwright's five seconds.
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        }

        private Chromium() {}
    }

    private final List<BrowserContext> people = new ArrayList<>();
    private final String address;
    private final List<String> complaintsOfTheBrowser = Collections.synchronizedList(new ArrayList<>());

    /** Skips the test, visibly, where there is no Chromium. */
    static Browser at(int port) {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM), "no browser at " + CHROMIUM + ": the journey is not walked");
        return new Browser("http://localhost:" + port);
    }

    private Browser(String address) {
        this.address = address;
    }

    /** Somebody with a browser of his own. */
    Page person(Width width, String locale, boolean script) {
        return person(width, locale, script, ColorScheme.LIGHT);
    }

    Page person(Width width, String locale, boolean script, ColorScheme scheme) {
        BrowserContext context = Chromium.ONE.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(address)
                .setViewportSize(width.pixels, width.height)
                .setLocale(locale)
                .setTimezoneId("Asia/Shanghai")
                .setColorScheme(scheme)
                .setJavaScriptEnabled(script));
        people.add(context);
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && NO_ERRORS.stream().noneMatch(message.text()::startsWith)) {
                complaintsOfTheBrowser.add(page.url() + " " + message.text());
            }
        });
        page.onPageError(error -> complaintsOfTheBrowser.add(page.url() + " " + error));
        return page;
    }

    /** What must be true of any page at any width. */
    void check(Page page) {
        checkLayout(page);
        assertThat(findings(page)).as("accessibility of " + page.url()).isEqualTo(List.of());
    }

    /** The same without accessibility, which takes most of the time. */
    void checkLayout(Page page) {
        assertThat(complaintsOfTheBrowser).isEmpty();
        Object overflow =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue())
                .as("side scrolling on " + page.url())
                .isLessThanOrEqualTo(0);
        String text = page.innerText("body");
        assertThat(RAW_NAME.matcher(text).results().map(found -> found.group()).toList())
                .as("raw names on " + page.url())
                .isEmpty();
    }

    private static Object findings(Page page) {
        page.evaluate(AXE);
        return page.evaluate(SERIOUS);
    }

    /** Everybody goes. */
    @Override
    public void close() {
        people.forEach(BrowserContext::close);
    }
}
