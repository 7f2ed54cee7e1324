package io.bihuan.industry;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.pack.Packs;
import io.bihuan.pack.StoredVersion.Standing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Packs as folders on a disk. */
@BihuanTest(properties = "bihuan.test.application=packs")
class PackCommandsTests {
    @Autowired
    Packs packs;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int take(String... arguments) throws IOException {
        return new ImportPack(packs).run(List.of(arguments), out());
    }

    private int give(String... arguments) throws IOException {
        return new ExportPack(packs).run(List.of(arguments), out());
    }

    private PrintStream out() {
        said.reset();
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenComesInAgainAsItself() throws IOException {
        int before = packs.versions("appliance").size();

        assertThat(give("appliance", "1", folder.toString())).isZero();
        assertThat(folder.resolve("appliance/base/clocks.yaml")).exists();
        assertThat(take(folder.resolve("appliance").toString())).isZero();

        assertThat(said()).contains("appliance is version 1 ");
        assertThat(packs.versions("appliance")).hasSize(before);
    }

    @Test
    void aChangedFolderIsTheNextVersionAndNotInForce() throws IOException {
        assertThat(give("appliance", "1", folder.toString())).isZero();
        Path file = folder.resolve("appliance/categories.yaml");
        Files.writeString(file, Files.readString(file).replace("反复维修未修好", "反复维修仍未修好"));

        assertThat(take(folder.resolve("appliance").toString())).isZero();

        assertThat(packs.versions("appliance").getFirst().standing()).isEqualTo(Standing.WAITING);
    }

    @Test
    void aFolderWithoutTheFilesOfItsBaseStandsUponTheOneInForce() throws IOException {
        assertThat(give("appliance", "1", folder.toString())).isZero();
        try (var files = Files.list(folder.resolve("appliance/base"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThat(take(folder.resolve("appliance").toString())).isZero();
    }

    @Test
    void everythingThatIsWrongIsSaidAndNothingIsStored() throws IOException {
        assertThat(give("appliance", "1", folder.toString())).isZero();
        Path file = folder.resolve("appliance/categories.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("department: parts\n", "department: partz\n")
                        .replace("severity: URGENT", "severity: URGEND"));
        int before = packs.versions("appliance").size();

        assertThat(take(folder.resolve("appliance").toString())).isEqualTo(1);

        assertThat(said())
                .contains("unknown department `partz`: did you mean `parts`?", "`URGEND`", "nothing is stored");
        assertThat(packs.versions("appliance")).hasSize(before);
        assertThat(take(folder.toString())).isEqualTo(1);
        assertThat(said()).contains("has no `pack.yaml`");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        assertThat(give("appliance", "1", folder.toString())).isZero();

        assertThat(give("appliance", "1", folder.toString())).isEqualTo(1);
        assertThat(give("appliance", "one", folder.toString())).isEqualTo(2);
        assertThat(take()).isEqualTo(2);
    }
}
