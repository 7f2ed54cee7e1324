package io.bihuan.complaint;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Policies;
import io.bihuan.clock.Subject;
import io.bihuan.complaint.HistorySource.Anchored;
import io.bihuan.complaint.HistorySource.Head;
import io.bihuan.complaint.HistorySource.StoredAnchor;
import io.bihuan.complaint.HistorySource.StoredChain;
import io.bihuan.complaint.HistorySource.StoredEvent;
import io.bihuan.platform.database.Epochs;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The histories of the database, read page by page, each page in one snapshot, so that it can be verified while people work. */
@Component
class StoredHistory implements HistorySource {
    private static final int PAGE = 200;
    private final JdbcClient jdbc;
    private final Register register;
    private final EventCodec codec;
    private final Epochs epochs;
    private final Clocks clocks;
    private final Policies policies;
    private final Calendars calendars;
    private final EscalatedComplaints escalated;
    private final TransactionTemplate snapshot;

    StoredHistory(
            JdbcClient jdbc,
            Register register,
            EventCodec codec,
            Epochs epochs,
            Clocks clocks,
            Policies policies,
            Calendars calendars,
            EscalatedComplaints escalated,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.register = register;
        this.codec = codec;
        this.clocks = clocks;
        this.policies = policies;
        this.calendars = calendars;
        this.escalated = escalated;
        this.epochs = epochs;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    private record Row(
            Complaint complaint, Head head, @Nullable SubjectKey key, Map<String, @Nullable Object> derived) {}

    private record Loaded(UUID complaintId, StoredEvent event) {}

    @Override
    public void forEachChain(Consumer<StoredChain> reader) {
        UUID last = new UUID(0, 0);
        while (true) {
            UUID after = last;
            List<StoredChain> page = Objects.requireNonNull(snapshot.execute(status -> page(after)));
            page.forEach(reader);
            if (page.size() < PAGE) {
                return;
            }
            last = page.getLast().complaintId();
        }
    }

    private List<StoredChain> page(UUID after) {
        List<UUID> ids = jdbc.sql("""
                        (select id from complaint.complaint where id > :after order by id limit :page)
                        union
                        (select complaint_id from complaint.anchor_entry where complaint_id > :after
                        group by complaint_id order by complaint_id limit :page)
                        union
                        (select complaint_id from complaint.event where complaint_id > :after
                        group by complaint_id order by complaint_id limit :page)
                        order by 1 limit :page
                        """)
                .param("after", after)
                .param("page", PAGE)
                .query(UUID.class)
                .list();
        Map<UUID, Row> rows = rows(ids);
        Map<UUID, List<StoredEvent>> events = events(ids);
        Map<UUID, List<Anchored>> anchored = anchored(ids);
        Map<UUID, List<Clock>> stored = clocks.allOf(ids);
        Map<UUID, Set<EscalatedComplaints.Listed>> listed = escalated.of(ids);
        var chains = new ArrayList<StoredChain>();
        for (UUID id : ids) {
            Row row = rows.get(id);
            List<StoredEvent> history = events.getOrDefault(id, List.of());
            chains.add(new StoredChain(
                    id,
                    row == null ? null : row.head(),
                    history,
                    anchored.getOrDefault(id, List.of()),
                    row == null
                            ? List.of()
                            : differences(
                                    row,
                                    history,
                                    stored.getOrDefault(id, List.of()),
                                    listed.getOrDefault(id, Set.of()))));
        }
        return chains;
    }

    private List<String> differences(
            Row row, List<StoredEvent> events, List<Clock> stored, Set<EscalatedComplaints.Listed> listed) {
        try {
            UUID id = row.complaint().id();
            var replay = new ClockReplay(policies, calendars, new Subject(ComplaintClocks.SUBJECT, id));
            Complaint state = replay(id, events, row.key(), replay::follow);
            var differences = new ArrayList<String>();
            register.differences(state, row.complaint(), row.derived())
                    .forEach(column ->
                            differences.add("column %s is not what the history adds up to".formatted(column)));
            differences.addAll(replay.differences(stored, ComplaintClocks.subject(state)));
            if (!listed.equals(EscalatedComplaints.of(state))) {
                differences.add("for whom it is listed as escalated is not what the history adds up to");
            }
            return differences;
        } catch (RuntimeException e) {
            return List.of("the history cannot be replayed: " + e.getMessage());
        }
    }

    /** The state that the events add up to. */
    Complaint replay(UUID id, List<StoredEvent> events, @Nullable SubjectKey key) {
        return replay(id, events, key, (event, after) -> {});
    }

    private Complaint replay(
            UUID id, List<StoredEvent> events, @Nullable SubjectKey key, BiConsumer<HistoryEvent, Complaint> each) {
        Complaint state = null;
        for (StoredEvent stored : events) {
            EventCodec.Content content = codec.read(stored.type(), stored.data(), key);
            var event = new HistoryEvent(
                    stored.id(),
                    stored.sequence(),
                    stored.at(),
                    io.bihuan.platform.Actor.parse(stored.actor()),
                    content.event(),
                    content.clocks());
            state = state == null ? Complaint.first(id, event) : state.after(event);
            each.accept(event, state);
        }
        if (state == null) {
            throw new IllegalStateException("it has no events");
        }
        return state;
    }

    private Map<UUID, Row> rows(Collection<UUID> ids) {
        var rows = new HashMap<UUID, Row>();
        jdbc.sql("select * from complaint.complaint where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    Register.Found found = register.found(row, 0);
                    rows.put(
                            found.complaint().id(),
                            new Row(
                                    found.complaint(),
                                    new Head(row.getInt("version"), found.head()),
                                    found.key(),
                                    register.derived(row)));
                });
        return rows;
    }

