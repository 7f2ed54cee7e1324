package io.bihuan.industry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.industry.DraftParts.Item;
import io.bihuan.industry.PackDifference.Change;
import io.bihuan.pack.PackFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DraftPartsTests {
    private static final PackFolder SHOP = PackFolder.of(
            "shop",
            Map.of(
                    "pack.yaml",
                    "id: shop\nextends: base\nfiles:\n  - categories.yaml\n",
                    "categories.yaml",
                    """
                    # The tree.
                    categories:
                      - code: goods
                        name: {zh: 商品, en: Goods}
                        children:
                          - code: broken
                            name: {zh: 损坏, en: Broken}
                            keywords: [坏了]   # more to come
                    """,
                    "base/pack.yaml",
                    "id: base\n",
                    "base/standards.yaml",
                    """
                    standards:
                      - name: attitude
                        label: {zh: 态度, en: Attitude}
                        categories: []
                        text: {zh: 道歉。, en: Apology.}
                        measures:
                          - {measure: APOLOGY, by: desk, within: 24h, text: {zh: 道歉, en: Apologise}}
                          - {measure: TRAINING, by: desk, text: {zh: 培训, en: Train}}
                    """));
    private static final List<String> BROKEN = List.of("categories", "goods", "children", "broken");
    private static final List<String> ATTITUDE = List.of("standards", "attitude");

    @Test
    void itemsOfATreeAndOfTheBaseAreListed() {
        assertThat(DraftParts.items(SHOP, "categories"))
                .extracting(Item::code, Item::depth, Item::isInherited)
                .containsExactly(tuple("goods", 0, false), tuple("broken", 1, false));
        assertThat(DraftParts.items(SHOP, "standards"))
                .containsExactly(new Item(ATTITUDE, "attitude", "态度", "Attitude", true, 0));
    }

    @Test
    void onlyWhatWasTypedChanges() {
        var typed = Map.of("name.zh", "摔坏了", "name.en", "Broken", "severity", "URGENT", "keywords", "坏了\n碎了\n");

        PackFolder changed = DraftParts.set(SHOP, BROKEN, typed);

        assertThat(text(changed, "categories.yaml")).isEqualTo("""
                # The tree.
                categories:
                  - code: goods
                    name: {zh: 商品, en: Goods}
                    children:
                      - code: broken
                        name: {zh: "摔坏了", en: Broken}
                        keywords: ["坏了", "碎了"]   # more to come
                        severity: URGENT
                """);
    }

    @Test
    void aFieldLeftEmptyIsRemoved() {
        PackFolder changed = DraftParts.set(SHOP, BROKEN, Map.of("name.zh", "损坏", "name.en", "Broken"));

        assertThat(text(changed, "categories.yaml")).doesNotContain("keywords");
        assertThat(PackDifference.between(SHOP, changed))
                .containsExactly(
                        new Change(List.of("categories", "goods", "children", "broken", "keywords"), "坏了", ""));
    }

    @Test
    void whatTheBaseGivesIsTakenOverWordForWord() {
        PackFolder own = DraftParts.takeOver(SHOP, ATTITUDE);

        assertThat(own.files()).containsKey("own-standards.yaml");
        assertThat(text(own, "pack.yaml")).contains("own-standards.yaml");
        assertThat(DraftParts.items(own, "standards"))
                .extracting(Item::isInherited)
                .containsExactly(false);
        assertThat(PackDifference.between(SHOP, own)).extracting(Change::part).containsOnly("files");
        assertThat(DraftParts.takeOver(own, ATTITUDE)).isEqualTo(own);
    }

    @Test
    void measuresAreChangedLineByLine() {
        PackFolder own = DraftParts.takeOver(SHOP, ATTITUDE);
        PartField measures = DraftParts.fields("standards").stream()
                .filter(field -> field.key().equals("measures"))
                .findFirst()
                .orElseThrow();

        String typed = DraftParts.value(own, ATTITUDE, measures);
        assertThat(typed).isEqualTo("APOLOGY | desk | 24h | 道歉 | Apologise\nTRAINING | desk |  | 培训 | Train");

        PackFolder changed = DraftParts.set(
                own,
                ATTITUDE,
                Map.of(
                        "label.zh",
                        "态度",
                        "label.en",
                        "Attitude",
                        "text.zh",
                        "道歉。",
                        "text.en",
                        "Apology.",
                        "measures",
                        "COUPON | desk | 2h | 补偿券：10 元 | Coupon: 10 yuan\n" + typed));
        assertThat(DraftParts.value(changed, ATTITUDE, measures))
                .isEqualTo("COUPON | desk | 2h | 补偿券：10 元 | Coupon: 10 yuan\n" + typed);
    }

    @Test
    void anItemIsAddedBelowAnother() {
        PackFolder changed = DraftParts.add(SHOP, List.of("categories", "goods", "children"), "late", "迟到", "Late");
        changed = DraftParts.add(
                changed, List.of("categories", "goods", "children", "late", "children"), "very", "很迟", "Very late");

        assertThat(DraftParts.items(changed, "categories"))
                .extracting(Item::code)
                .containsExactly("goods", "broken", "late", "very");
        assertThat(text(changed, "categories.yaml")).startsWith("# The tree.\n");
        assertThat(DraftParts.remove(changed, List.of("categories", "goods", "children", "late")))
                .satisfies(removed ->
                        assertThat(text(removed, "categories.yaml")).isEqualTo(text(SHOP, "categories.yaml")));
    }

    private static String text(PackFolder folder, String file) {
        return new String(folder.files().get(file), StandardCharsets.UTF_8);
    }
}
