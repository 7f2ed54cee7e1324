package io.bihuan.identity.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.web.LiveStreams;
import io.bihuan.web.LiveStreams.News;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The stream of live news as server-sent events, one event a topic. It holds a virtual thread and no connection of the database, and ends with the
 * session, with the server, and after a while: the browser then asks again.
 */
@Controller
class ChangesController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MOST_HEARTBEATS = 40;

    private final LiveStreams streams;
    private final Staff staff;
    private final ObjectProvider<SessionRepository<? extends Session>> sessions;

    ChangesController(LiveStreams streams, Staff staff, ObjectProvider<SessionRepository<? extends Session>> sessions) {
        this.streams = streams;
        this.staff = staff;
        this.sessions = sessions;
    }

    @GetMapping("/desk/changes")
    void follow(HttpServletRequest request, HttpServletResponse response, @AuthenticationPrincipal SignedIn who)
            throws IOException, InterruptedException {
        HttpSession session = request.getSession(false);
        String sessionId = session == null ? null : session.getId();
        LiveStreams.Stream stream = streams.open(who.id()).orElse(null);
        if (stream == null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "30");
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            return;
        }
        try (stream) {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // A proxy that collects the answer first would keep the news to itself.
            response.setHeader("X-Accel-Buffering", "no");
            var out = response.getOutputStream();
            send(out, "retry: 2000\nevent: ready\ndata: {}\n\n");
            for (int heartbeats = 0; heartbeats < MOST_HEARTBEATS; ) {
                News news = stream.await(HEARTBEAT);
                if (news.end()) {
                    return;
                }
                if (news.isEmpty()) {
                    heartbeats++;
                    if (!isStillSignedIn(sessionId, who)) {
                        return;
                    }
                    send(out, ": \n\n");
                } else {
                    send(out, news.everything() ? "event: everything\ndata: {}\n\n" : events(news));
                }
            }
        }
    }

    private static String events(News news) {
        return news.topics().entrySet().stream()
                .map(topic -> event(topic.getKey(), topic.getValue()))
                .collect(Collectors.joining());
    }

    private static String event(String topic, Map<UUID, Integer> versions) {
        return versions.entrySet().stream()
                .map(change -> "{\"id\":\"" + change.getKey() + "\",\"version\":" + change.getValue() + "}")
                .collect(Collectors.joining(",", "event: " + topic + "\ndata: [", "]\n\n"));
    }

    private static void send(ServletOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private boolean isStillSignedIn(@Nullable String sessionId, SignedIn who) {
        SessionRepository<? extends Session> repository = sessions.getIfAvailable();
        boolean hasSession = sessionId == null || repository == null || repository.findById(sessionId) != null;
        return hasSession && staff.find(who.id()).filter(StaffMember::active).isPresent();
    }
}
