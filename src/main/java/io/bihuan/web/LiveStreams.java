package io.bihuan.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The streams of this node to open pages: one a browser, for the news of all modules. The sources ({@link LiveNews}) are followed
 * while at least one stream listens.
 */
@Component
public class LiveStreams implements SmartLifecycle {
    static final int MOST_STREAMS = 2_000;
    /** More than that of one topic at once, and a stream is only told to read anew. */
    static final int MOST_CHANGES = 200;

    private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private final ObjectProvider<LiveNews> sources;
    private final Set<Stream> streams = new HashSet<>();
    private boolean serving;
    /** Which following is in force; one that finds another number ends. */
    private int following;

    private boolean isFollowing;

    LiveStreams(ObjectProvider<LiveNews> sources) {
        this.sources = sources;
    }

    /** What a stream is to send next: by topic what changed with its newest version, or that everything should be read anew. */
    public record News(Map<String, Map<UUID, Integer>> topics, boolean everything, boolean end) {
        static final News NONE = new News(Map.of(), false, false);
        static final News END = new News(Map.of(), false, true);

        public boolean isEmpty() {
            return topics.isEmpty() && !everything && !end;
        }

        public Map<UUID, Integer> versions(String topic) {
            return topics.getOrDefault(topic, Map.of());
        }
    }

    /** One listener. */
    public final class Stream implements AutoCloseable {
        private final UUID viewer;
        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private Map<String, Map<UUID, Integer>> topics = new LinkedHashMap<>();
        private boolean everything;
        private boolean ended;

        private Stream(UUID viewer) {
            this.viewer = viewer;
        }

        /** Waits for news; empty when there were none for so long. */
        public News await(Duration atMost) throws InterruptedException {
            lock.lock();
            try {
                long left = atMost.toNanos();
                while (topics.isEmpty() && !everything && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (ended) {
                    return News.END;
                }
                if (topics.isEmpty() && !everything) {
                    return News.NONE;
                }
                var news = new News(topics, everything, false);
                topics = new LinkedHashMap<>();
                everything = false;
                return news;
            } finally {
                lock.unlock();
            }
        }

        private void put(String topic, Map<UUID, Integer> versions) {
            lock.lock();
            try {
                Map<UUID, Integer> known = topics.computeIfAbsent(topic, key -> new LinkedHashMap<>());
                versions.forEach((id, version) -> known.merge(id, version, Math::max));
                if (known.size() > MOST_CHANGES) {
                    topics.clear();
                    everything = true;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            synchronized (streams) {
                streams.remove(this);
            }
        }
    }

    /** A new listener, which hears of what becomes known from now on; empty when there are too many, or at the end. */
    public Optional<Stream> open(UUID viewer) {
        var stream = new Stream(viewer);
        synchronized (streams) {
            if (!serving || streams.size() >= MOST_STREAMS) {
                return Optional.empty();
            }
            if (!isFollowing) {
                // Each begins before the first page is read: what happens in between is not missed.
                List<LiveNews.Reading> readings =
                        sources.orderedStream().map(LiveNews::begin).toList();
                isFollowing = true;
                int number = ++following;
                for (LiveNews.Reading reading : readings) {
                    Thread.ofVirtual().name("live-news").start(() -> follow(reading, number));
                }
            }
            streams.add(stream);
        }
        return Optional.of(stream);
    }

    public int listeners() {
        synchronized (streams) {
            return streams.size();
        }
    }

    private final LiveNews.Audience audience = new LiveNews.Audience() {
        @Override
        public void tell(String topic, Map<UUID, Integer> versions) {
            listening().forEach(stream -> stream.put(topic, versions));
        }

        @Override
        public void tell(UUID viewer, String topic, UUID id, int version) {
            for (Stream stream : listening()) {
                if (stream.viewer.equals(viewer)) {
                    stream.put(topic, Map.of(id, version));
                }
            }
        }
    };

    private void follow(LiveNews.Reading reading, int number) {
        boolean failing = false;
        while (goesOn(number)) {
            try {
                reading.read(audience);
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!failing) {
                    log.warn("Live news stand still and try again: {}", e.toString());
                }
                failing = true;
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Stream> listening() {
        synchronized (streams) {
            return Set.copyOf(streams);
        }
    }

    /** The last one out stops the following, under the same lock under which the next one in would start it again. */
    private boolean goesOn(int number) {
        synchronized (streams) {
            if (number != following || !isFollowing) {
                return false;
            }
            isFollowing =
                    serving && !streams.isEmpty() && !Thread.currentThread().isInterrupted();
            return isFollowing;
        }
    }

    @Override
    public void start() {
        synchronized (streams) {
            serving = true;
        }
    }

    /** In the first phase of a shutdown: the web server then does not wait for streams that would never end. */
    @Override
    public void stop() {
        Set<Stream> open;
        synchronized (streams) {
            serving = false;
            open = Set.copyOf(streams);
        }
        open.forEach(Stream::end);
    }

    @Override
    public boolean isRunning() {
        synchronized (streams) {
            return serving;
        }
    }
}
