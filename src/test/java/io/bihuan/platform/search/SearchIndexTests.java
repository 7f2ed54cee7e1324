package io.bihuan.platform.search;

import static io.bihuan.platform.search.Samples.document;
import static io.bihuan.platform.search.Samples.query;
import static io.bihuan.platform.search.Samples.shown;
import static io.bihuan.platform.search.Samples.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.search.SearchIndex.Document;
import io.bihuan.platform.search.SearchIndex.Page;
import io.bihuan.platform.search.SearchIndex.Query;
import io.bihuan.platform.search.SearchIndex.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchIndexTests {
    @TempDir
    private Path folder;

    private SearchIndex index;

    @BeforeEach
    void open() {
        index = SearchIndex.open(folder, "test 1");
    }

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource({
        "35GW空, KFR-35GW空调不制冷",
        "FR-35G, KFR-35GW空调不制冷",
        "KFR35GW, KFR-35GW空调不制冷",
        "kfr-35gw, ＫＦＲ－３５ＧＷ空调",
        "收280元, 师傅上门收280元",
        "80元, 师傅上门收280元",
        "80, 师傅上门收280元",
        "8, 师傅上门收280元",
        "空, 空调",
        "空调, 空调",
        "调不制, KFR-35GW空调不制冷",
        "门收, 上门、收费",
        "空調, 空调漏水",
        "维修费, 維修費過高",
        "ＡＢ, xab-1",
        "𠮷野, 𠮷野家",
        "𠮷, 𠮷野家",
        "差😡, 很差😡",
        "hello wor, say hello-world",
        "LSVAA4187E2184847, 车架号lsvaa4187e2184847。",
        "187E218, 车架号lsvaa4187e2184847。",
        "осква, МОСКВА",
    })
    void anyPieceOfATextFindsIt(String piece, String text) {
        index.update(document("a", 1, text), document("b", 2, "冰箱噪音大 zz99"));
        shown(index, "b");
        assertThat(index.search(query(piece)).ids()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "调空, 空调",
        "空冷, 空调不制冷",
        "hered, the red",
        "1234, '1,234'",
        "35GX, KFR-35GW",
        "280元整, 收280元",
        "b-c, aboc",
        "冰箱, 冰山箱子",
    })
    void whatIsNotInATextDoesNotFindIt(String piece, String text) {
        index.update(document("a", 1, text), document("b", 2, piece));
        shown(index, "b");
        assertThat(index.search(query(piece)).ids()).containsExactly("b");
    }

    @Test
    void noPieceSpansTwoTexts() {
        index.update(document("a", 1, "空调漏", "水管", "a", "bc"), document("b", 2, "漏水管", "abc"));
        shown(index, "b");
        assertThat(index.search(query("漏水")).ids()).containsExactly("b");
        assertThat(index.search(query("漏水管")).ids()).containsExactly("b");
        assertThat(index.search(query("abc")).ids()).containsExactly("b");
        assertThat(index.search(query("水管 漏")).ids()).containsExactly("b", "a");
    }

    @Test
    void allWordsMustOccurInAnyOrder() {
        index.update(document("a", 1, "空调漏水", "李先生"), document("b", 2, "空调不制冷"), document("c", 3, "冰箱漏水"));
        shown(index, "c");
        assertThat(index.search(query("漏水 空调")).ids()).containsExactly("a");
        assertThat(index.search(query("漏水\u3000李先")).ids()).containsExactly("a");
        assertThat(index.search(query("漏水")).ids()).containsExactly("c", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "，。", "?!"})
    void aQueryWithoutAnythingToLookForMatchesAll(String nothing) {
        index.update(document("a", 1, "空调"), document("b", 3), document("c", 2, ""));
        shown(index, "c");
        assertThat(index.search(query(nothing)).ids()).containsExactly("b", "c", "a");
    }

    @Test
    void aMegabyteOfTextIsFoundByItsEnd() {
        index.update(document("a", 1, "空调 mode12 ".repeat(100_000) + "尾巴" + "x".repeat(100_000) + "yz"));
        shown(index, "a");
        assertThat(index.search(query("尾巴xxx")).ids()).containsExactly("a");
        assertThat(index.search(query("xxyz")).ids()).containsExactly("a");
        assertThat(index.search(query("yzx")).ids()).isEmpty();
        assertThat(index.search(query("空调 mode12 ".repeat(1_000))).ids()).containsExactly("a");
    }

    @Test
    void filtersNarrowEachFieldToSomeTermsAndNumbersToARange() {
        index.update(
                filtered("a", 1, Map.of("scope", List.of("east"), "stage", List.of("HANDLE")), 10),
                filtered("b", 2, Map.of("scope", List.of("east", "west"), "stage", List.of("ARCHIVE")), 20),
                filtered("c", 3, Map.of("scope", List.of("north"), "stage", List.of("HANDLE")), 30));
        shown(index, "c");
        assertThat(filter(Map.of("scope", Set.of("east")), Map.of())).containsExactly("b", "a");
        assertThat(filter(Map.of("scope", Set.of("west", "north")), Map.of())).containsExactly("c", "b");
        assertThat(filter(Map.of("scope", Set.of("east", "north"), "stage", Set.of("HANDLE")), Map.of()))
                .containsExactly("c", "a");
        assertThat(filter(Map.of("scope", Set.of()), Map.of())).isEmpty();
        assertThat(filter(Map.of("scope", Set.of("eas")), Map.of())).isEmpty();
        assertThat(filter(Map.of(), Map.of("due", new Range(10, 20)))).containsExactly("b", "a");
        assertThat(filter(Map.of("stage", Set.of("HANDLE")), Map.of("due", new Range(11, 99))))
                .containsExactly("c");
    }

    private static Document filtered(String id, long sortKey, Map<String, List<String>> filters, long due) {
        return new Document(id, sortKey, 1, filters, Map.of("due", due), List.of("空调"));
    }

    private List<String> filter(Map<String, Set<String>> filters, Map<String, Range> ranges) {
        return index.search(new Query("空调", filters, ranges, null, 10)).ids();
    }

    @Test
    void pagesNeitherOverlapNorLoseWhileDocumentsComeAndGo() {
        var original = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            // ten documents share each sort key
            index.update(document("o%03d".formatted(i), i / 10, "空调" + i));
            original.add("o%03d".formatted(i));
        }
        shown(index, "o199");
        var seen = new ArrayList<String>();
        Cursor after = null;
        int page = 0;
        do {
            Page found = index.search(query("空调", after, 23));
            assertThat(found.total()).isEqualTo(200);
            assertThat(found.totalIsExact()).isTrue();
            assertThat(found.ids()).hasSizeLessThanOrEqualTo(23);
            seen.addAll(found.ids());
            Cursor next = found.next();
            after = next == null ? null : Cursor.parse(next.toString());
            page++;
            String newer = "newer" + page;
            index.update(document(newer, 1_000 + page, "空调"), document("between" + page, page % 20, "空调"));
            index.delete("between" + (page - 2));
            index.commit(Map.of());
            shown(index, newer);
        } while (after != null);
        assertThat(seen).doesNotHaveDuplicates().containsAll(original).noneMatch(id -> id.startsWith("newer"));
        assertThat(seen.stream().filter(id -> id.startsWith("o")).toList()).isEqualTo(original.reversed());
    }

    @Test
    void theLastPageSaysSo() {
        index.update(document("a", 1, "空调"), document("b", 2, "空调"));
        shown(index, "b");
        assertThat(index.search(query("空调", null, 2)).next()).isNull();
        assertThat(index.search(query("空调", null, 1)).next()).isNotNull();
        assertThat(walk(index, "空调", 1)).containsExactly("b", "a");
        assertThat(index.search(query("冰箱", null, 2))).isEqualTo(new Page(List.of(), null, 0, true));
    }

    @Test
    void beyondAThousandTheTotalIsMore() {
        index.update(IntStream.range(0, 3_000)
                .mapToObj(i -> document("d" + i, i, i < 1_000 ? "空调漏水" : "空调"))
                .toList());
        shown(index, "d2999");
        assertThat(index.search(query("漏水", null, 10)).total()).isEqualTo(1_000);
        assertThat(index.search(query("漏水", null, 10)).totalIsExact()).isTrue();
        Page many = index.search(query("空调", null, 10));
        assertThat(many.total()).isGreaterThan(SearchIndex.COUNTED);
        assertThat(many.totalIsExact()).isFalse();
        assertThat(walk(index, "空调", 333))
                .hasSize(3_000)
                .doesNotHaveDuplicates()
                .startsWith("d2999", "d2998");
    }

    @Test
    void aPageIsBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> query("", null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> query("", null, SearchIndex.MAX_LIMIT + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "MSwyLCs", "YSwxLD0saWQ", "空调"})
    void aWrongCursorIsRefused(String cursor) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse(cursor));
    }

    @Test
    void aCursorSurvivesItsTextForm() {
        var cursor = new Cursor(Long.MIN_VALUE, "空,调 \u0000", 7, false);
        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void anUpdateReplacesTheDocumentAndADeletionRemovesIt() {
        index.update(document("a", 1, "空调漏水"), document("b", 2, "空调"));
        index.update(new Document("a", 1, 2, Map.of(), Map.of(), List.of("冰箱")));
        shown(index, "a", 2);
        assertThat(index.search(query("漏水")).ids()).isEmpty();
        assertThat(index.search(query("")).ids()).containsExactly("b", "a");
        index.delete("b");
        index.update(new Document("a", 1, 3, Map.of(), Map.of(), List.of("冰箱")));
        shown(index, "a", 3);
        assertThat(index.search(query("")).ids()).containsExactly("a");
        assertThat(index.sequenceOf("a")).isEqualTo(3);
        assertThat(index.sequenceOf("b")).isEqualTo(-1);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void whoWaitsForAWriteOfAnotherThreadSeesIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waited = threads.submit(() -> index.awaitSequence("a", 5, Duration.ofSeconds(30)));
            for (int sequence = 1; sequence <= 5; sequence++) {
                index.update(new Document("a", 1, sequence, Map.of(), Map.of(), List.of("空调" + sequence)));
                shown(index, "a", sequence);
            }
            assertThat(waited.get()).isTrue();
            assertThat(index.search(query("空调5")).ids()).containsExactly("a");
        }
    }

    @Test
    void whoWaitsForWhatDoesNotComeIsToldSo() {
        index.update(document("a", 1, "空调"));
        assertThat(index.awaitSequence("a", 2, Duration.ofMillis(300))).isFalse();
        assertThat(index.awaitSequence("b", 1, Duration.ZERO)).isFalse();
    }

    @Test
    void searchesGoOnWhileDocumentsAreFed() throws Exception {
        var feeding = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Integer> reader = () -> {
                int most = 0;
                while (feeding.get()) {
                    List<String> found = walk(index, "空调", 100);
                    assertThat(found).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(most);
                    most = found.size();
                }
                return most;
            };
            List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
            try {
                for (int i = 0; i < 2_000; i++) {
                    index.update(document("d" + i, i, "空调漏水" + i));
                    if (i % 500 == 0) {
                        index.commit(Map.of("position", String.valueOf(i)));
                    }
                }
            } finally {
                feeding.set(false);
            }
            for (Future<Integer> each : readers) {
                assertThat(each.get()).isBetween(0, 2_000);
            }
        }
        shown(index, "d1999");
        assertThat(walk(index, "空调", 500)).hasSize(2_000);
    }

    @Test
    void thePositionIsInTheCommitAndUncommittedUpdatesAreLost() {
        assertThat(index.committed()).isEmpty();
        index.update(document("a", 1, "空调"));
        index.commit(Map.of("epoch", "1", "id", "x"));
        index.commit(Map.of("epoch", "1", "id", "y"));
        index.update(document("b", 2, "空调"));
        index.close();

        index = SearchIndex.open(folder, "test 1");
        assertThat(index.opening().state()).isEqualTo(Opening.State.INTACT);
        assertThat(index.committed()).isEqualTo(Map.of("epoch", "1", "id", "y"));
        assertThat(index.search(query("空调")).ids()).containsExactly("a");
    }

    @Test
    void aClearedIndexBeginsFromTheFirstPosition() {
        index.update(document("a", 1, "空调"));
        index.commit(Map.of("epoch", "1"));
        index.clear();
        assertThat(index.committed()).isEmpty();
        index.close();
        index = SearchIndex.open(folder, "test 1");
        assertThat(index.committed()).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void aClosedIndexSaysSo() {
        assertThat(index.isOpen()).isTrue();
        index.close();
        index.close();
        assertThat(index.isOpen()).isFalse();
        assertThatThrownBy(() -> index.search(query("空调"))).isInstanceOf(IllegalStateException.class);
    }
}
