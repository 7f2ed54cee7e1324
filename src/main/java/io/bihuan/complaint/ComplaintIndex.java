package io.bihuan.complaint;

import io.bihuan.platform.WhenServing;
import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
import io.bihuan.platform.search.Opening;
import io.bihuan.platform.search.SearchIndex;
import io.bihuan.privacy.Personal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps this node's search index. It follows the history, and its position is stored in the index itself, so that the two cannot
 * drift. A lost, damaged or foreign index is filled again from the complaints, from where the last attempt stopped.
 */
@Component
@WhenServing
class ComplaintIndex implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ComplaintIndex.class);
    private static final int PAGE = 500;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(2);
    /** Small segments cost merges: whoever searches or waits for his own write has the index refreshed at once. */
    private static final long REFRESH_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /** What a crash loses of the index is read again from the history. */
    private static final long COMMIT_EVERY_NANOS = Duration.ofSeconds(15).toNanos();

    private static final String POSITION = "position";
    private static final String EPOCH = "epoch";
    private static final String REBUILT_TO = "rebuilt-to";

    private final Path folder;
    private final JdbcClient jdbc;
    private final Register register;
    private final History history;
    private final Feed feed;
    private final Epochs epochs;
    // Lucene closes the files under a thread that is interrupted: this one is asked to stop.
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile Thread loop = Thread.ofVirtual().unstarted(() -> {});
    private volatile @Nullable SearchIndex index;
    private volatile IndexStatus.State state = IndexStatus.State.OPENING;
    private volatile String note = "";
    private long committedAt;
    private long refreshedAt;

    ComplaintIndex(
            @Value("${bihuan.data:./data}") Path data,
            JdbcClient jdbc,
            Register register,
            History history,
            Feed feed,
            Epochs epochs) {
        this.folder = data.resolve("search");
        this.jdbc = jdbc;
        this.register = register;
        this.history = history;
        this.feed = feed;
        this.epochs = epochs;
    }

    /** The index as soon as it is open; it may still be filling. */
    Optional<SearchIndex> searchable() {
        SearchIndex open = index;
        return open != null && open.isOpen() ? Optional.of(open) : Optional.empty();
    }

    boolean isComplete() {
        return state == IndexStatus.State.CURRENT;
    }

    IndexStatus status() {
        return new IndexStatus(state, searchable().map(SearchIndex::size).orElse(0), note);
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        loop = Thread.ofPlatform().name("complaint-index").daemon().start(this::run);
    }

    @Override
    public void stop() {
        stop.countDown();
        try {
            loop.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return stop.getCount() > 0;
    }

    private void run() {
        try {
            while (isRunning()) {
                try (SearchIndex opened = SearchIndex.open(folder, schema())) {
                    index = opened;
                    keepUp(opened);
                } catch (RuntimeException e) {
                    if (isRunning()) {
                        state = IndexStatus.State.FAILING;
                        note = String.valueOf(e.getMessage());
                        log.warn("The search index stands still and is opened again: {}", e.toString());
                        pause(AFTER_ERROR);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(Duration pause) throws InterruptedException {
        stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Changes with the layout of our documents and with the database whose complaints they are. */
    private String schema() {
        return "complaint-2/" + jdbc.sql("""
                        select system_identifier || '/' || (select oid from pg_database where datname = current_database())
                        from pg_control_system()
                        """).query(String.class).single();
    }

    private void keepUp(SearchIndex open) throws InterruptedException {
        Map<String, String> committed = open.committed();
        int epoch = epochs.current();
        if (!committed.getOrDefault(EPOCH, String.valueOf(epoch)).equals(String.valueOf(epoch))) {
            log.info("A new epoch began: the search index is built anew");
            open.clear();
            committed = Map.of();
        }
        if (open.opening().state() != Opening.State.INTACT) {
            note = open.opening().reason();
            log.info("The search index is built anew: {}", note);
        }
        Position position = committed.containsKey(POSITION)
                ? Position.parse(Objects.requireNonNull(committed.get(POSITION)))
                : feed.newest(epoch);
        if (!committed.containsKey(POSITION) || committed.containsKey(REBUILT_TO)) {
            state = IndexStatus.State.REBUILDING;
            rebuild(open, position, UUID.fromString(committed.getOrDefault(REBUILT_TO, new UUID(0, 0).toString())));
        }
        if (!isRunning()) {
            return;
        }
        state = IndexStatus.State.CURRENT;
        note = "";
        follow(open, position);
    }

    /** Some complaints as documents; {@code last} is null where there is none any more. */
    private record Piece(@Nullable UUID last, List<SearchIndex.Document> documents) {}

    /**
     * Fills the index with all complaints; what changes meanwhile comes after the position, which was taken first. One piece is read
     * while the one before it is written: half of the work is PostgreSQL's and the decryption's.
     */
    private void rebuild(SearchIndex open, Position position, UUID from) throws InterruptedException {
        long done = 0;
        try (var reader = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Piece> reading = reader.submit(() -> piece(from));
            while (isRunning()) {
                Piece piece = read(reading);
                UUID last = piece.last();
                if (last == null) {
                    commit(open, Map.of(POSITION, position.toString()));
                    log.info("The search index is complete: {} complaints", done);
                    return;
                }
                reading = reader.submit(() -> piece(last));
                open.update(piece.documents());
                done += piece.documents().size();
                if (done % 20_000 == 0) {
                    log.info("The search index has {} complaints", done);
                }
                if (System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) {
                    commit(open, Map.of(POSITION, position.toString(), REBUILT_TO, last.toString()));
                }
            }
        }
    }

    private Piece piece(UUID after) {
        List<UUID> ids = jdbc.sql("select id from complaint.complaint where id > :last order by id limit :page")
                .param("last", after)
                .param("page", PAGE)
                .query(UUID.class)
                .list();
        return ids.isEmpty() ? new Piece(null, List.of()) : new Piece(ids.getLast(), documents(ids));
    }

    private static Piece read(Future<Piece> reading) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Complaints for the search index cannot be read", e.getCause());
        }
    }

    private void follow(SearchIndex open, Position from) throws InterruptedException {
        Position position = from;
        Position stored = from;
        while (isRunning() && open.isOpen()) {
            List<Feed.Entry> page = feed.after(position, epochs.current(), PAGE);
            if (!page.isEmpty()) {
                open.update(documents(
                        page.stream().map(Feed.Entry::subjectId).distinct().toList()));
                position = page.getLast().position();
            }
            if (System.nanoTime() - refreshedAt > REFRESH_EVERY_NANOS) {
                open.refresh();
                refreshedAt = System.nanoTime();
            }
            if (!position.equals(stored) && System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) {
                commit(open, Map.of(POSITION, position.toString()));
                stored = position;
            }
            if (page.isEmpty()) {
                pause(POLL);
            }
        }
        if (open.isOpen()) {
            commit(open, Map.of(POSITION, position.toString()));
        }
    }

    private void commit(SearchIndex open, Map<String, String> data) {
        var all = new HashMap<>(data);
        all.put(EPOCH, String.valueOf(epochs.current()));
        open.commit(all);
        committedAt = System.nanoTime();
    }

    private List<SearchIndex.Document> documents(Collection<UUID> ids) {
        List<Register.Found> found = withLiving(register.find(ids));
        var below = new HashMap<UUID, List<Register.Found>>();
        for (Register.Found each : found) {
            if (!each.complaint().joined().isEmpty()) {
                below.put(
                        each.complaint().id(),
                        register.below(List.of(each.complaint().number())));
            }
        }
        var all = new LinkedHashMap<UUID, Register.Found>();
        Stream.concat(found.stream(), below.values().stream().flatMap(List::stream))
                .forEach(each -> all.putIfAbsent(each.complaint().id(), each));
        Map<UUID, List<String>> said = history.texts(List.copyOf(all.values()));
        return found.stream()
                .map(each -> document(
                        each.complaint(),
                        Stream.concat(
                                        Stream.of(each),
                                        below.getOrDefault(each.complaint().id(), List.of()).stream())
                                .flatMap(one -> texts(
                                        one.complaint(),
                                        said.getOrDefault(one.complaint().id(), List.of())))
                                .toList()))
                .toList();
    }

    /** What is joined is found as the complaint in which it goes on: that one is to be written again too. */
    private List<Register.Found> withLiving(List<Register.Found> found) {
        var living = new HashSet<UUID>();
        for (Register.Found each : found) {
            if (each.complaint().isJoined()) {
                living.add(register.upFrom(each.complaint().number()).getLast().id());
            }
        }
        found.forEach(each -> living.remove(each.complaint().id()));
        return living.isEmpty()
                ? found
                : Stream.concat(found.stream(), register.find(living).stream()).toList();
    }

    private static Stream<String> texts(Complaint complaint, List<String> said) {
        var texts = new ArrayList<String>();
        texts.add(complaint.number().digits());
        Stream.of(
                        Personal.text(complaint.title()),
                        Personal.text(complaint.content()),
                        Personal.text(complaint.customer().name()),
                        Objects.requireNonNullElse(complaint.externalNumber(), ""))
                .filter(text -> !text.isBlank())
                .forEach(texts::add);
        complaint.product().values().forEach(value -> texts.add(Personal.text(value)));
        texts.addAll(said);
        return texts.stream();
    }

    private static SearchIndex.Document document(Complaint complaint, List<String> texts) {
        var filters = new HashMap<String, List<String>>();
        filters.put("state", List.of(complaint.isJoined() ? "JOINED" : complaint.isOpen() ? "OPEN" : "ARCHIVED"));
        filter(filters, "line", complaint.businessLine());
        filter(filters, "stage", complaint.stage());
        filter(filters, "severity", complaint.severity());
        filter(filters, "priority", complaint.priority());
        filter(filters, "kind", complaint.kind());
        filter(filters, "channel", complaint.channel());
        filter(filters, "category", complaint.category());
        filter(filters, "department", complaint.department());
        filter(filters, "owner", complaint.owner());
        filter(filters, "handler", complaint.handler());
        return new SearchIndex.Document(
                complaint.id().toString(),
                Chain.micros(complaint.receivedAt()),
                complaint.version(),
                filters,
                Map.of(),
                complaint.isJoined() ? List.of() : texts);
    }

    private static void filter(Map<String, List<String>> filters, String field, @Nullable Object value) {
        if (value != null) {
            filters.put(field, List.of(value.toString()));
        }
    }
}
