package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a pack states only what differs from what it extends. */
class PackExtendsTests {
    private static final String BASE_IDENTITY = """
            id: base
            edition: "1"
            abstract: true
            name: {zh: 通用, en: General}
            files: [all.yaml]
            """;
    private static final String BASE = """
            departments:
              - {code: service, name: {zh: 客服, en: Service}}
              - {code: quality, name: {zh: 质量, en: Quality}}
            remedies:
              - {code: refund, name: {zh: 退款, en: Refund}}
            texts:
              hotline: {number: "400", hours: {zh: 全天, en: All day}}
              steps:
                - {code: accept, title: {zh: 受理, en: Accept}, text: {zh: 一, en: One}}
                - {code: handle, title: {zh: 处理, en: Handle}, text: {zh: 二, en: Two}}
              promises: [{zh: 快, en: Fast}]
              bodies: []
            lists:
              tables:
                - {name: first, then: one, refers: nowhere}
                - {name: second, then: two}
                - {name: third, then: three}
            """;
    private static final String IDENTITY = """
            id: shop
            edition: "1"
            extends: base
            name: {zh: 商店, en: Shop}
            files: [all.yaml]
            """;
    private static final String OWN = """
            categories:
              - {code: goods, name: {zh: 商品, en: Goods}, department: quality}
            departments:
              - {code: desk, name: {zh: 柜台, en: Desk}}
              - {code: service, name: {zh: 客服中心}}
            form: []
            texts:
              ways: []
              promises: [{zh: 准, en: Right}]
              steps:
                - {code: handle, text: {zh: 三, en: Three}}
                - {code: first, title: {zh: 先, en: First}, text: {zh: 零, en: Zero}}
            lists:
              tables:
                - {name: own, then: four}
                - {name: second, then: five}
            """;

    record Row(String name, String then) {}

    record Lists(List<Row> tables) {}

    private static final PackPart<Lists> LISTS = PackPart.of(
            "lists",
            Lists.class,
            node -> new Lists(node.children("tables").stream()
                    .map(row -> {
                        row.optionalRefer("department", "refers");
                        return new Row(row.define("row", "name"), row.text("then"));
                    })
                    .toList()));

    @Test
    void mappingsMergeKeyByKeyAndListsByWhatTheirItemsAreCalled() {
        var pack = read(sound());

        assertThat(pack.departments().all())
                .extracting(Departments.Department::code)
                .containsExactly("desk", "service", "quality");
        assertThat(pack.departments().find("service").orElseThrow().label()).isEqualTo(new Label("客服中心", "Service"));
        assertThat(pack.remedies().all()).hasSize(1);
        assertThat(pack.texts().hotline().number()).isEqualTo("400");
        assertThat(pack.texts().steps()).extracting(Texts.Passage::code).containsExactly("first", "accept", "handle");
        var handle = pack.texts().steps().getLast();
        assertThat(handle.title().zh()).isEqualTo("处理");
        assertThat(handle.text().zh()).isEqualTo("三");
    }

    @Test
    void otherListsAndSingleValuesAreReplacedWhole() {
        assertThat(read(sound()).texts().promises()).containsExactly(new Label("准", "Right"));
    }

    @Test
    void ownRowsDecideBeforeThoseOfTheBase() {
        assertThat(read(sound()).part(Lists.class).tables())
                .containsExactly(
                        new Row("own", "four"),
                        new Row("first", "one"),
                        new Row("second", "five"),
                        new Row("third", "three"));
    }

    @Test
    void whatIsNotWantedIsDroppedByPartAndName() {
        var pack = read(IDENTITY + "without: {lists: [first, second], texts: [accept]}\n", OWN);

        assertThat(pack.part(Lists.class).tables())
                .containsExactly(new Row("own", "four"), new Row("second", "five"), new Row("third", "three"));
        assertThat(pack.texts().steps())
                .extracting(Texts.Passage::code)
                .contains("first", "handle")
                .doesNotContain("accept");
    }

    @Test
    void droppingWhatTheBaseDoesNotHaveIsAnError() {
        assertThat(problems(IDENTITY + "without: {lists: [fist], remedys: [refund]}\n", OWN))
                .contains(
                        "packs/shop/pack.yaml:6:19 what is extended has no `fist` in `lists`: did you mean `first`?",
                        "packs/shop/pack.yaml:6:26 what is extended has no part `remedys`: did you mean `remedies`?");
        assertThat(problems(IDENTITY.replace("extends: base\n", "") + "without: {lists: [first]}\n", OWN))
                .anyMatch(problem -> problem.startsWith("packs/shop/pack.yaml:5:10 drops things of what is extended"));
    }

    @Test
    void whatIsInheritedIsReportedWhereItIsWrittenAndAnOverrideInItsOwnFile() {
        assertThat(problems(IDENTITY, OWN))
                .containsExactly(
                        "packs/base/all.yaml:15:40 unknown department `nowhere`: use one of desk, quality, service");
        assertThat(problems(IDENTITY, OWN.replace("then: four}", "then: four}\n    - {name: first, refers: dsk}")))
                .containsExactly("packs/shop/all.yaml:16:29 unknown department `dsk`: did you mean `desk`?");
        assertThat(problems(IDENTITY, sound().replace("{name: own, then: four}", "{name: own}")))
                .containsExactly("packs/shop/all.yaml:15:7 `then` is missing: add it");
    }

