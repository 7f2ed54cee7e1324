package io.bihuan.platform.search;

import com.ibm.icu.lang.UCharacter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReaderContext;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by any piece of their texts, newest first, on a Lucene index in a folder of this node. The index is a copy
 * that can always be built again: it heals itself when opened, and what was updated after the last {@link #commit} is lost with
 * the process, while the data of that commit tells where to go on. Safe for use by many threads; one at a time should feed it.
 */
public final class SearchIndex implements AutoCloseable {
    /** More hits than this are only reported as "more". */
    public static final int COUNTED = 1_000;

    public static final int MAX_LIMIT = 1_000;

    private static final int LAYOUT = 1;
    /** A reopened reader costs milliseconds at a million documents: a few a second at most. */
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** So many pairs of characters tell whether two texts are alike. */
    private static final int WINDOWS = 24;

    /** With fewer any two texts would be. */
    private static final int LEAST_WINDOWS = 6;

    private static final int LEAST_SHARED = 4;

    /** Where every pair is common, fewer of them are read: so many documents in all. */
    private static final long MOST_READ = 100_000;

    /** Of a text, this many tokens are compared. */
    private static final int LIKENESS_LIMIT = 400;

    private static final String ID = "id";
    private static final String SORT = "sort";
    private static final String SEQUENCE = "sequence";
    private static final String TEXT = "text";
    private static final String SINGLE = "single";
    private static final String FILTER = "filter.";
    private static final String NUMBER = "number.";
    private static final Sort NEWEST_FIRST =
            new Sort(new SortField(SORT, SortField.Type.LONG, true), new SortField(ID, SortField.Type.STRING, true));
    private static final FieldType PHRASES = indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    private static final FieldType TERMS = indexed(IndexOptions.DOCS);

    /**
     * One document. The same id again replaces it.
     *
     * @param sortKey greater is nearer to the beginning of a list; should not change, or a walk by cursor may miss it
     * @param sequence the version of the document, which {@link #awaitSequence} waits for
     * @param filters exact terms by field
     * @param numbers for ranges, by field
     * @param texts any piece of one of them finds the document
     */
    public record Document(
            String id,
            long sortKey,
            long sequence,
            Map<String, List<String>> filters,
            Map<String, Long> numbers,
            List<String> texts) {}

    /** Both ends belong to it. */
    public record Range(long from, long to) {}

    /**
     * What to look for.
     *
     * @param text words parted by white space, each a piece of text that must occur; without any letter, digit or sign to look
     *     for, it matches everything
     * @param filters every field must have one of the terms; an empty set matches nothing
     * @param ranges every field must have a number in the range
     * @param limit documents a page, 1 to {@link #MAX_LIMIT}
     */
    public record Query(
            String text,
            Map<String, Set<String>> filters,
            Map<String, Range> ranges,
            @Nullable Cursor after,
            int limit) {
        public Query {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MAX_LIMIT);
            }
        }
    }

    /**
     * What to look for in much the same words.
     *
     * @param filters every field must have one of the terms
     * @param without documents that are not meant
     */
    public record Likeness(String text, Map<String, Set<String>> filters, Set<String> without, int limit) {}

    /**
     * A page of a list.
     *
     * @param next where the next page begins; null on the last
     * @param total hits at the time of the first page, at least {@link #COUNTED} + 1 when not exact
     */
    public record Page(List<String> ids, @Nullable Cursor next, long total, boolean totalIsExact) {}

    private final Path folder;
    private final String version;
    private final Opening opening;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile Map<String, String> committed;

    private final ReentrantLock freshness = new ReentrantLock();
    private final Condition changed = freshness.newCondition();
    private volatile boolean stale;
    private volatile long refreshedNanos;
    private final AtomicLong refreshes = new AtomicLong();

    private SearchIndex(Path folder, String version) throws IOException {
        this.folder = folder;
        this.version = version;
        this.opening = IndexFolder.prepare(folder, version);
        this.directory = FSDirectory.open(folder);
        IndexWriter opened = null;
        try {
            opened = new IndexWriter(
                    directory,
                    new IndexWriterConfig()
                            .setIndexSort(NEWEST_FIRST)
                            .setRAMBufferSizeMB(32)
                            .setCommitOnClose(false));
            this.writer = opened;
            if (opening.isBlank()) {
                commit(Map.of());
            }
            this.committed = committedData(opened);
            this.searchers = new SearcherManager(opened, new SearcherFactory());
            this.refreshedNanos = System.nanoTime() - REFRESH_NANOS;
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.rollback();
            }
            directory.close();
            throw e;
        }
    }

    /**
     * Opens the index in a folder, which may be missing. Reads all of it once to verify its checksums (about a second a
     * gigabyte), and begins a new one when it is damaged or another schema's.
     *
     * @param schema changes whenever the caller builds its documents otherwise
     * @throws IllegalStateException when another process has it open
     * @throws UncheckedIOException when the folder can be neither used nor set aside
     */
    public static SearchIndex open(Path folder, String schema) {
        String version = schema + "/" + LAYOUT + "." + Tokens.VERSION + "/unicode " + UCharacter.getUnicodeVersion();
        try {
            return new SearchIndex(folder, version);
        } catch (IOException e) {
            throw new UncheckedIOException("The search index in " + folder + " cannot be opened", e);
        }
    }

    /** How the index was found. */
    public Opening opening() {
        return opening;
    }

    /** False once closed, by the caller or by itself after a disk error: then close it and open it again. */
    public boolean isOpen() {
        return writer.isOpen();
    }

    public void update(Document... documents) {
        update(Arrays.asList(documents));
    }

    public void update(List<Document> documents) {
        write(() -> {
            for (Document document : documents) {
                writer.updateDocument(new Term(ID, document.id()), fields(document));
            }
        });
    }

    public void delete(String id) {
        write(() -> writer.deleteDocuments(new Term(ID, id)));
    }

    /** Forgets all documents and the data of the last commit, at once and durably. */
    public void clear() {
        write(() -> {
            writer.deleteAll();
            commit(Map.of());
        });
    }

    /** Makes all updates so far durable, together with the caller's data, such as its position. */
    public synchronized void commit(Map<String, String> data) {
        var stored = new HashMap<>(data);
        stored.put(IndexFolder.VERSION_KEY, version);
        try {
            writer.setLiveCommitData(stored.entrySet());
            writer.commit();
            committed = Map.copyOf(data);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The data of the last commit; empty when there was none. */
    public Map<String, String> committed() {
        return committed;
    }

    private static Map<String, String> committedData(IndexWriter writer) {
        var data = new HashMap<String, String>();
        Iterable<Map.Entry<String, String>> stored = writer.getLiveCommitData();
        if (stored != null) {
            stored.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        data.remove(IndexFolder.VERSION_KEY);
        return Map.copyOf(data);
    }

    private static org.apache.lucene.document.Document fields(Document document) {
        var fields = new org.apache.lucene.document.Document();
        fields.add(new StringField(ID, document.id(), Field.Store.NO));
        fields.add(new SortedDocValuesField(ID, new BytesRef(document.id())));
        fields.add(NumericDocValuesField.indexedField(SORT, document.sortKey()));
        fields.add(new NumericDocValuesField(SEQUENCE, document.sequence()));
        document.filters()
                .forEach((name, terms) ->
                        terms.forEach(term -> fields.add(new StringField(FILTER + name, term, Field.Store.NO))));
        document.numbers().forEach((name, number) -> fields.add(new LongField(NUMBER + name, number, Field.Store.NO)));
        List<Tokens> texts = document.texts().stream().map(Tokens::of).toList();
        fields.add(new Field(TEXT, new Grams(texts), PHRASES));
        fields.add(new Field(SINGLE, new Singles(texts), TERMS));
        return fields;
    }

    /** A page of what matches. Updates show up within a fraction of a second; {@link #awaitSequence} waits for one. */
    public Page search(Query query) {
        refresh();
        return read(searcher -> page(searcher, query));
    }

    private static Page page(IndexSearcher searcher, Query query) throws IOException {
        Cursor after = query.after();
        FieldDoc from = after == null
                ? null
                : new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {after.sortKey(), new BytesRef(after.id())});
        // one more than asked for, to know whether there is a next page
        TopFieldDocs found = searcher.search(
                lucene(query),
                new TopFieldCollectorManager(NEWEST_FIRST, query.limit() + 1, from, after == null ? COUNTED : 1));
        List<FieldDoc> documents = Arrays.stream(found.scoreDocs)
                .limit(query.limit())
                .map(FieldDoc.class::cast)
                .toList();
        List<String> ids = documents.stream().map(SearchIndex::id).toList();
        long total = after == null ? found.totalHits.value() : after.total();
        boolean exact =
                after == null ? found.totalHits.relation() == TotalHits.Relation.EQUAL_TO : after.totalIsExact();
        boolean more = found.scoreDocs.length > query.limit();
        return new Page(ids, more ? cursor(documents.getLast(), total, exact) : null, total, exact);
    }

    private static Cursor cursor(FieldDoc last, long total, boolean exact) {
        return new Cursor((Long) values(last)[0], id(last), total, exact);
    }

    private static String id(FieldDoc document) {
        return ((BytesRef) values(document)[1]).utf8ToString();
    }

    private static Object[] values(FieldDoc document) {
        if (document.fields == null) {
            throw new IllegalStateException("a sorted hit without its sort values");
        }
        return document.fields;
    }

    private static org.apache.lucene.search.Query lucene(Query query) {
        var all = new BooleanQuery.Builder();
        for (Tokens word : Tokens.words(query.text())) {
            all.add(
                    word.size() == 1 ? new TermQuery(new Term(SINGLE, word.toString())) : Grams.phrase(TEXT, word),
                    Occur.FILTER);
        }
        query.filters().forEach((name, terms) -> {
            List<BytesRef> wanted = terms.stream().map(BytesRef::new).toList();
            all.add(new TermInSetQuery(FILTER + name, wanted), Occur.FILTER);
        });
        query.ranges()
                .forEach((name, range) ->
                        all.add(LongField.newRangeQuery(NUMBER + name, range.from(), range.to()), Occur.FILTER));
        Cursor after = query.after();
        if (after != null) {
            // the documents before the cursor are jumped over, not walked
            all.add(NumericDocValuesField.newSlowRangeQuery(SORT, Long.MIN_VALUE, after.sortKey()), Occur.FILTER);
        }
        BooleanQuery built = all.build();
        return built.clauses().isEmpty() ? MatchAllDocsQuery.INSTANCE : built;
    }

    /**
     * Documents in much the same words, the newest first: they share four tenths of the {@value #WINDOWS} rarest pairs of characters
     * that the text has in common with any document. What only the documents in {@code without} say does not count.
     */
    public List<String> similar(Likeness likeness) {
        Tokens tokens = Tokens.ofAtMost(likeness.text(), LIKENESS_LIMIT);
        if (tokens.size() < LEAST_WINDOWS + 1) {
            return List.of();
        }
        refresh();
        return read(searcher -> {
            List<TermQuery> windows =
                    rarest(searcher, tokens, likeness.without().size());
            if (windows.size() < LEAST_WINDOWS) {
                return List.of();
            }
            var words = new BooleanQuery.Builder()
                    .setMinimumNumberShouldMatch(Math.max(LEAST_SHARED, Math.ceilDiv(windows.size() * 2, 5)));
            windows.forEach(window -> words.add(window, Occur.SHOULD));
            var all = new BooleanQuery.Builder().add(words.build(), Occur.FILTER);
            likeness.filters().forEach((name, terms) -> {
                List<BytesRef> wanted = terms.stream().map(BytesRef::new).toList();
                all.add(new TermInSetQuery(FILTER + name, wanted), Occur.FILTER);
            });
            likeness.without().forEach(id -> all.add(new TermQuery(new Term(ID, id)), Occur.MUST_NOT));
            TopFieldDocs found =
                    searcher.search(all.build(), new TopFieldCollectorManager(NEWEST_FIRST, likeness.limit(), null, 1));
            return Arrays.stream(found.scoreDocs)
                    .map(FieldDoc.class::cast)
                    .map(SearchIndex::id)
                    .toList();
        });
    }

    private static List<TermQuery> rarest(IndexSearcher searcher, Tokens tokens, int own) throws IOException {
        List<Window> windows = windows(searcher, tokens).stream()
                .filter(window -> window.documents() > own)
                .sorted(Comparator.comparingInt(Window::documents))
                .toList();
        var rarest = new ArrayList<TermQuery>();
        long read = 0;
        for (Window window : windows) {
            read += window.documents();
            boolean isEnough = rarest.size() >= LEAST_WINDOWS && read > MOST_READ;
            if (isEnough || rarest.size() == WINDOWS) {
                break;
            }
            rarest.add(new TermQuery(new Term(TEXT, window.pair()), window.places()));
        }
        return rarest;
    }

    /** A pair of characters, and where the postings of it begin in each segment. */
    private record Window(BytesRef pair, TermStates places) {
        int documents() {
            return places.docFreq();
        }
    }

    /**
     * All pairs of a text, each looked up once: in the order in which they stand in the dictionary and with one reader of it per
     * segment, since two that follow each other often stand in one block.
     */
    private static List<Window> windows(IndexSearcher searcher, Tokens tokens) throws IOException {
        IndexReaderContext top = searcher.getTopReaderContext();
        List<Window> windows = Grams.pairs(tokens).stream()
                .map(BytesRef::new)
                .sorted()
                .map(pair -> new Window(pair, new TermStates(top)))
                .toList();
        for (LeafReaderContext leaf : top.leaves()) {
            Terms terms = leaf.reader().terms(TEXT);
            if (terms == null) {
                continue;
            }
            TermsEnum dictionary = terms.iterator();
            for (Window window : windows) {
                if (dictionary.seekExact(window.pair())) {
                    window.places()
                            .register(
                                    dictionary.termState(), leaf.ord, dictionary.docFreq(), dictionary.totalTermFreq());
                }
            }
        }
        return windows;
    }

    /** Documents that a search can find now. */
    public int size() {
        refresh();
        return read(searcher -> searcher.getIndexReader().numDocs());
    }

    /** The sequence of the document that a search can find now; −1 when it finds none. */
    public long sequenceOf(String id) {
        return read(searcher -> {
            ScoreDoc[] found = searcher.search(new TermQuery(new Term(ID, id)), 1).scoreDocs;
            if (found.length == 0) {
                return -1L;
            }
            var leaves = searcher.getIndexReader().leaves();
            var leaf = leaves.get(ReaderUtil.subIndex(found[0].doc, leaves));
            var sequences = DocValues.getNumeric(leaf.reader(), SEQUENCE);
            return sequences.advanceExact(found[0].doc - leaf.docBase) ? sequences.longValue() : -1L;
        });
    }

    /** Waits until a search shows the document with at least this sequence; false when that took too long. */
    public boolean awaitSequence(String id, long sequence, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            refresh();
            long seen = refreshes.get();
            if (sequenceOf(id) >= sequence) {
                return true;
            }
            if (deadline - System.nanoTime() <= 0 || !awaitRefresh(seen, deadline)) {
                return false;
            }
        }
    }

    /** Returns when searches were refreshed, may be, or it is too late; false when interrupted. */
    private boolean awaitRefresh(long seen, long deadline) {
        freshness.lock();
        try {
            while (refreshes.get() == seen) {
                long now = System.nanoTime();
                long left = deadline - now;
                long nanos = stale ? Math.min(left, refreshedNanos + REFRESH_NANOS - now) : left;
                if (nanos <= 0) {
                    return true;
                }
                changed.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            freshness.unlock();
        }
    }

    /** Shows the updates so far to searches, unless that was done a moment ago; says whether it did. */
    public boolean refresh() {
        if (!stale || System.nanoTime() - refreshedNanos < REFRESH_NANOS) {
            return false;
        }
        freshness.lock();
        try {
            if (!stale || System.nanoTime() - refreshedNanos < REFRESH_NANOS) {
                return false;
            }
            stale = false;
            searchers.maybeRefreshBlocking();
            refreshedNanos = System.nanoTime();
            refreshes.incrementAndGet();
            changed.signalAll();
            return true;
        } catch (IOException e) {
            stale = true;
            throw failed(e);
        } finally {
            freshness.unlock();
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    private void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw failed(e);
        }
        if (!stale) {
            freshness.lock();
            try {
                stale = true;
                changed.signalAll();
            } finally {
                freshness.unlock();
            }
        }
    }

    private <T> T read(Reading<T> reading) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.from(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException("The search index in " + folder + " failed", cause);
    }

    private static FieldType indexed(IndexOptions options) {
        var type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /** Drops what was not committed, and gives the folder free. */
    @Override
    public void close() {
        try (directory;
                writer) {
            searchers.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
