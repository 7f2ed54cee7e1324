package io.bihuan.identity;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions whose last use is written down once a minute: else every page that somebody reads would be a writing transaction, with a
 * flush to the disk, for a time that counts in hours. And a request reads its session once: Spring's filter asks for it anew when the
 * answer has been written.
 */
final class QuietSessions<S extends Session> implements SessionRepository<QuietSessions.Quiet<S>> {
    static final Duration FINENESS = Duration.ofMinutes(1);

    private final SessionRepository<S> kept;
    /** What the request at hand has read already. */
    private final ScopedValue<Map<String, Quiet<S>>> read = ScopedValue.newInstance();

    QuietSessions(SessionRepository<S> kept) {
        this.kept = kept;
    }

    /** For the length of a request; stands before the filter that asks for sessions. */
    Filter once() {
        return (request, response, chain) -> {
            try {
                ScopedValue.where(read, new HashMap<>()).call(() -> {
                    chain.doFilter(request, response);
                    return true;
                });
            } catch (IOException | ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        };
    }

    @Override
    public Quiet<S> createSession() {
        return new Quiet<>(kept.createSession(), true);
    }

    @Override
    public void save(Quiet<S> session) {
        if (session.isChanged) {
            kept.save(session.kept);
            session.isChanged = false;
            // Its id may be another one now.
            if (read.isBound()) {
                read.get().clear();
            }
        }
    }

    @Override
    public @Nullable Quiet<S> findById(String id) {
        Quiet<S> known = read.isBound() ? read.get().get(id) : null;
        if (known != null) {
            return known;
        }
        S found = kept.findById(id);
        if (found == null) {
            return null;
        }
        var quiet = new Quiet<>(found, false);
        if (read.isBound()) {
            read.get().put(id, quiet);
        }
        return quiet;
    }

    @Override
    public void deleteById(String id) {
        if (read.isBound()) {
            read.get().remove(id);
        }
        kept.deleteById(id);
    }

    /** A session that knows whether there is something to write. */
    static final class Quiet<S extends Session> implements Session {
        private final S kept;
        private boolean isChanged;

        private Quiet(S kept, boolean isChanged) {
            this.kept = kept;
            this.isChanged = isChanged;
        }

        @Override
        public String getId() {
            return kept.getId();
        }

        @Override
        public String changeSessionId() {
            isChanged = true;
            return kept.changeSessionId();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // so it is asked for by the interface
        public <T> @Nullable T getAttribute(String name) {
            return kept.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return kept.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            isChanged = true;
            if (value == null) {
                kept.removeAttribute(name);
            } else {
                kept.setAttribute(name, value);
            }
        }

        @Override
        public void removeAttribute(String name) {
            isChanged = true;
            kept.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return kept.getCreationTime();
        }

        @Override
        public void setLastAccessedTime(Instant now) {
            if (!now.isBefore(kept.getLastAccessedTime().plus(FINENESS))) {
                isChanged = true;
                kept.setLastAccessedTime(now);
            }
        }

        @Override
        public Instant getLastAccessedTime() {
            return kept.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            isChanged = true;
            kept.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return kept.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return kept.isExpired();
        }
    }
}