    @Test
    void anAbstractPackMayLeaveOutAnythingButIsCheckedForWhatItSays() {
        var packs = Packs.load(List.of(base(BASE)), parts(), Map.of());
        assertThat(packs.all()).as("it cannot be run").isEmpty();
        assertThat(Packs.read(base(BASE), 1, parts()).isAbstract()).isTrue();

        assertThat(problemsOf(List.of(base(BASE.replace("en: Quality", "ne: Quality"))), Map.of()))
                .containsExactly("packs/base/all.yaml:3:36 unknown key `ne`: use one of en, zh");
        assertThat(problemsOf(List.of(base(BASE.replace("code: quality", "code: service"))), Map.of()))
                .singleElement()
                .asString()
                .startsWith("packs/base/all.yaml:3:12 department `service` exists already");
        assertThat(problemsOf(List.of(base(BASE)), Map.of("line", "base")))
                .singleElement()
                .asString()
                .startsWith("bihuan.business-lines.line:1:1 the pack `base` is abstract and cannot be run");
    }

    @Test
    void onlyOneLevelIsExtendedAndOnlyWhatIsThereAndAbstract() {
        assertThat(problemsOf(List.of(PackFolder.of("shop", Map.of("pack.yaml", IDENTITY, "all.yaml", OWN))), Map.of()))
                .containsExactly(
                        "packs/shop/pack.yaml:3:10 there is no pack `base` to extend: name an abstract one, as `base`");
        assertThat(problemsOf(
                        List.of(folder(IDENTITY, sound(), BASE_IDENTITY.replace("abstract: true\n", ""), BASE)),
                        Map.of()))
                .contains("packs/shop/pack.yaml:3:10 `base` is not abstract: only abstract packs can be extended");
        assertThat(problemsOf(List.of(folder(IDENTITY, sound(), BASE_IDENTITY + "extends: more\n", BASE)), Map.of()))
                .containsExactly("packs/base/pack.yaml:6:10 an abstract pack cannot extend another: remove it");
        assertThat(problemsOf(
                        List.of(PackFolder.of(
                                "base", Map.of("pack.yaml", BASE_IDENTITY + "extends: more\n", "all.yaml", BASE))),
                        Map.of()))
                .containsExactly("packs/base/pack.yaml:6:10 an abstract pack cannot extend another: remove it");
    }

    @Test
    void aProblemOfTheBaseIsToldOnceHoweverManyPacksExtendIt() {
        var broken = BASE.replace("en: Quality", "ne: Quality");
        assertThat(problemsOf(List.of(base(broken), folder(IDENTITY, sound(), BASE_IDENTITY, broken)), Map.of()))
                .filteredOn(problem -> problem.contains("`ne`"))
                .hasSize(1);
    }

    @Test
    void aPackSaysItsEditionAndWhenItMayBeRun() {
        var pack = read(IDENTITY + "effectiveFrom: 2026-01-01\neffectiveTo: 2026-12-31\n", sound());
        assertThat(pack.edition()).isEqualTo("1");
        assertThat(pack.version()).isEqualTo(7);
        assertThat(pack.effectiveFrom()).hasToString("2026-01-01");
        assertThat(pack.effectiveTo()).hasToString("2026-12-31");

        assertThat(problems(IDENTITY + "effectiveFrom: 2026-02-30\n", sound()))
                .containsExactly("packs/shop/pack.yaml:6:16 `2026-02-30` is no day of the calendar");
        assertThat(problems(IDENTITY + "effectiveFrom: 2026-02-01\neffectiveTo: 2026-01-31\n", sound()))
                .containsExactly("packs/shop/pack.yaml:7:14 is before `effectiveFrom`: a pack ends after it begins");
        assertThat(problems(IDENTITY.replace("\"1\"", "1"), sound()))
                .singleElement()
                .asString()
                .startsWith("packs/shop/pack.yaml:2:10 must be a text, but `1` is read as the number 1");
    }

    // ---- helpers ----

    private static String sound() {
        return OWN.replace("- {name: own, then: four}", "- {name: own, then: four}\n    - {name: first, refers: desk}");
    }

    private static PackFolder base(String all) {
        return PackFolder.of("base", Map.of("pack.yaml", BASE_IDENTITY, "all.yaml", all));
    }

    private static PackFolder folder(String identity, String all, String baseIdentity, String base) {
        var files = new LinkedHashMap<String, String>();
        files.put("pack.yaml", identity);
        files.put("all.yaml", all);
        files.put("base/pack.yaml", baseIdentity);
        files.put("base/all.yaml", base);
        return PackFolder.of("shop", files);
    }

    private static Pack read(String all) {
        return read(IDENTITY, all);
    }

    private static Pack read(String identity, String all) {
        return Packs.read(folder(identity, all, BASE_IDENTITY, BASE), 7, parts());
    }

    private static List<PackPart<?>> parts() {
        var parts = new ArrayList<>(Packs.ownParts());
        parts.add(LISTS);
        return parts;
    }

    private static List<String> problems(String identity, String all) {
        return problemsOf(List.of(folder(identity, all, BASE_IDENTITY, BASE)), Map.of());
    }

    private static List<String> problemsOf(List<PackFolder> folders, Map<String, String> lines) {
        var thrown = catchThrowableOfType(PackInvalid.class, () -> Packs.load(folders, parts(), lines));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(PackProblem::toString).toList();
    }
}
