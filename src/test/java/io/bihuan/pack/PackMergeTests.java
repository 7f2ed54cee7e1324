package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How what a pack says takes the place of what its base says. */
class PackMergeTests {
    private static final PackPart<Source> SOURCE = PackPart.of("sourced", Source.class, node -> {
        var source = node.source("source");
        return source == null ? Source.text("") : source;
    });

    @Test
    void aLawTakesThePlaceOfATextWhole() {
        var own =
                "sourced: {source: {law: {zh: 消保法, en: Consumer law}, article: 第五十五条, from: 2014-03-15, confirmed: true}}";

        var source = read(own, "sourced: {source: {zh: 企业标准, en: Company standard}}");

        assertThat(source.namesLaw()).isTrue();
        assertThat(source.title().in(Locale.ENGLISH)).isEqualTo("Consumer law");
    }

    @Test
    void aTextTakesThePlaceOfALawWhole() {
        var law =
                "sourced: {source: {law: {zh: 消保法, en: Consumer law}, article: 第五十五条, from: 2014-03-15, confirmed: true}}";

        assertThat(read("sourced: {source: 企业标准}", law)).isEqualTo(Source.text("企业标准"));
    }

    private static Source read(String own, String base) {
        var files = Map.of(
                "pack.yaml",
                """
                id: shop
                edition: "1"
                extends: base
                name: {zh: 商店, en: Shop}
                files: [all.yaml, own.yaml]
                """,
                "all.yaml",
                SmallPack.ALL,
                "own.yaml",
                own,
                "base/pack.yaml",
                """
                id: base
                edition: "1"
                abstract: true
                name: {zh: 通用, en: Base}
                files: [base.yaml]
                """,
                "base/base.yaml",
                base);
        var parts = new ArrayList<>(Packs.ownParts());
        parts.add(SOURCE);
        return Packs.read(PackFolder.of("shop", files), 1, parts).part(Source.class);
    }
}
