package io.bihuan.complaint;

import io.bihuan.complaint.HistorySource.Anchored;
import io.bihuan.complaint.HistorySource.StoredEvent;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Once a day, records the head of every chain that grew. Entries are written in small transactions and count only with their
 * anchor, whose key lets just one node finish it.
 */
@Component
@WhenServing
class Anchors implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Anchors.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final int PAGE = 1000;

    private record Last(int number, Instant at, Position position, byte[] root) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final StoredHistory stored;
    private final Feed feed;
    private final Epochs epochs;
    private final InstantSource time;
    private final boolean enabled;
    private final Duration look;
    private volatile Thread loop = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean running;

    Anchors(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            StoredHistory stored,
            Feed feed,
            Epochs epochs,
            InstantSource time,
            @Value("${bihuan.anchors.enabled:true}") boolean enabled,
            @Value("${bihuan.anchors.look:10m}") Duration look) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.stored = stored;
        this.feed = feed;
        this.epochs = epochs;
        this.time = time;
        this.enabled = enabled;
        this.look = look;
    }

    /** Anchors what came since the last anchor; empty when nothing did, or when another node was faster. */
    boolean anchor() {
        Last last = last();
        var grown = new TreeSet<UUID>();
        Position position = last.position();
        while (true) {
            List<Feed.Entry> page = feed.after(position, epochs.current(), PAGE);
            page.forEach(entry -> grown.add(entry.subjectId()));
            if (!page.isEmpty()) {
                position = page.getLast().position();
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        if (grown.isEmpty()) {
            return false;
        }
        try {
            finish(last, new ArrayList<>(grown), position);
            return true;
        } catch (DuplicateKeyException e) {
            log.info("Another node made anchor {}", last.number() + 1);
            return false;
        }
    }

    private void finish(Last last, List<UUID> grown, Position position) {
        int number = last.number() + 1;
        UUID attempt = io.bihuan.platform.Ids.next();
        var leaves = new ArrayList<byte[]>();
        for (int from = 0; from < grown.size(); from += PAGE) {
            Map<UUID, List<StoredEvent>> chains =
                    stored.chains(grown.subList(from, Math.min(from + PAGE, grown.size())));
            var writes = new Writes();
            for (UUID id : grown.subList(from, Math.min(from + PAGE, grown.size()))) {
                List<StoredEvent> events = chains.getOrDefault(id, List.of());
                if (!events.isEmpty()) {
                    var entry = new Anchored(
                            number, events.size(), events.getLast().hash(), HistoryCheck.transactions(events));
                    leaves.add(HistoryCheck.leaf(id, entry));
                    writes.add(
                            "insert into complaint.anchor_draft (attempt, complaint_id, seq, hash, transactions) values (?, ?, ?, ?, ?)",
                            attempt,
                            id,
                            entry.sequence(),
                            entry.hash(),
                            entry.transactions());
                }
            }
            transaction.executeWithoutResult(status -> writes.send(database));
        }
        byte[] root = HistoryCheck.root(last.root(), leaves);
        transaction.executeWithoutResult(status -> new Writes()
                .addOne(
                        """
                        insert into complaint.anchor (number, at, epoch, txid, id, chains, previous_root, root)
                        values (?, ?, ?, ?::text::xid8, ?, ?, ?, ?)
                        """,
                        number,
                        time.instant(),
                        position.epoch(),
                        Long.toUnsignedString(position.txid()),
                        position.id(),
                        leaves.size(),
                        last.root(),
                        root)
                .add("""
                        insert into complaint.anchor_entry (number, complaint_id, seq, hash, transactions)
                        select ?, complaint_id, seq, hash, transactions from complaint.anchor_draft where attempt = ?
                        """, number, attempt)
                .add("delete from complaint.anchor_draft")
                .send(database));
        log.info("Anchor {} vouches for {} histories", number, leaves.size());
    }

    private Last last() {
        return jdbc.sql("""
                        select number, at, epoch, txid::text::bigint as txid, id, root
                        from complaint.anchor order by number desc limit 1
                        """)
                .query((row, index) -> new Last(
                        row.getInt("number"),
                        Objects.requireNonNull(Register.instant(row, "at")),
                        new Position(row.getInt("epoch"), row.getLong("txid"), row.getObject("id", UUID.class)),
                        Objects.requireNonNull(row.getBytes("root"))))
                .optional()
                .orElse(new Last(0, Instant.EPOCH, Position.START, Chain.BEGINNING));
    }

    @Override
    public void start() {
        running = true;
        if (enabled) {
            loop = Thread.ofVirtual().name("anchors").start(this::run);
        }
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(look);
                if (!last().at().plus(EVERY).isAfter(time.instant())) {
                    anchor();
                }
            } catch (InterruptedException e) {
                return;
            } catch (DataAccessException e) {
                log.warn("The daily anchor has to wait: {}", e.getMessage());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        loop.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
