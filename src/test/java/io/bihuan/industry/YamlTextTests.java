package io.bihuan.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlTextTests {
    private static final String TREE = """
            # what comes first
            categories:
              - code: repair
                name: {zh: 维修 𠮷, en: Repair}   # kept
                children:
                  - code: again
                    severity: URGENT
                    keywords: [又坏了, 没修好]
                  # between
                  - {code: damage, name: {zh: 损坏, en: Damage}}
              - code: parts
                name: {zh: 配件, en: Parts}

            # what comes last
            targets:
              - {name: csat, atLeast: 85%}
            """;

    private final YamlText yaml = new YamlText(TREE);

    @Test
    void aValueIsChangedWhereItStands() {
        assertThat(yaml.set(List.of("categories", "repair", "name", "zh"), "维修质量：差"))
                .isTrue();

        assertThat(yaml.toString()).isEqualTo(TREE.replace("维修 𠮷", "\"维修质量：差\""));
        assertThat(yaml.value(List.of("categories", "repair", "name", "zh"))).contains("维修质量：差");
    }

    @Test
    void aKeyThatIsMissingIsAdded() {
        assertThat(yaml.set(List.of("categories", "parts", "severity"), "MAJOR"))
                .isTrue();
        assertThat(yaml.set(List.of("categories", "repair", "children", "damage", "severity"), "URGENT"))
                .isTrue();

        assertThat(yaml.toString())
                .isEqualTo(TREE.replace("en: Parts}\n", "en: Parts}\n    severity: MAJOR\n")
                        .replace("en: Damage}}", "en: Damage}, severity: URGENT}"));
    }

    @Test
    void aListOfTextsIsReplaced() {
        yaml.set(List.of("categories", "repair", "children", "again", "keywords"), List.of("no", "12315", "还是坏"));

        assertThat(yaml.toString()).isEqualTo(TREE.replace("[又坏了, 没修好]", "[\"no\", \"12315\", \"还是坏\"]"));
    }

    @Test
    void anItemIsAddedAtTheEndOfItsList() {
        yaml.add(List.of("categories", "repair", "children"), Map.of("code", "late"));
        yaml.add(List.of("targets"), Map.of("name", "nps"));

        assertThat(yaml.toString())
                .isEqualTo(TREE.replace("en: Damage}}\n", "en: Damage}}\n      - {code: late}\n")
                        .replace("85%}\n", "85%}\n  - {name: nps}\n"));
    }

    @Test
    void anItemIsRemovedWithItsLines() {
        yaml.remove(List.of("categories", "repair", "children", "again"));

        assertThat(yaml.toString()).isEqualTo(removed());
    }

    private static String removed() {
        int from = TREE.indexOf("      - code: again");
        int to = TREE.indexOf("      # between");
        return TREE.substring(0, from) + TREE.substring(to);
    }

    @Test
    void theLastItemLeavesAnEmptyList() {
        yaml.remove(List.of("targets", "csat"));

        assertThat(yaml.toString()).endsWith("targets:\n  []\n");
        assertThat(yaml.add(List.of("targets"), Map.of("name", "nps"))).isTrue();
        assertThat(yaml.toString()).endsWith("targets:\n  [{name: nps}]\n");
    }

    @Test
    void anItemOfAFlowListIsRemovedWithItsComma() {
        for (String word : List.of("又坏了", "没修好")) {
            var text = new YamlText(TREE);
            text.remove(List.of("categories", "repair", "children", "again", "keywords", word));
            assertThat(text.toString()).contains(word.equals("又坏了") ? "keywords: [没修好]" : "keywords: [又坏了]");
        }
    }

    @Test
    void theFirstKeyOfAnItemIsRemovedFromBehindItsDash() {
        yaml.remove(List.of("categories", "parts", "code"));

        assertThat(yaml.toString()).contains("  - name: {zh: 配件, en: Parts}\n");
    }

    @Test
    void whatIsMissingIsSaidAndNothingChanges() {
        assertThat(yaml.set(List.of("categories", "none", "severity"), "MAJOR")).isFalse();
        assertThat(yaml.remove(List.of("categories", "none"))).isFalse();
        assertThat(yaml.add(List.of("none"), Map.of("name", "x"))).isFalse();
        assertThat(yaml.toString()).isEqualTo(TREE);
    }

    @Test
    void anyTextIsReadBackAsItWasWritten() {
        for (String text : List.of(
                "no",
                "12315",
                "1e3",
                "2026-01-01",
                "a: b",
                "- x",
                "# x",
                "\"quoted\"",
                "back\\slash",
                "two\nlines",
                "tab\there",
                "{x}",
                "[x]",
                "*a",
                "&a",
                "!t",
                "%d",
                "@a",
                "`b`",
                "~",
                "null",
                "true story",
                " blank ",
                "'",
                "😀")) {
            var one = new YamlText(TREE);
            one.set(List.of("categories", "parts", "name", "zh"), text);
            assertThat(one.value(List.of("categories", "parts", "name", "zh"))).contains(text);
            Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(one.toString());
            assertThat(read.toString()).contains(text);
        }
    }
}
