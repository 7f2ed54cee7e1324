package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

class QuietSessionsTests {
    private final MapSessionRepository kept = new MapSessionRepository(new HashMap<>());
    private final QuietSessions<MapSession> sessions = new QuietSessions<>(kept);

    @Test
    void whoReadsPageAfterPageWritesNothing() {
        String id = begun();
        Instant before = kept(id).getLastAccessedTime();
        var session = found(id);
        session.setLastAccessedTime(before.plus(QuietSessions.FINENESS).minusMillis(1));
        sessions.save(session);
        assertThat(kept(id).getLastAccessedTime()).isEqualTo(before);
    }

    @Test
    void theLastUseIsKnownToTheMinute() {
        String id = begun();
        Instant later = kept(id).getLastAccessedTime().plus(QuietSessions.FINENESS);
        var session = found(id);
        session.setLastAccessedTime(later);
        sessions.save(session);
        assertThat(kept(id).getLastAccessedTime()).isEqualTo(later);
    }

    @Test
    void whatASessionHoldsIsWrittenAtOnce() {
        String id = begun();
        var session = found(id);
        session.setAttribute("staff", "somebody");
        sessions.save(session);
        assertThat(kept(id).<String>getAttribute("staff")).isEqualTo("somebody");
        session.removeAttribute("staff");
        sessions.save(session);
        assertThat(kept(id).<String>getAttribute("staff")).isNull();
    }

    @Test
    void aNewIdTakesThePlaceOfTheOldOne() {
        String id = begun();
        var session = found(id);
        String next = session.changeSessionId();
        sessions.save(session);
        assertThat(sessions.findById(id)).isNull();
        assertThat(found(next).getId()).isEqualTo(next);
        sessions.deleteById(next);
        assertThat(sessions.findById(next)).isNull();
    }

    @Test
    void aRequestReadsItsSessionOnce() throws Exception {
        String id = begun();
        sessions.once().doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (request, response) -> {
            var session = found(id);
            assertThat(found(id)).isSameAs(session);
            sessions.deleteById(id);
            assertThat(sessions.findById(id)).isNull();
        });
        String other = begun();
        sessions.once().doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (request, response) -> {
            var session = found(other);
            String next = session.changeSessionId();
            sessions.save(session);
            assertThat(sessions.findById(other)).isNull();
            assertThat(found(next).getId()).isEqualTo(next);
        });
    }

    private String begun() {
        var session = sessions.createSession();
        sessions.save(session);
        return session.getId();
    }

    private QuietSessions.Quiet<MapSession> found(String id) {
        return Objects.requireNonNull(sessions.findById(id));
    }

    private MapSession kept(String id) {
        return Objects.requireNonNull(kept.findById(id));
    }
}
