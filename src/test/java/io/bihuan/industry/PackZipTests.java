package io.bihuan.industry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackZipTests {
    private static final PackFolder SHOP = PackFolder.of(
            "shop", Map.of("pack.yaml", "id: shop\n", "all.yaml", "categories: []\n", "base/pack.yaml", "id: base\n"));

    @Test
    void whatIsExportedIsImportedAsItWas() throws IOException {
        var zip = new ByteArrayOutputStream();
        PackZip.write(SHOP, zip);

        PackFolder read = read(zip.toByteArray());

        assertThat(read.name()).isEqualTo("shop");
        assertThat(read.hash()).isEqualTo(SHOP.hash());
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        var one = new ByteArrayOutputStream();
        var other = new ByteArrayOutputStream();
        PackZip.write(SHOP, one);
        PackZip.write(SHOP, other);

        assertThat(one.toByteArray()).isEqualTo(other.toByteArray());
    }

    @Test
    void theBaseItselfComesAndGoesLikeAnyPack() throws IOException {
        PackFolder base = PackFolder.of("base", Map.of("pack.yaml", "id: base\n", "clocks.yaml", "clocks: []\n"));
        var zip = new ByteArrayOutputStream();
        PackZip.write(base, zip);

        assertThat(read(zip.toByteArray()).hash()).isEqualTo(base.hash());
    }

    @Test
    void filesWithoutAFolderAreTakenToo() throws IOException {
        PackFolder read = read(zip(Map.of("pack.yaml", "id: shop\n", "all.yaml", "x: 1\n")));

        assertThat(read.name()).isEqualTo("shop");
        assertThat(read.files()).containsOnlyKeys("pack.yaml", "all.yaml");
    }

    @Test
    void whatSystemsAddToFoldersIsLeftOut() throws IOException {
        PackFolder read = read(
                zip(Map.of("shop/pack.yaml", "id: shop\n", "shop/.DS_Store", "x", "__MACOSX/shop/._pack.yaml", "x")));

        assertThat(read.files()).containsOnlyKeys("pack.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.yaml",
                "shop/../../evil.yaml",
                "/etc/evil.yaml",
                "shop\\evil.yaml",
                "C:/evil.yaml",
                "shop/run.sh",
                "shop/a/b/c/deep.yaml",
                "shop/Übel.yaml",
                "shop/ .yaml"
            })
    void aNameThatIsNoneOfAPackIsRefusedByName(String path) throws IOException {
        byte[] zip = zip(Map.of("shop/pack.yaml", "id: shop\n", path, "x: 1\n"));

        assertThatThrownBy(() -> read(zip))
                .isInstanceOfSatisfying(
                        PackInvalid.class,
                        invalid -> assertThat(invalid.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.position().file()).isEqualTo(path);
                                    assertThat(problem.message()).asString().contains("no file of a pack");
                                }));
    }

    @Test
    void aFileThatGrowsWhileItIsUnpackedIsRefused() throws IOException {
        byte[] large = new byte[PackZip.LARGEST_FILE + 1];
        Arrays.fill(large, (byte) ' ');
        byte[] zip = zip(Map.of("shop/pack.yaml", new String(large, StandardCharsets.UTF_8)));

        assertThat(zip.length).isLessThan(5_000);
        assertThatThrownBy(() -> read(zip)).isInstanceOf(PackInvalid.class).hasMessageContaining("larger than");
    }

    @Test
    void manySmallFilesAndManyLargeOnesAreRefused() throws IOException {
        var many = new LinkedHashMap<String, String>();
        for (int index = 0; index <= PackZip.MOST_FILES; index++) {
            many.put("shop/f" + index + ".yaml", "x: 1\n");
        }
        var large = new LinkedHashMap<String, String>();
        for (int index = 0; index < 6; index++) {
            large.put("shop/f" + index + ".yaml", " ".repeat(PackZip.LARGEST_FILE));
        }

        assertThatThrownBy(() -> read(zip(many))).hasMessageContaining("more than 200 files");
        assertThatThrownBy(() -> read(zip(large))).hasMessageContaining("unpacks to more than");
    }

    @Test
    void whatIsNoZipFileAndWhatIsCutAreRefused() throws IOException {
        var zip = new ByteArrayOutputStream();
        PackZip.write(SHOP, zip);
        byte[] cut = Arrays.copyOf(zip.toByteArray(), 60);

        assertThatThrownBy(() -> read("no zip".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PackInvalid.class);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(PackInvalid.class);
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(PackInvalid.class);
    }

    @Test
    void twoPacksAtOnceAreRefused() throws IOException {
        byte[] zip = zip(Map.of("shop/pack.yaml", "id: shop\n", "mall/pack.yaml", "id: mall\n"));

        assertThatThrownBy(() -> read(zip)).isInstanceOf(PackInvalid.class).hasMessageContaining("one pack");
    }

    private static PackFolder read(byte[] zip) throws IOException {
        return PackZip.read(new ByteArrayInputStream(zip), "upload.zip");
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