    private Map<UUID, List<StoredEvent>> events(Collection<UUID> ids) {
        // The row's own xmin tells which transaction wrote it last: another one than that of the event means that it
        // was written again. After a restore (an older epoch) rows carry other transactions, and only the anchors know.
        return jdbc
                .sql("""
                        select complaint_id, seq, at, actor, type, data, previous_hash, hash, txid::text::bigint as txid, epoch, id,
                            epoch < :epoch or xmin::text::bigint = txid::text::bigint % 4294967296 as untouched
                        from complaint.event where complaint_id = any(:ids) order by complaint_id, seq
                        """)
                .param("epoch", epochs.current())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, index) -> new Loaded(row.getObject("complaint_id", UUID.class), stored(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Loaded::complaintId, Collectors.mapping(Loaded::event, Collectors.toList())));
    }

    private static StoredEvent stored(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getInt("seq"),
                Objects.requireNonNullElse(Register.instant(row, "at"), Instant.EPOCH),
                Objects.requireNonNull(row.getString("actor")),
                Objects.requireNonNull(row.getString("type")),
                Objects.requireNonNull(row.getBytes("data")),
                Objects.requireNonNull(row.getBytes("previous_hash")),
                Objects.requireNonNull(row.getBytes("hash")),
                row.getLong("txid"),
                row.getInt("epoch"),
                row.getObject("id", UUID.class),
                row.getBoolean("untouched"));
    }

    private Map<UUID, List<Anchored>> anchored(Collection<UUID> ids) {
        var anchored = new HashMap<UUID, List<Anchored>>();
        jdbc.sql("""
                        select complaint_id, number, seq, hash, transactions from complaint.anchor_entry
                        where complaint_id = any(:ids) order by complaint_id, number
                        """).param("ids", ids.toArray(UUID[]::new)).query((ResultSet row) -> {
            anchored.computeIfAbsent(row.getObject("complaint_id", UUID.class), id -> new ArrayList<>())
                    .add(new Anchored(
                            row.getInt("number"),
                            row.getInt("seq"),
                            Objects.requireNonNull(row.getBytes("hash")),
                            Objects.requireNonNull(row.getBytes("transactions"))));
        });
        return anchored;
    }

    @Override
    public List<StoredAnchor> anchors() {
        // bounded: one a day
        return jdbc.sql("select number, at, chains, previous_root, root from complaint.anchor order by number")
                .query((row, index) -> new StoredAnchor(
                        row.getInt("number"),
                        Objects.requireNonNull(Register.instant(row, "at")),
                        row.getInt("chains"),
                        Objects.requireNonNull(row.getBytes("previous_root")),
                        Objects.requireNonNull(row.getBytes("root"))))
                .list();
    }

    /** The chains of these complaints as they stand, without looking at their rows. */
    Map<UUID, List<StoredEvent>> chains(Collection<UUID> ids) {
        return events(ids);
    }
}
