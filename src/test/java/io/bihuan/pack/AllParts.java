package io.bihuan.pack;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The parts that the modules register. */
public final class AllParts {
    private AllParts() {}

    public static List<PackPart<?>> find() {
        var found = new ArrayList<>(Packs.ownParts());
        new ApplicationContextRunner()
                .withUserConfiguration(PackConfigurationTests.AllModules.class)
                .run(context -> context.getBeansOfType(PackPart.class).values().forEach(found::add));
        return found;
    }
}
