package io.bihuan.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.pack.PackFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every shipped pack has to say about its industry; abstract packs are left out. All that is missing is told at once.
 *
 * <ul>
 *   <li>at least 25 leaf categories; every leaf is matched by a standard and a playbook that name it or a category above it: the
 *       fallback is for what nobody thought of;
 *   <li>3 to 6 lines to ask, to check and to collect;
 *   <li>Chinese texts have Chinese characters, English texts none;
 *   <li>a clock of grade LEGAL comes from a law, and every law is named with its article;
 *   <li>each purpose has a letter, and there are targets, be they those of the pack it extends;
 *   <li>no two standards and no two playbooks, of one pack or of two, are alike by more than 30 %. Alike means: the Jaccard
 *       similarity of the sets of character 4-grams of all their Chinese texts but label and source (text, measures, tell; ask,
 *       check, collect), letters and digits only, no 4-gram across two texts. Only what the pack itself writes counts, not what
 *       it takes over from the pack it extends.
 * </ul>
 */
class PackContentTests {
    private static final int MOST_ALIKE = 30;
    private static final List<PackContent> PACKS =
            PackContent.of(PackFolder.shipped(PackContentTests.class.getClassLoader()).stream()
                    // the pack of the tests of forms
                    .filter(folder -> !folder.name().equals("every-field"))
                    .toList());

    @Test
    void tenIndustriesShip() {
        assertThat(PACKS)
                .extracting(PackContent::id)
                .containsExactlyInAnyOrder(
                        "appliance",
                        "automobile",
                        "banking",
                        "ecommerce",
                        "insurance",
                        "medical",
                        "property",
                        "retail",
                        "saas",
                        "telecom");
    }

    @Test
    void everyPackSaysWhatItsIndustryNeeds() {
        assertThat(PACKS).isNotEmpty();
        assertThat(PACKS.stream().flatMap(pack -> pack.problems().stream()).toList())
                .as("what the packs lack")
                .isEmpty();
    }

    @Test
    void noTextIsACopyOfAnother() {
        var alike = new ArrayList<String>();
        for (String part : List.of("standards", "playbooks")) {
            var texts =
                    PACKS.stream().flatMap(pack -> pack.texts(part).stream()).toList();
            assertThat(texts).as(part).isNotEmpty();
            for (int one = 0; one < texts.size(); one++) {
                for (int other = one + 1; other < texts.size(); other++) {
                    int percent = texts.get(one).similarity(texts.get(other));
                    if (percent > MOST_ALIKE) {
                        alike.add(texts.get(one).place() + " and "
                                + texts.get(other).place() + " are alike by " + percent + " %");
                    }
                }
            }
        }
        assertThat(alike).as("texts that say the same").isEmpty();
    }

    // ---- that this test can fail ----

    @Test
    void whatIsMissingIsFound() {
        var pack = PackContent.of(List.of(
                        PackFolder.of("base", Map.of("pack.yaml", "id: base\nabstract: true\n", "l.yaml", """
                                letters:
                                  - {name: ack, purpose: ACKNOWLEDGEMENT, channel: SMS, text: {zh: 已受理, en: Accepted}}
                                standards:
                                  - {name: quality, categories: [], text: {zh: 退换, en: Return}}
                                """)),
                        PackFolder.of(
                                "shop",
                                Map.of(
                                        "pack.yaml",
                                        "id: shop\nextends: base\nname: {zh: Shop, en: 商店}\n",
                                        "a.yaml",
                                        """
                                categories:
                                  - {code: goods, children: [{code: broken}, {code: stale}]}
                                  - {code: late}
                                standards:
                                  - {name: quality, categories: [broken]}
                                playbooks:
                                  - {name: all, categories: [goods, late], ask: [{zh: 甲, en: A}]}
                                clocks:
                                  - {name: solve, grade: LEGAL, source: 法律}
                                  - {name: told, grade: LEGAL, source: {law: {zh: 法, en: Law}, article: 第一条}}
                                  - {name: plan, source: {law: {zh: 法, en: Law}}}
                                """))))
                .getFirst();

        assertThat(pack.problems())
                .contains(
                        "shop: has 3 leaf categories, at least 25 are needed",
                        "shop: category `goods` has no item of its own in `standards` for [stale]",
                        "shop: category `late` has no item of its own in `standards` for [late]",
                        "shop: no letter has the purpose RESULT",
                        "shop: has no `targets`",
                        "shop: playbook `all` has 1 lines in `ask`, 3 to 6 are needed",
                        "shop.name: the Chinese text has no Chinese character: Shop",
                        "shop.name: the English text has Chinese characters: 商店",
                        "shop.clocks[solve]: is of grade LEGAL but its source is no law with an article: 法律",
                        "shop.clocks[plan].source: the law has no article")
                .noneMatch(problem -> problem.contains("ACKNOWLEDGEMENT")
                        || problem.contains("told")
                        || problem.contains("`playbooks` for"));
    }

    @Test
    void alikeIsMeasuredByWindowsOfFourCharacters() {
        var one = new PackContent.Text("one", PackContent.grams("退还已付的维修费用"));
        assertThat(one.similarity(new PackContent.Text("same", PackContent.grams("退还，已付的维修费用。"))))
                .isEqualTo(100);
        assertThat(one.similarity(new PackContent.Text("other", PackContent.grams("安排资深技师复检"))))
                .isZero();
        // 退还已付, 还已付的 of six windows each are shared: two of ten
        assertThat(one.similarity(new PackContent.Text("half", PackContent.grams("退还已付的配送运费"))))
                .isEqualTo(20);
    }
}
