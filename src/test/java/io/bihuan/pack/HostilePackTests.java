package io.bihuan.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What somebody may send instead of a pack: refused with a place and a sentence, and nothing of it is loaded. */
class HostilePackTests {
    private static final String IDENTITY = """
            id: shop
            edition: first
            name: {zh: 商店, en: Shop}
            files: [all.yaml]
            """;

    @Test
    void aHundredThousandCategoriesAreRefused() {
        var many = new StringBuilder("categories:\n");
        for (var count = 0; count < 100_000; count++) {
            many.append("- {code: c").append(count).append("}\n");
        }
        assertThat(problems(many.toString())).anyMatch(problem -> problem.contains("is larger than 1048576 bytes"));

        many.setLength("categories:\n".length());
        for (var count = 0; count < 5_001; count++) {
            many.append("- {code: c").append(count).append(", name: {zh: 一, en: A}, department: a}\n");
        }
        assertThat(problems(many.toString()))
                .contains("packs/shop/all.yaml:5002:3 is one category too many: 5000 are possible");
    }

    @Test
    void aTreeThatIsDeepIsRefusedBeforeItIsRead() {
        assertThat(problems("categories: " + "[{children: ".repeat(10_000)))
                .containsExactly("packs/shop/all.yaml:1:182 is nested deeper than 30 levels");
        assertThat(problems("categories: " + "[".repeat(500_000)))
                .containsExactly("packs/shop/all.yaml:1:42 is nested deeper than 30 levels");
    }

    @Test
    void aBombOfAliasesIsRefusedWhereItBegins() {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var letter = 'b'; letter < 'k'; letter++) {
            var before = (char) (letter - 1);
            bomb.append("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c]\n"
                    .formatted(letter, letter, before, before, before, before, before, before));
        }
        assertThat(problems(bomb.toString()))
                .contains(
                        "packs/shop/all.yaml:1:4 anchors (&) are not allowed: write it out",
                        "packs/shop/all.yaml:2:8 aliases (*) are not allowed: write it out")
                .allMatch(problem -> problem.startsWith("packs/shop/all.yaml:"));
    }

    @Test
    void tagsThatWouldBuildObjectsAreRefused() {
        assertThat(problems("form: !!javax.script.ScriptEngineManager [x]"))
                .containsExactly("packs/shop/all.yaml:1:7 tags (!) are not allowed: remove it");
        assertThat(problems("<<: *x")).anyMatch(problem -> problem.contains("aliases (*) are not allowed"));
    }

    @Test
    void charactersThatNobodySeesAreRefusedAtTheirPlace() {
        assertThat(problems("a: b\nform: [\0]"))
                .containsExactly("packs/shop/all.yaml:2:8 the character U+0000 cannot be here: remove it");
        assertThat(problems("form: [\u001b]"))
                .containsExactly("packs/shop/all.yaml:1:8 the character U+001B cannot be here: remove it");
    }

    @Test
    void tooManyAndTooLargeFilesAreNotEvenOpened() {
        var files = new HashMap<String, byte[]>();
        files.put("pack.yaml", IDENTITY.getBytes(UTF_8));
        for (var number = 0; number < 200; number++) {
            files.put("f" + number + ".yaml", "\0".getBytes(UTF_8));
        }
        assertThat(problems(files))
                .containsExactly("packs/shop/pack.yaml:1:1 the folder has more than 200 files: join some");

        files.keySet().removeIf(name -> name.startsWith("f"));
        for (var number = 0; number < 6; number++) {
            files.put("f" + number + ".yaml", new byte[1 << 20]);
        }
        assertThat(problems(files))
                .containsExactly(
                        "packs/shop/pack.yaml:1:1 the files are larger than 5242880 bytes together: shorten them");
    }

    @Test
    void namesThatLeadElsewhereAreRefused() {
        for (var name : List.of("../x.yaml", "/etc/passwd", "a/b.yaml", "base/../x.yaml", "x\0.yaml", "x.yml", "")) {
            assertThat(problems(Map.of("pack.yaml", IDENTITY.getBytes(UTF_8), name, "a: b".getBytes(UTF_8))))
                    .as(name)
                    .singleElement()
                    .asString()
                    .startsWith("packs/shop/pack.yaml:1:1 `")
                    .contains("is no name of a pack's file");
        }
        assertThat(problems(Map.of(
                        "pack.yaml",
                        IDENTITY.replace("all.yaml", "\"../all.yaml\"").getBytes(UTF_8))))
                .containsExactly("packs/shop/pack.yaml:4:9 `../all.yaml` is no name of a file in this folder");
    }

    @Test
    void thousandsOfMistakesAreToldWithoutEnd() {
        var many = new StringBuilder("departments:\n");
        for (var count = 0; count < 4_000; count++) {
            many.append("- {code: c").append(count).append(", name: {zh: 一, en: A}}\n");
        }
        many.append("categories:\n");
        for (var count = 0; count < 4_000; count++) {
            many.append("- {code: k")
                    .append(count)
                    .append(", name: {zh: 一, en: A}, department: nobody-")
                    .append(count)
                    .append("}\n");
        }
        assertThat(problems(many.toString())).hasSize(500);
    }

    private static List<String> problems(String all) {
        return problems(Map.of("pack.yaml", IDENTITY.getBytes(UTF_8), "all.yaml", all.getBytes(UTF_8)));
    }

    private static List<String> problems(Map<String, byte[]> files) {
        var folder = new PackFolder("shop", new TreeMap<>(files));
        var thrown =
                catchThrowableOfType(PackInvalid.class, () -> Packs.load(List.of(folder), Packs.ownParts(), Map.of()));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(PackProblem::toString).toList();
    }
}
