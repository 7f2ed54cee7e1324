package io.bihuan.complaint.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.platform.Actor;
import io.bihuan.web.LiveStreams;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The stream of live changes over a real connection, by somebody who signed in. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ChangesStreamTests {
    private static final String PASSWORD = "Correct-horse-7";

    @LocalServerPort
    int port;

    @Autowired
    Staff staff;

    @Autowired
    Complaints complaints;

    @Autowired
    LiveStreams changes;

    @Autowired
    InstantSource time;

    private HttpClient browser;

    @BeforeEach
    void browser() {
        browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .build();
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private String token(String path) throws Exception {
        String page = browser.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString())
                .body();
        var found = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private void post(String from, String path, String... fields) throws Exception {
        var body = new StringBuilder("_csrf=").append(URLEncoder.encode(token(from), StandardCharsets.UTF_8));
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&')
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        var answer = browser.send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(303);
    }

    private void signIn() throws Exception {
        String login = "stream-" + UUID.randomUUID();
        staff.create(login, PASSWORD, false, StaffDetails.of("周敏", null, Role.AGENT));
        post("/sign-in", "/sign-in", "login", login, "password", PASSWORD);
    }

    /** The lines of the stream as they come; the last one is an empty marker when it ends. */
    private BlockingQueue<String> stream() throws Exception {
        var answer = browser.send(HttpRequest.newBuilder(at("/desk/changes")).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        var lines = new LinkedBlockingQueue<String>();
        InputStream in = answer.body();
        Thread.ofVirtual().start(() -> {
            try (in) {
                var reader = new java.io.BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
                reader.lines().forEach(lines::add);
            } catch (Exception e) {
                // the connection ended
            } finally {
                lines.add("END");
            }
        });
        return lines;
    }

    private static String next(BlockingQueue<String> lines, String wanted) throws InterruptedException {
        while (true) {
            String line = Objects.requireNonNull(lines.poll(30, TimeUnit.SECONDS), "waited for " + wanted);
            if (line.contains(wanted)) {
                return line;
            }
        }
    }

    @Test
    void aRegistrationIsHeardAndTheEndOfTheServerTooWhileNothingPersonalIsSent() throws Exception {
        signIn();
        BlockingQueue<String> lines = stream();
        next(lines, "event: ready");
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);

        String data = next(lines, complaint.id().toString());
        assertThat(data)
                .isEqualTo("data: [{\"id\":\"" + complaint.id() + "\",\"version\":" + complaint.version() + "}]");
        try {
            changes.stop();
            next(lines, "END");
        } finally {
            changes.start();
        }
        var refused = HttpRequest.newBuilder(at("/desk/changes")).timeout(Duration.ofSeconds(30));
        post("/desk/complaints", "/sign-out");
        assertThat(browser.send(refused.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(303);
    }
}
