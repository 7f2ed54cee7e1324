package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.pack.StoredVersion.Standing;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of packs in the database; a second {@link Packs} on it stands for another node. */
@Tag("slow")
class PacksTests {
    private static final Actor ADMINISTRATOR = Actor.staff(new UUID(0, 7));

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc = database.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final Map<String, String> lines = new LinkedHashMap<>(Map.of("shop", "shop"));
    private final List<PackFolder> shipped = new ArrayList<>(List.of(shop("Shop")));
    private final List<PackPreparation.Activating> prepared = new CopyOnWriteArrayList<>();
    private final List<Pack> told = new CopyOnWriteArrayList<>();
    private final PackPreparation preparation = new PackPreparation() {
        @Override
        public void prepare(Activating activating) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            prepared.add(activating);
            if (activating.packs().getFirst().name().en().equals("Refused")) {
                throw new Refused("test.refused");
            }
        }

        @Override
        public void inForce(Pack pack) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isFalse();
            told.add(pack);
        }
    };

    private Packs packs;

    @BeforeEach
    void start() {
        packs = node();
        packs.businessLines();
        prepared.clear();
    }

    private Packs node() {
        return new Packs(new Packs.Setup(
                new StoredPacks(jdbc),
                new DataSourceTransactionManager(database.dataSource()),
                time,
                ZoneId.of("Asia/Shanghai"),
                Packs.ownParts(),
                () -> Stream.of(preparation),
                () -> shipped,
                lines));
    }

    private static PackFolder shop(String name) {
        return folder("shop", name, "refund");
    }

    private static PackFolder folder(String id, String name, String remedy) {
        return PackFolder.of(
                id,
                new HashMap<>(Map.of(
                        "pack.yaml",
                        SmallPack.identity(id, name),
                        "all.yaml",
                        SmallPack.ALL.replace("code: refund", "code: " + remedy))));
    }

    private StoredVersion store(PackFolder folder) {
        return packs.store(folder, Origin.EDITED, "a try", ADMINISTRATOR);
    }

    private Activation activate(int version) {
        return packs.activate("shop", version, time.instant(), ADMINISTRATOR, "a try");
    }

    private int rows(String table) {
        return jdbc.sql("select count(*) from pack." + table)
                .query(Integer.class)
                .single();
    }

    // ---- the beginning ----

    @Test
    void anEmptyDatabaseGetsThePacksOfTheConfiguredLines() {
        assertThat(packs.businessLines()).containsExactly("shop");
        assertThat(packs.of("shop").version()).isEqualTo(1);
        assertThat(packs.line("shop").name().en()).isEqualTo("Shop");
        assertThat(packs.version("shop", 1))
                .extracting(StoredVersion::origin, StoredVersion::standing, StoredVersion::storedBy)
                .containsExactly(Origin.SHIPPED, Standing.IN_FORCE, "system:-");
    }

    @Test
    void anotherNodeFindsItDone() {
        Packs other = node();

        assertThat(other.of("shop").version()).isEqualTo(1);
        assertThat(rows("version")).isEqualTo(1);
        assertThat(rows("activation")).isEqualTo(1);
        assertThat(prepared).isEmpty();
    }

    @Test
    void aNewDatabaseIsRefusedWhenAConfiguredPackIsInvalid() {
        jdbc.sql("delete from pack.business_line").update();
        jdbc.sql("delete from pack.activation").update();
        jdbc.sql("delete from pack.version").update();
        shipped.set(0, PackFolder.of("shop", Map.of("pack.yaml", "id: shop\n", "all.yaml", "remedies: []\n")));

        assertThatThrownBy(() -> node().businessLines())
                .isInstanceOfSatisfying(
                        PackInvalid.class,
                        invalid -> assertThat(invalid.problems()).hasSizeGreaterThan(1));
        assertThat(rows("version")).isZero();
        assertThat(rows("business_line")).isZero();
    }

    // ---- storing ----

    @Test
    void eachContentGetsTheNextNumber() {
        assertThat(store(shop("Second")).version()).isEqualTo(2);
        assertThat(store(shop("Third")).version()).isEqualTo(3);
        assertThat(packs.versions("shop"))
                .extracting(StoredVersion::version, StoredVersion::standing)
                .containsExactly(tuple(3, Standing.WAITING), tuple(2, Standing.WAITING), tuple(1, Standing.IN_FORCE));
    }

    @Test
    void theSameContentIsTheVersionThatIsThere() {
        store(shop("Second"));

        StoredVersion again = packs.store(shop("Second"), Origin.IMPORTED, "once more", Actor.SYSTEM);

        assertThat(again.version()).isEqualTo(2);
        assertThat(again.origin()).isEqualTo(Origin.EDITED);
        assertThat(rows("version")).isEqualTo(2);
    }

    @Test
    void storingChangesNothingForAnybody() {
        store(shop("Second"));

        assertThat(packs.of("shop").version()).isEqualTo(1);
        assertThat(prepared).isEmpty();
    }

    @Test
    void theFilesComeBackByteForByte() {
        var files = new HashMap<>(Map.of(
                "pack.yaml",
                "\uFEFF" + SmallPack.identity("shop", "商店 \uD83D\uDE00"),
                "all.yaml",
                SmallPack.ALL.replace("\n", "\r\n")));
        PackFolder folder = PackFolder.of("shop", files);

        int version = store(folder).version();

        PackFolder back = packs.folder("shop", version);
        assertThat(back.hash()).isEqualTo(folder.hash());
        assertThat(back.files().get("all.yaml")).isEqualTo(folder.files().get("all.yaml"));
    }

    @Test
    void whatIsInvalidIsRefusedWithAllItsProblemsAndNothingIsStored() {
        PackFolder folder = PackFolder.of(
                "shop",
                Map.of(
                        "pack.yaml",
                        SmallPack.identity("shop", "Shop"),
                        "all.yaml",
                        SmallPack.ALL
                                .replace("department: desk", "department: dusk")
                                .replace("code: refund", "code: No")));

        assertThatThrownBy(() -> store(folder))
                .isInstanceOfSatisfying(
                        PackInvalid.class,
                        invalid -> assertThat(invalid.problems()).hasSize(2));
        assertThat(rows("version")).isEqualTo(1);
    }

    @Test
    void whoStoresAtTheSameTimeGetsNumbersOneAfterTheOther() {
        var different = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> node().store(shop("Shop " + i), Origin.EDITED, "at once", ADMINISTRATOR)))
                .toList();
        assertThat(different.stream().map(each -> each.join().version())).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);

        var same = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> node().store(shop("The same"), Origin.EDITED, "at once", ADMINISTRATOR)))
                .toList();
        assertThat(same.stream().map(each -> each.join().version())).containsOnly(8);
    }

    // ---- activating ----

    @Test
    void anActivatedVersionHoldsAtOnceAndTheOldOneCanStillBeRead() {
        store(folder("shop", "Second", "exchange"));

        activate(2);

        assertThat(packs.of("shop").version()).isEqualTo(2);
        assertThat(packs.of("shop").remedies().find("exchange")).isPresent();
        assertThat(packs.get("shop", 1).remedies().find("exchange")).isEmpty();
        assertThat(packs.get("shop", 1).name().en()).isEqualTo("Shop");
        assertThat(packs.version("shop", 1).standing()).isEqualTo(Standing.REPLACED);
    }

    @Test
    void anotherNodeFollows() {
        Packs other = node();
        assertThat(other.of("shop").version()).isEqualTo(1);
        store(shop("Second"));
        activate(2);

        assertThat(other.of("shop").version()).isEqualTo(1);
        other.refresh();
        assertThat(other.of("shop").version()).isEqualTo(2);
    }

    @Test
    void whatIsPlannedComesIntoForceByItself() {
        Packs other = node();
        store(shop("Second"));
        Instant from = time.instant().plus(Duration.ofDays(3));
        packs.activate("shop", 2, from, ADMINISTRATOR, "next week");
        other.refresh();

        assertThat(packs.version("shop", 2).standing()).isEqualTo(Standing.PLANNED);
        assertThat(packs.version("shop", 2).from()).isEqualTo(from);
        assertThat(prepared).singleElement().matches(PackPreparation.Activating::isPlanned);
        time.advance(Duration.ofDays(3).minusSeconds(1));
        assertThat(other.of("shop").version()).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(other.of("shop").version()).isEqualTo(2);
        assertThat(packs.of("shop").version()).isEqualTo(2);
        assertThat(node().of("shop").version()).isEqualTo(2);
    }

    @Test
    void whatWasPlannedIsUndoneByWhatIsActivatedLater() {
        store(shop("Second"));
        store(shop("Third"));
        packs.activate("shop", 2, time.instant().plus(Duration.ofDays(3)), ADMINISTRATOR, "next week");

        activate(3);

        assertThat(packs.planned("shop")).isEmpty();
        time.advance(Duration.ofDays(4));
        assertThat(packs.of("shop").version()).isEqualTo(3);
        assertThat(packs.version("shop", 2).standing()).isNotEqualTo(Standing.IN_FORCE);
    }

    @Test
    void goingBackIsOneMoreActivation() {
        store(shop("Second"));
        activate(2);

        activate(1);

        assertThat(packs.of("shop").version()).isEqualTo(1);
        assertThat(packs.activations("shop"))
                .extracting(Activation::seq, Activation::version)
                .containsExactly(tuple(3, 1), tuple(2, 2), tuple(1, 1));
        assertThat(packs.versions("shop")).hasSize(2);
    }

    @Test
    void whatIsInForceIsNotActivatedAgain() {
        assertThatThrownBy(() -> activate(1)).isInstanceOf(Refused.class).hasMessageContaining("pack.refused.inForce");
        assertThatThrownBy(() -> activate(9))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("pack.refused.unknownVersion");
        assertThat(rows("activation")).isEqualTo(1);
    }

    @Test
    void theModulesPrepareInTheTransactionAndCanRefuse() {
        store(shop("Second"));
        activate(2);
        assertThat(prepared).singleElement().satisfies(activating -> {
            assertThat(activating.packs()).extracting(Pack::version).containsExactly(2);
            assertThat(activating.isPlanned()).isFalse();
        });

        store(shop("Refused"));
        assertThatThrownBy(() -> activate(3)).hasMessageContaining("test.refused");

        assertThat(packs.of("shop").version()).isEqualTo(2);
        assertThat(rows("activation")).isEqualTo(2);
    }

    @Test
    void aChangeThatIsTakenBackIsNotKnown() {
        var outer = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));

        outer.executeWithoutResult(status -> {
            store(shop("Second"));
            activate(2);
            assertThat(packs.of("shop").name().en()).isEqualTo("Second");
            status.setRollbackOnly();
        });

        assertThat(packs.of("shop").version()).isEqualTo(1);
        store(shop("Another"));
        assertThat(packs.get("shop", 2).name().en()).isEqualTo("Another");
    }

    @Test
    void theModulesAreToldWhatCameIntoForceOnEachNode() {
        var watch = new PackWatch(packs);
        watch.look();
        watch.look();
        assertThat(told).extracting(Pack::version).containsExactly(1);

        node().store(shop("Second"), Origin.EDITED, "elsewhere", ADMINISTRATOR);
        node().activate("shop", 2, time.instant(), ADMINISTRATOR, "elsewhere");
        watch.look();

        assertThat(told).extracting(Pack::version).containsExactly(1, 2);
        assertThat(packs.of("shop").version()).isEqualTo(2);
    }

    // ---- what a release brings ----

    @Test
    void aReleaseOffersAndNeverOverwrites() {
        store(shop("Our own"));
        activate(2);
        shipped.set(0, shop("Newer"));
        shipped.add(folder("garage", "Garage", "refund"));
        shipped.add(PackFolder.of("broken", Map.of("pack.yaml", "id: other\n")));

        packs.offer();
        node().offer();

        assertThat(packs.of("shop").name().en()).isEqualTo("Our own");
        assertThat(packs.offers())
                .extracting(
                        StoredVersion::pack,
                        StoredVersion::version,
                        offer -> offer.name().en())
                .containsExactly(tuple("garage", 1, "Garage"), tuple("shop", 3, "Newer"));
    }

    @Test
    void whatWasTakenOrIsOlderIsNoOffer() {
        shipped.set(0, shop("Newer"));
        packs.offer();
        activate(2);
        assertThat(packs.offers()).isEmpty();

        activate(1);
        assertThat(packs.offers()).isEmpty();
    }

    // ---- bases ----

    private static final String BASE = """
            id: base
            edition: "%s"
            abstract: true
            name: {zh: 基础, en: Base}
            files: [all.yaml]
            """;

    private static PackFolder base(String edition, String remedy) {
        return PackFolder.of(
                "base",
                Map.of(
                        "pack.yaml",
                        BASE.formatted(edition),
                        "all.yaml",
                        "remedies:\n  - {code: %s, name: {zh: 致歉, en: Apology}}\n".formatted(remedy)));
    }

    private static PackFolder extending(String id, PackFolder base) {
        var folder = PackFolder.of(
                id,
                Map.of(
                        "pack.yaml",
                        SmallPack.identity(id, "Extending") + "extends: base\n",
                        "all.yaml",
                        SmallPack.ALL));
        return Bases.upon(base, folder);
    }

    private void takeOver(PackFolder... folders) {
        shipped.addAll(List.of(folders));
        packs.offer();
        packs.offers()
                .forEach(
                        offer -> packs.activate(offer.pack(), offer.version(), time.instant(), ADMINISTRATOR, "taken"));
        prepared.clear();
    }

    @Test
    void aNewBaseComesWithEveryPackThatExtendsIt() {
        PackFolder first = base("1", "apology");
        takeOver(first, extending("garage", first), extending("bank", first));
        assertThat(packs.get("bank").remedies().find("apology")).isPresent();

        List<StoredVersion> published =
                packs.publishBase(base("2", "letter"), Origin.EDITED, time.instant(), ADMINISTRATOR, "another remedy");

        assertThat(published)
                .extracting(StoredVersion::pack, StoredVersion::version)
                .containsExactlyInAnyOrder(tuple("base", 2), tuple("bank", 2), tuple("garage", 2));
        for (String id : List.of("bank", "garage")) {
            assertThat(packs.get(id).version()).isEqualTo(2);
            assertThat(packs.get(id).remedies().find("letter")).isPresent();
            assertThat(packs.get(id).remedies().find("refund")).isPresent();
            assertThat(packs.get(id, 1).remedies().find("apology")).isPresent();
        }
        assertThat(packs.of("shop").version()).isEqualTo(1);
        assertThat(prepared)
                .singleElement()
                .satisfies(activating -> assertThat(activating.packs())
                        .extracting(Pack::id)
                        .containsExactlyInAnyOrder("bank", "garage"));
    }

    @Test
    void aBaseThatSpoilsAPackIsRefusedWhole() {
        PackFolder first = base("1", "apology");
        takeOver(first, extending("garage", first), extending("bank", first));
        int before = rows("version");
        var spoiling = PackFolder.of(
                "base",
                Map.of(
                        "pack.yaml",
                        BASE.formatted("2"),
                        "all.yaml",
                        "form:\n  - {key: size, type: NUMBER, maxLength: no}\n"));

        assertThatThrownBy(() -> packs.publishBase(spoiling, Origin.EDITED, time.instant(), ADMINISTRATOR, "a mistake"))
                .isInstanceOf(PackInvalid.class);

        assertThat(rows("version")).isEqualTo(before);
        assertThat(packs.get("bank").version()).isEqualTo(1);
    }

    @Test
    void whatIsPlannedStaysPlannedUponTheNewBase() {
        PackFolder first = base("1", "apology");
        takeOver(first, extending("garage", first));
        PackFolder renamed = extending("garage", first);
        renamed.files().put("pack.yaml", bytes(SmallPack.identity("garage", "Renamed") + "extends: base\n"));
        int planned = store(renamed).version();
        Instant later = time.instant().plus(Duration.ofDays(2));
        packs.activate("garage", planned, later, ADMINISTRATOR, "later");

        packs.publishBase(base("2", "letter"), Origin.EDITED, time.instant(), ADMINISTRATOR, "now");

        assertThat(packs.get("garage").name().en()).isEqualTo("Extending");
        assertThat(packs.get("garage").remedies().find("letter")).isPresent();
        time.advance(Duration.ofDays(2));
        assertThat(packs.get("garage").name().en()).isEqualTo("Renamed");
        assertThat(packs.get("garage").remedies().find("letter")).isPresent();
    }

    @Test
    void aReleaseIsOfferedUponTheBaseInForce() {
        PackFolder first = base("1", "apology");
        takeOver(first, extending("garage", first));
        packs.publishBase(base("ours", "letter"), Origin.EDITED, time.instant(), ADMINISTRATOR, "our own");

        packs.offer();
        assertThat(packs.offers()).isEmpty();
        shipped.add(extending("bank", first));
        packs.offer();

        assertThat(packs.offers()).singleElement().satisfies(offer -> {
            packs.activate("bank", offer.version(), time.instant(), ADMINISTRATOR, "taken");
            assertThat(packs.get("bank").remedies().find("letter")).isPresent();
        });
    }

    @Test
    void nobodyRunsABase() {
        PackFolder first = base("1", "apology");
        takeOver(first);

        assertThatThrownBy(() -> packs.open("base", new Label("基础", "Base"), "base", ADMINISTRATOR))
                .hasMessageContaining("pack.refused.abstract");
        int version = store(base("2", "letter")).version();
        assertThatThrownBy(() -> packs.activate("base", version, time.instant(), ADMINISTRATOR, "alone"))
                .hasMessageContaining("pack.refused.abstract");
    }

    @Test
    void aVersionDoesNotComeIntoForceBeforeItsDayNorBehindItsLast() {
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        LocalDate today = LocalDate.ofInstant(time.instant(), zone);
        int early = store(within(today.plusDays(3), null)).version();

        Activation activation = activate(early);

        assertThat(activation.from())
                .isEqualTo(today.plusDays(3).atStartOfDay(zone).toInstant());
        assertThat(packs.of("shop").version()).isEqualTo(1);
        int late = store(within(today.minusDays(9), today.minusDays(1))).version();
        assertThatThrownBy(() -> activate(late)).hasMessageContaining("pack.refused.over");
    }

    private static PackFolder within(LocalDate from, @Nullable LocalDate to) {
        String identity = SmallPack.identity("shop", "Timely") + "effectiveFrom: " + from + "\n"
                + (to == null ? "" : "effectiveTo: " + to + "\n");
        return PackFolder.of("shop", Map.of("pack.yaml", identity, "all.yaml", SmallPack.ALL));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- business lines ----

    @Test
    void aLineIsOpenedForAPackThatIsInForce() {
        var name = new Label("车库", "Garage");
        packs.store(folder("garage", "Garage", "refund"), Origin.IMPORTED, "bought", ADMINISTRATOR);
        assertThatThrownBy(() -> packs.open("garage", name, "garage", ADMINISTRATOR))
                .hasMessageContaining("pack.refused.unknownPack");
        packs.activate("garage", 1, time.instant(), ADMINISTRATOR, "bought");
        Packs other = node();
        other.businessLines();

        packs.open("garage", name, "garage", ADMINISTRATOR);
        other.refresh();

        assertThat(packs.businessLines()).containsExactly("shop", "garage");
        assertThat(other.of("garage").id()).isEqualTo("garage");
        assertThat(other.all()).extracting(Pack::id).containsExactly("shop", "garage");
        assertThat(other.line("garage").openedBy()).isEqualTo(ADMINISTRATOR.toString());
    }

    @Test
    void aClosedLineTakesNothingButIsStillKnown() {
        packs.open("second", new Label("二店", "Second shop"), "shop", ADMINISTRATOR);

        packs.close("shop", ADMINISTRATOR);

        assertThat(packs.businessLines()).containsExactly("second");
        assertThat(packs.of("shop").id()).isEqualTo("shop");
        assertThat(packs.lines()).hasSize(2);
        assertThatThrownBy(() -> packs.close("second", ADMINISTRATOR)).hasMessageContaining("pack.refused.lastLine");
        packs.open("shop", new Label("一店", "First shop"), "shop", ADMINISTRATOR);
        assertThat(packs.businessLines()).containsExactly("shop", "second");
    }

    @Test
    void theSettingIsOnlyForANewDatabase() {
        lines.put("later", "shop");

        assertThat(node().businessLines()).containsExactly("shop");
    }

    @Test
    void aLineNeedsASoundCodeOfItsOwn() {
        var name = new Label("店", "Shop");
        for (String code : List.of("", "Shop", "a b", "a--b", "../x", "店", "a".repeat(65))) {
            assertThatThrownBy(() -> packs.open(code, name, "shop", ADMINISTRATOR))
                    .hasMessageContaining("pack.refused.lineCode");
        }
        assertThatThrownBy(() -> packs.open("shop", name, "shop", ADMINISTRATOR))
                .hasMessageContaining("pack.refused.lineExists");
    }
}
