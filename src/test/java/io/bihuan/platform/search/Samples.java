package io.bihuan.platform.search;

import io.bihuan.platform.search.SearchIndex.Document;
import io.bihuan.platform.search.SearchIndex.Page;
import io.bihuan.platform.search.SearchIndex.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short forms for the tests of the search. */
final class Samples {
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private Samples() {}

    static Document document(String id, long sortKey, String... texts) {
        return new Document(id, sortKey, 1, Map.of(), Map.of(), List.of(texts));
    }

    static Query query(String text) {
        return query(text, null, SearchIndex.MAX_LIMIT);
    }

    static Query query(String text, @Nullable Cursor after, int limit) {
        return new Query(text, Map.of(), Map.of(), after, limit);
    }

    /** Returns when searches show the document. */
    static void shown(SearchIndex index, String id) {
        shown(index, id, 1);
    }

    static void shown(SearchIndex index, String id, long sequence) {
        if (!index.awaitSequence(id, sequence, GENEROUS)) {
            throw new AssertionError(id + " did not show up with sequence " + sequence);
        }
    }

    /** Ids of all pages, walked by the cursor's text as a browser would. */
    static List<String> walk(SearchIndex index, String text, int limit) {
        var ids = new ArrayList<String>();
        Cursor after = null;
        do {
            Page page = index.search(query(text, after, limit));
            ids.addAll(page.ids());
            Cursor next = page.next();
            after = next == null ? null : Cursor.parse(next.toString());
        } while (after != null);
        return ids;
    }
}
