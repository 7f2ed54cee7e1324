package io.bihuan.pack;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Keeps what this node knows of packs a second behind the database at most, reads a version before anybody asks for it, and tells the
 * modules when it has come into force. Begins when the node serves: beside the start, nothing waits for it.
 */
final class PackWatch implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(PackWatch.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Packs packs;
    private final Map<String, Integer> told = new HashMap<>();
    private volatile @Nullable Thread loop;

    PackWatch(Packs packs) {
        this.packs = packs;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        // Not a virtual one: it loads many classes while pages are first asked, and who waits for a class holds its
        // carrier.
        loop = Thread.ofPlatform().daemon().name("packs").start(this::run);
    }

    private void run() {
        long offered = -1;
        String trouble = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                long revision = look();
                if (revision != offered) {
                    // Another base may be in force.
                    packs.offer();
                    offered = revision;
                }
                trouble = "";
            } catch (RuntimeException e) {
                if (!trouble.equals(String.valueOf(e.getMessage()))
                        && !Thread.currentThread().isInterrupted()) {
                    trouble = String.valueOf(e.getMessage());
                    log.warn("The industry packs in force cannot be read now, the last known ones stand: {}", trouble);
                }
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Reads again what changed and tells what came into force since. */
    long look() {
        long revision = packs.refresh();
        for (Pack pack : packs.all()) {
            Integer before = told.get(pack.id());
            if (before == null || before != pack.version()) {
                packs.tell(pack);
                told.put(pack.id(), pack.version());
            }
        }
        return revision;
    }

    @Override
    public void destroy() {
        Thread running = loop;
        if (running != null) {
            running.interrupt();
        }
    }
}
