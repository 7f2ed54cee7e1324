package io.bihuan.complaint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The last complaint each token wrote on this node, so that its next search can wait until the index has it. */
@Component
public class RecentWrites {
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    /** A write; the version is the complaint's after it. */
    public record Write(UUID complaint, int version, Instant at) {}

    private final InstantSource time;
    private final Map<UUID, Write> writes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Write> eldest) {
            return size() > MOST;
        }
    };

    RecentWrites(InstantSource time) {
        this.time = time;
    }

    public synchronized void remember(UUID token, Complaint written) {
        writes.put(token, new Write(written.id(), written.version(), time.instant()));
    }

    /** What the token wrote last, if that is less than half a minute ago. */
    public synchronized Optional<Write> last(UUID token) {
        Write write = writes.get(token);
        return write == null || write.at().plus(KEPT).isBefore(time.instant()) ? Optional.empty() : Optional.of(write);
    }
}
