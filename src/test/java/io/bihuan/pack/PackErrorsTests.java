package io.bihuan.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PackErrorsTests {
    private static final String PACK = """
            id: shop
            edition: first
            name: {zh: 商店, en: Shop}
            files: [all.yaml]
            """;
    private static final String ALL = """
            departments:
              - {code: desk, name: {zh: 柜台, en: Desk}}
              - {code: store, name: {zh: 仓库, en: Store}}
            categories:
              - code: goods
                name: {zh: 商品, en: Goods}
                department: desk
                children:
                  - {code: broken, name: {zh: 破损, en: Broken}, severity: URGENT, safety: true}
                  - {code: stale, name: {zh: 过期, en: Stale}, department: store}
            form:
              - {key: size, name: {zh: 尺码, en: Size}, type: TEXT, maxLength: 5}
            remedies:
              - {code: refund, name: {zh: 退款, en: Refund}}
            texts:
              hotline: {number: "400", hours: {zh: 全天, en: All day}}
              ways: []
              steps: []
              bodies: []
            """;

    @Test
    void aSoundPackIsReadWhole() {
        var pack = load(ALL).get("shop", 1);

        assertThat(pack.name()).isEqualTo(new Label("商店", "Shop"));
        assertThat(pack.categories().leaves()).extracting(Category::code).containsExactly("broken", "stale");
        var broken = pack.categories().find("broken").orElseThrow();
        assertThat(broken.department()).isEqualTo("desk");
        assertThat(broken.severity()).isEqualTo(Severity.URGENT);
        assertThat(broken.safety()).isTrue();
        assertThat(pack.categories().find("stale").orElseThrow().department()).isEqualTo("store");
        assertThat(pack.categories().path("stale")).extracting(Category::code).containsExactly("goods", "stale");
        assertThat(pack.categories().within("stale", "goods")).isTrue();
        assertThat(pack.categories().within("goods", "stale")).isFalse();
        assertThat(pack.departments().find("store").orElseThrow().label().zh()).isEqualTo("仓库");
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestKnownOne() {
        assertThat(problems("key: size", "key: size, requird: true"))
                .containsExactly("packs/shop/all.yaml:12:17 unknown key `requird`: did you mean `required`?");
    }

    @Test
    void anUnknownPartIsNamedWithTheNearestKnownOne() {
        assertThat(problems("remedies:", "remedys:"))
                .contains("packs/shop/all.yaml:13:1 unknown key `remedys`: did you mean `remedies`?");
    }

    @Test
    void aWrongTypeIsNamedWithWhatStandsThere() {
        assertThat(problems("maxLength: 5", "maxLength: five"))
                .containsExactly("packs/shop/all.yaml:12:66 must be a whole number, not the text `five`");
        assertThat(problems("maxLength: 5", "maxLength: 5000000"))
                .containsExactly("packs/shop/all.yaml:12:66 must be from 1 to 4000, not 5000000");
        assertThat(problems("safety: true", "safety: yes"))
                .containsExactly("packs/shop/all.yaml:9:78 must be true or false, not the flag yes");
        assertThat(problems("zh: 破损", "zh: 404"))
                .containsExactly("packs/shop/all.yaml:9:35 must be a text, but `404` is read as the number 404:"
                        + " put it in quotes if it is meant as text");
        assertThat(problems("{zh: 破损, en: Broken}", "破损"))
                .containsExactly("packs/shop/all.yaml:9:30 must be a mapping of keys and values, not the text `破损`");
        assertThat(problems("ways: []", "ways: {}"))
                .containsExactly("packs/shop/all.yaml:17:9 must be a list, not a mapping");
        assertThat(problems("ways: []", "ways:"))
                .containsExactly("packs/shop/all.yaml:17:8 must be a list, not nothing");
    }

    @Test
    void aMissingFieldIsNamedWhereItBelongs() {
        assertThat(problems("zh: 退款, ", "")).containsExactly("packs/shop/all.yaml:14:26 `zh` is missing: add it");
        assertThat(problems("    department: desk\n", ""))
                .contains("packs/shop/all.yaml:5:5 `department` is missing: add it");
        assertThat(problems("code: refund", "code: ''"))
                .containsExactly("packs/shop/all.yaml:14:12 is empty: write a text");
    }

    @Test
    void aMissingPartIsNamed() {
        assertThat(problems("remedies:\n  - {code: refund, name: {zh: 退款, en: Refund}}\n", ""))
                .containsExactly(
                        "packs/shop/pack.yaml:4:8 no file has the part `remedies`: add one with this top-level key");
    }

    @Test
    void aDuplicateCategoryCodeNamesBothPlaces() {
        assertThat(problems("code: stale", "code: broken"))
                .containsExactly("packs/shop/all.yaml:10:16 category `broken` exists already at"
                        + " packs/shop/all.yaml:9:16: give this one another code");
    }

    @Test
    void anUnknownDepartmentIsNamedWithTheNearestKnownOne() {
        assertThat(problems("department: store", "department: stor"))
                .containsExactly("packs/shop/all.yaml:10:62 unknown department `stor`: did you mean `store`?");
        assertThat(problems("department: store", "department: marketing"))
                .containsExactly("packs/shop/all.yaml:10:62 unknown department `marketing`: use one of desk, store");
    }

    @Test
    void anUnknownWordIsNamedWithTheKnownOnes() {
        assertThat(problems("severity: URGENT", "severity: urgent"))
                .containsExactly("packs/shop/all.yaml:9:62 unknown word `urgent`: did you mean `URGENT`?");
        assertThat(problems("severity: URGENT", "severity: huge"))
                .containsExactly("packs/shop/all.yaml:9:62 unknown word `huge`: use one of GENERAL, MAJOR, URGENT");
    }

    @Test
    void aBadCodeIsRefused() {
        assertThat(problems("code: refund", "code: Re_fund").getFirst())
                .startsWith("packs/shop/all.yaml:14:12 `Re_fund` is no code");
    }

    @Test
    void aKeyWrittenTwiceIsRefused() {
        assertThat(problems("code: refund", "code: refund, code: other"))
                .containsExactly("packs/shop/all.yaml:14:20 key `code` is written twice, first in line 14: keep one");
        assertThat(problems("form:", "departments:"))
                .contains("packs/shop/all.yaml:11:1 key `departments` is written twice, first in line 1: keep one");
    }

    @Test
    void aliasesAnchorsAndTagsAreRefused() {
        assertThat(problems("{zh: 柜台, en: Desk}", "&name {zh: 柜台, en: Desk}"))
                .containsExactly("packs/shop/all.yaml:2:24 anchors (&) are not allowed: write it out");
        assertThat(problems("code: desk", "code: !!str desk"))
                .containsExactly("packs/shop/all.yaml:2:12 tags (!) are not allowed: remove it");
        assertThat(problems("{zh: 柜台, en: Desk}", "!!java.net.URL [x]"))
                .containsExactly("packs/shop/all.yaml:2:24 tags (!) are not allowed: remove it");
    }

    @Test
    void aCycleInTheTreeIsRefused() {
        assertThat(problems(
                        "children:\n",
                        "children: &loop\n      - {code: round, name: {zh: 圈, en: Round}, children: *loop}\n"))
                .containsExactly(
                        "packs/shop/all.yaml:8:15 anchors (&) are not allowed: write it out",
                        "packs/shop/all.yaml:9:59 aliases (*) are not allowed: write it out");
    }

    @Test
    void aTreeThatIsTooDeepIsRefused() {
        var deep = new StringBuilder("{code: stale, name: {zh: 过期, en: Stale}");
        for (var level = 0; level < 5; level++) {
            deep.append(", children: [{code: level-").append(level).append(", name: {zh: 层, en: Level}");
        }
        deep.append("}]".repeat(5)).append('}');

        assertThat(problems("{code: stale, name: {zh: 过期, en: Stale}, department: store}", deep.toString()))
                .singleElement()
                .asString()
                .contains("categories are nested deeper than 5 levels");
        assertThat(problems("ways: []", "ways: " + "[".repeat(40) + "]".repeat(40)))
                .singleElement()
                .asString()
                .contains("all.yaml:17:", "is nested deeper than 30 levels");
    }

    @Test
    void aHugePackIsRefused() {
        var many = new StringBuilder("ways: [");
        for (var count = 0; count < 210_000; count++) {
            many.append("a,");
        }
        assertThat(problems("ways: []", many.append("a]").toString()))
                .singleElement()
                .asString()
                .contains("more than 200000 values");
        assertThat(problems("ways: []", "ways: []\n#" + "x".repeat(1 << 20)))
                .containsExactly("packs/shop/all.yaml:1:1 is larger than 1048576 bytes: split or shorten it");
    }

    @Test
    void brokenYamlIsRefusedAtItsPlace() {
        assertThat(problems("ways: []", "ways: [").getFirst()).startsWith("packs/shop/all.yaml:19:3 is no YAML here:");
        assertThat(problems("ways: []", "ways: []\n\tsteps: []").getFirst())
                .startsWith("packs/shop/all.yaml:18:1 is no YAML here:");
        assertThat(problems("remedies:", "---\nremedies:").getFirst())
                .startsWith("packs/shop/all.yaml:13:1 a file holds one document");
        assertThat(problems("ways: []", "ways: [\0]").getFirst())
                .isEqualTo("packs/shop/all.yaml:17:10 the character U+0000 cannot be here: remove it");
        assertThat(problemsOf(Map.of("pack.yaml", PACK.getBytes(UTF_8), "all.yaml", new byte[] {(byte) 0xc3, 0x28})))
                .contains("packs/shop/all.yaml:1:1 is not UTF-8: save it as UTF-8");
        assertThat(problemsOf(Map.of("pack.yaml", PACK.getBytes(UTF_8), "all.yaml", new byte[0])))
                .contains("packs/shop/all.yaml:1:1 is empty");
    }

    @Test
    void filesAndListMustAgree() {
        assertThat(problemsOf(Map.of(
                        "pack.yaml",
                        PACK.replace("[all.yaml]", "[al.yaml]").getBytes(UTF_8),
                        "all.yaml",
                        ALL.getBytes(UTF_8))))
                .contains(
                        "packs/shop/pack.yaml:4:9 file `al.yaml` does not exist: did you mean `all.yaml`?",
                        "packs/shop/pack.yaml:4:8 `all.yaml` is in the folder but not listed: list or remove it");
        assertThat(problemsOf(Map.of("all.yaml", ALL.getBytes(UTF_8))))
                .containsExactly("packs/shop/pack.yaml:1:1 does not exist: a pack needs it");
        assertThat(problemsOf(Map.of(
                        "pack.yaml",
                        PACK.replace("id: shop", "id: ship").getBytes(UTF_8),
                        "all.yaml",
                        ALL.getBytes(UTF_8))))
                .containsExactly("packs/shop/pack.yaml:1:5 must be the folder's name `shop`, not `ship`");
    }

    @Test
    void allProblemsOfAllPacksAreReportedAtOnce() {
        var bad = ALL.replace("maxLength: 5", "maxLength: five").replace("department: store", "department: stor");
        var thrown = catchThrowableOfType(
                PackInvalid.class,
                () -> Packs.load(
                        List.of(folder("shop", ALL.replace("en: Desk", "ne: Desk")), folder("mall", bad)),
                        Packs.ownParts(),
                        Map.of("line", "mail")));

        assertThat(thrown.problems())
                .extracting(PackProblem::toString)
                .containsExactly(
                        "packs/shop/all.yaml:2:24 `en` is missing: add it",
                        "packs/shop/all.yaml:2:33 unknown key `ne`: use one of en, zh",
                        "packs/mall/all.yaml:10:62 unknown department `stor`: did you mean `store`?",
                        "packs/mall/all.yaml:12:66 must be a whole number, not the text `five`",
                        "bihuan.business-lines.line:1:1 unknown pack `mail`: did you mean `mall`?");
        assertThat(thrown).hasMessageContaining("packs/mall/all.yaml:12:66");
        assertThat(new PackInvalidAnalyzer().analyze(thrown, thrown).getDescription())
                .startsWith("The industry packs have 5 problems:")
                .contains("    packs/mall/all.yaml:12:66 must be");
    }

    /** Removes every key and spoils every value of a pack, one by one: each is refused where it was or where it belongs. */
    @Test
    void noMutationOfAPackGivesAnythingButAProblemAtItsPlace() {
        var lines = ALL.lines().toList();
        var spoiled = 0;
        for (var number = 0; number < lines.size(); number++) {
            var line = lines.get(number);
            for (var colon = line.indexOf(": "); colon >= 0; colon = line.indexOf(": ", colon + 1)) {
                var end = colon + 2;
                while (end < line.length() && ",}".indexOf(line.charAt(end)) < 0) {
                    end++;
                }
                if ("[{".indexOf(line.charAt(colon + 2)) >= 0) {
                    continue;
                }
                var changed = new ArrayList<>(lines);
                changed.set(number, line.substring(0, colon + 2) + "{wrong: [1, 2]}" + line.substring(end));
                var found = problemsOf(files("shop", String.join("\n", changed)));
                var place = at(number + 1, colon + 3);
                assertThat(found).as(changed.get(number)).anyMatch(problem -> problem.startsWith(place));
                spoiled++;
            }
        }
        assertThat(spoiled).isGreaterThan(25);
    }

    @Test
    void aNodeReadsWhatOtherModulesNeed() {
        record Probe(
                Duration length,
                Map<Severity, Integer> amounts,
                List<Integer> numbers,
                List<Priority> words,
                Map<String, String> free) {}
        var part = PackPart.of("probe", Probe.class, node -> {
            var amounts = new HashMap<Severity, Integer>();
            node.fieldsBy("amounts", Severity.class)
                    .forEach((severity, value) -> amounts.put(severity, value.number(1, 99)));
            var free = new HashMap<String, String>();
            node.fields("free").forEach((key, value) -> free.put(key, value.text()));
            return new Probe(
                    node.duration("wait"),
                    amounts,
                    node.numbers("numbers", 0, 200),
                    node.anyOf("words", Priority.class),
                    free);
        });
        var parts = new ArrayList<>(Packs.ownParts());
        parts.add(part);
        var text = ALL + """
                probe:
                  wait: 90m
                  amounts: {GENERAL: 30, MAJOR: 5}
                  numbers: [75, 100]
                  words: [HIGH, LOW]
                  free: {any: thing}
                """;

        assertThat(Packs.load(List.of(folder("shop", text)), parts, Map.of())
                        .get("shop")
                        .part(Probe.class))
                .isEqualTo(new Probe(
                        Duration.ofMinutes(90),
                        Map.of(Severity.GENERAL, 30, Severity.MAJOR, 5),
                        List.of(75, 100),
                        List.of(Priority.HIGH, Priority.LOW),
                        Map.of("any", "thing")));
        var thrown = catchThrowableOfType(
                PackInvalid.class,
                () -> Packs.load(
                        List.of(folder(
                                "shop",
                                text.replace("90m", "90 minutes")
                                        .replace("GENERAL:", "GENERALS:")
                                        .replace("[75,", "[7.5,"))),
                        parts,
                        Map.of()));
        assertThat(thrown.problems())
                .extracting(PackProblem::toString)
                .containsExactly(
                        "packs/shop/all.yaml:21:9 must be a length of time such as 30m, 24h or 7d, not the text `90 minutes`",
                        "packs/shop/all.yaml:22:13 unknown key `GENERALS`: did you mean `GENERAL`?",
                        "packs/shop/all.yaml:23:13 must be a whole number, not the number 7.5");
    }

    private static String at(int line, int column) {
        return "packs/shop/all.yaml:" + line + ":" + column + " ";
    }

    private static List<String> problems(String sound, String broken) {
        assertThat(ALL).contains(sound);
        return problemsOf(files("shop", ALL.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(broken))));
    }

    private static List<String> problemsOf(Map<String, byte[]> files) {
        var folder = new PackFolder("shop", new TreeMap<>(files));
        return catchThrowableOfType(PackInvalid.class, () -> Packs.load(List.of(folder), Packs.ownParts(), Map.of()))
                .problems()
                .stream()
                .map(PackProblem::toString)
                .toList();
    }

    private static Packs load(String all) {
        return Packs.load(List.of(folder("shop", all)), Packs.ownParts(), Map.of("line", "shop"));
    }

    private static PackFolder folder(String name, String all) {
        return new PackFolder(name, new TreeMap<>(files(name, all)));
    }

    private static Map<String, byte[]> files(String name, String all) {
        return Map.of("pack.yaml", PACK.replace("shop", name).getBytes(UTF_8), "all.yaml", all.getBytes(UTF_8));
    }
}
