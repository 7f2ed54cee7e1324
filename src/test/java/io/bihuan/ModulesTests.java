package io.bihuan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.rules.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The order of the modules: each may use those that its contract names, and there is no circle. */
class ModulesTests {
    private static final ApplicationModules MODULES = ApplicationModules.of(Bihuan.class);

    @Test
    void modulesUseOnlyWhatTheirContractAllows() {
        MODULES.verify();
    }

    @Test
    void everyFolderIsAModule() {
        assertThat(MODULES.stream().map(module -> module.getIdentifier().toString()))
                .containsExactlyInAnyOrderElementsOf(Project.modules());
    }

    @Test
    void theMapIsDrawn() {
        Path folder = Path.of("target/modules");
        new Documenter(MODULES, Documenter.Options.defaults().withOutputFolder(folder.toString()))
                .writeModulesAsPlantUml();

        assertThat(folder.resolve("components.puml")).exists();
    }
}
