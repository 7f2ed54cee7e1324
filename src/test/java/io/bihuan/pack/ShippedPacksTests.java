package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every shipped pack must have beyond being valid; parts of other modules are read by those modules' tests. */
class ShippedPacksTests {
    private static final Packs PACKS = ShippedPacks.load(Map.of("appliance", "appliance"));
    private final Pack appliance = PACKS.of("appliance");

    @Test
    void theShippedPacksAreValid() {
        assertThat(PACKS.all()).extracting(Pack::id).contains("appliance");
        assertThat(PACKS.businessLines()).containsExactly("appliance");
        assertThat(appliance.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void theTreeIsRichAndNothingInItIsDoubled() {
        assertThat(appliance.categories().tops()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(appliance.categories().leaves()).hasSizeGreaterThanOrEqualTo(25);
        var names = new HashSet<Label>();
        var words = new HashSet<String>();
        for (var category : appliance.categories().all()) {
            assertThat(names.add(category.label())).as(category.code()).isTrue();
            for (var word : category.keywords()) {
                assertThat(words.add(word)).as(word + " in " + category.code()).isTrue();
            }
        }
    }

    @Test
    void everyDepartmentHasACategory() {
        assertThat(appliance.categories().leaves().stream().map(Category::department))
                .containsAll(appliance.departments().all().stream()
                        .map(Departments.Department::code)
                        .toList());
    }

    @Test
    void safetyIsMarkedAndMajor() {
        assertThat(appliance.categories().find("electric-shock").orElseThrow())
                .satisfies(shock -> assertThat(shock.safety()).isTrue())
                .satisfies(shock -> assertThat(shock.severity()).isEqualTo(Severity.MAJOR));
    }

    @Test
    void theFormAsksForProductModelSerialDateOrderAndOutlet() {
        assertThat(appliance.form().all())
                .extracting(FormField::key)
                .contains("productType", "brand", "model", "serialNumber", "purchasedOn", "serviceOrder", "outlet");
        assertThat(appliance.form().find("productType").orElseThrow().options()).hasSizeGreaterThan(8);
    }

    @Test
    void theTextsLeadTheCustomerThroughFiveStepsAndFurther() {
        assertThat(appliance.texts().steps())
                .extracting(Texts.Passage::code)
                .containsExactly("accept", "verify", "handle", "feedback", "archive");
        assertThat(appliance.texts().bodies()).extracting(Texts.Body::phone).contains("12315");
        assertThat(appliance.remedies().find("exchange").orElseThrow().label().in(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("换货");
        assertThat(appliance.remedies().find("exchange").orElseThrow().label().in(Locale.UK))
                .isEqualTo("Exchange");
    }

    @Test
    void aVersionThatIsNotLoadedIsRefused() {
        assertThat(PACKS.get("appliance", appliance.version())).isSameAs(appliance);
        assertThatThrownBy(() -> PACKS.get("appliance", 99))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("pack.refused.unknownVersion");
        assertThatThrownBy(() -> PACKS.get("bakery")).hasMessageContaining("pack.refused.unknownPack");
        assertThatThrownBy(() -> PACKS.of("bakery")).hasMessageContaining("pack.refused.unknownBusinessLine");
    }

    @Test
    void packsAreFoundInsideAJar(@TempDir Path folder) throws IOException {
        var shipped = PackFolder.shipped(getClass().getClassLoader()).getFirst();
        var jar = folder.resolve("packs.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var directory : List.of("packs/", "packs/appliance/", "packs/base/")) {
                out.putNextEntry(new JarEntry(directory));
            }
            for (var file : shipped.files().entrySet()) {
                var isOfBase = file.getKey().startsWith(PackFolder.BASE);
                out.putNextEntry(new JarEntry("packs/" + (isOfBase ? "" : "appliance/") + file.getKey()));
                out.write(file.getValue());
            }
        }
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            var found = PackFolder.shipped(loader);
            assertThat(found).extracting(PackFolder::name).containsExactly("appliance", "base");
            assertThat(found.getFirst().hash()).isEqualTo(shipped.hash());
        }
    }

    @Test
    void theHashTellsEqualContentFromChangedContent() {
        var one = PackFolder.of("a", Map.of("pack.yaml", "id: a", "x.yaml", "y: 1"));
        assertThat(PackFolder.of("a", Map.of("x.yaml", "y: 1", "pack.yaml", "id: a"))
                        .hash())
                .isEqualTo(one.hash());
        assertThat(PackFolder.of("a", Map.of("x.yaml", "y: 2", "pack.yaml", "id: a"))
                        .hash())
                .isNotEqualTo(one.hash());
        assertThat(PackFolder.of("a", Map.of("x.yaml", "y: 1id: a", "pack.yaml", ""))
                        .hash())
                .isNotEqualTo(one.hash());
    }
}
