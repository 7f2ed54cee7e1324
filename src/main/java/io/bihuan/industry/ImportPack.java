package io.bihuan.industry;

import io.bihuan.pack.Origin;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.Packs;
import io.bihuan.pack.StoredVersion;
import io.bihuan.platform.Actor;
import io.bihuan.platform.CommandLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code import-pack <folder or zip file>}: checks a pack and stores it as its next version, which is not in force yet. */
@Component("import-pack")
class ImportPack implements CommandLine {
    private final Packs packs;

    ImportPack(Packs packs) {
        this.packs = packs;
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        if (arguments.size() != 1) {
            out.println("import-pack <folder or zip file>");
            return 2;
        }
        try {
            StoredVersion stored = packs.store(
                    packs.whole(PackDirectory.read(Path.of(arguments.getFirst()))),
                    Origin.IMPORTED,
                    arguments.getFirst(),
                    Actor.SYSTEM);
            out.printf("%s is version %d (%s)%n", stored.pack(), stored.version(), stored.standing());
            return 0;
        } catch (PackInvalid invalid) {
            invalid.problems().forEach(out::println);
            out.printf("%d problems, nothing is stored%n", invalid.problems().size());
            return 1;
        }
    }
}
