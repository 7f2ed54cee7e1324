package io.bihuan.complaint.web;

import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
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
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the open pages of this node which complaints changed, on whatever node that happened: follows the history while at least
 * one stream listens. Carries ids and versions only; what a reader may see of them decides the page that is then read again.
 */
@Component
class LiveChanges implements SmartLifecycle {
    static final int MOST_STREAMS = 2_000;
    /** More than that at once, and a stream is only told to read anew. */
    static final int MOST_CHANGES = 200;

    private static final Logger log = LoggerFactory.getLogger(LiveChanges.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int PAGE = 500;

    private final Feed feed;
    private final Epochs epochs;
    private final Set<Stream> streams = new HashSet<>();
    private boolean serving;
    private boolean following;

    LiveChanges(@Qualifier("complaintFeed") Feed feed, Epochs epochs) {
        this.feed = feed;
        this.epochs = epochs;
    }

    /** What a stream is to send next: changed complaints with their newest version, or that everything should be read anew. */
    record News(Map<UUID, Integer> versions, boolean everything, boolean end) {
        static final News NONE = new News(Map.of(), false, false);
        static final News END = new News(Map.of(), false, true);

        boolean isEmpty() {
            return versions.isEmpty() && !everything && !end;
        }
    }

    /** One listener. */
    final class Stream implements AutoCloseable {
        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private Map<UUID, Integer> versions = new LinkedHashMap<>();
        private boolean everything;
        private boolean ended;

        /** Waits for news; empty when there were none for so long. */
        News await(Duration atMost) throws InterruptedException {
            lock.lock();
            try {
                long left = atMost.toNanos();
                while (versions.isEmpty() && !everything && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (ended) {
                    return News.END;
                }
                if (versions.isEmpty() && !everything) {
                    return News.NONE;
                }
                var news = new News(versions, everything, false);
                versions = new LinkedHashMap<>();
                everything = false;
                return news;
            } finally {
                lock.unlock();
            }
        }

        private void put(List<Feed.Entry> entries) {
            lock.lock();
            try {
                for (Feed.Entry entry : entries) {
                    versions.merge(entry.subjectId(), entry.sequence(), Math::max);
                }
                if (versions.size() > MOST_CHANGES) {
                    versions.clear();
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

    /** A new listener, which hears of everything that becomes readable from now on; empty when there are too many, or at the end. */
    Optional<Stream> open() {
        var stream = new Stream();
        synchronized (streams) {
            if (!serving || streams.size() >= MOST_STREAMS) {
                return Optional.empty();
            }
            if (!following) {
                // Read before the first page is: what happens in between is not missed.
                Position from = feed.newest(epochs.current());
                following = true;
                Thread.ofVirtual().name("live-changes").start(() -> follow(from));
            }
            streams.add(stream);
        }
        return Optional.of(stream);
    }

    int listeners() {
        synchronized (streams) {
            return streams.size();
        }
    }

    private void follow(Position from) {
        Position position = from;
        boolean failing = false;
        while (goesOn()) {
            try {
                List<Feed.Entry> page = feed.after(position, epochs.current(), PAGE);
                if (!page.isEmpty()) {
                    position = page.getLast().position();
                    List.copyOf(listening()).forEach(stream -> stream.put(page));
                }
                failing = false;
                if (page.size() < PAGE) {
                    Thread.sleep(POLL);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                if (!failing) {
                    log.warn("Live changes stand still and try again: {}", e.toString());
                }
                failing = true;
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(POLL.multipliedBy(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Stream> listening() {
        synchronized (streams) {
            return Set.copyOf(streams);
        }
    }

    /** The last one out stops the follower, under the same lock under which the next one in would start it again. */
    private boolean goesOn() {
        synchronized (streams) {
            following = serving && !streams.isEmpty() && !Thread.currentThread().isInterrupted();
            return following;
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
