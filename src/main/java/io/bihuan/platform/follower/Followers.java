package io.bihuan.platform.follower;

import io.bihuan.platform.database.Epochs;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the followers of one feed. A position row is claimed with {@code for update skip locked}, and position and effect are
 * stored in the same transaction: whatever happens to a node, another goes on exactly where it stopped.
 */
public final class Followers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Followers.class);
    private static final int PAGE = 500;
    private static final Duration POLL = Duration.ofMillis(250);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Feed feed;
    private final Epochs epochs;
    private final List<Follower> followers;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean running;
    private volatile Thread loop = Thread.ofVirtual().unstarted(() -> {});

    public Followers(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Feed feed,
            Epochs epochs,
            List<? extends Follower> followers) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.feed = feed;
        this.epochs = epochs;
        this.followers = List.copyOf(followers);
    }

    public void start() {
        running = true;
        loop = Thread.ofVirtual().name("followers").start(this::run);
    }

    @Override
    public void close() {
        running = false;
        loop.interrupt();
    }

    /** Lets the follower read until nothing is left for it now. Returns the number of events it applied. */
    public int catchUp(Follower follower) {
        int applied = 0;
        int page;
        do {
            page = applyPage(follower);
            applied += page;
        } while (page == PAGE);
        return applied;
    }

    private int applyPage(Follower follower) {
        Integer applied = transaction.execute(status -> {
            jdbc.sql("insert into platform.follower (name, epoch, txid, id) values (:name, 0, '0', :zero)"
                            + " on conflict (name) do nothing")
                    .param("name", follower.name())
                    .param("zero", Position.START.id())
                    .update();
            var claimed = jdbc.sql("select epoch, txid::text::bigint as txid, id from platform.follower"
                            + " where name = :name for update skip locked")
                    .param("name", follower.name())
                    .query((row, index) ->
                            new Position(row.getInt("epoch"), row.getLong("txid"), row.getObject("id", UUID.class)))
                    .optional();
            if (claimed.isEmpty()) {
                return 0;
            }
            List<Feed.Entry> page = feed.after(claimed.get(), epochs.current(), PAGE);
            if (!page.isEmpty()) {
                follower.apply(page);
                Position reached = page.getLast().position();
                jdbc.sql(
                                "update platform.follower set epoch = :epoch, txid = :txid::text::xid8, id = :id where name = :name")
                        .param("epoch", reached.epoch())
                        .param("txid", reached.txid())
                        .param("id", reached.id())
                        .param("name", follower.name())
                        .update();
            }
            return page.size();
        });
        return applied == null ? 0 : applied;
    }

    private void run() {
        while (running) {
            int applied = 0;
            for (Follower follower : followers) {
                try {
                    applied += applyPage(follower);
                } catch (RuntimeException e) {
                    if (failures.getAndIncrement() % 100 == 0) {
                        log.warn("Follower {} stands still and tries again: {}", follower.name(), e.toString());
                    }
                }
            }
            try {
                if (applied == 0) {
                    Thread.sleep(POLL);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
