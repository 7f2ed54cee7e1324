package io.bihuan.industry;

import io.bihuan.pack.Packs;
import io.bihuan.platform.CommandLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** {@code export-pack <pack> <version> <folder>}: writes the files of a version into a folder of the pack's name within that one. */
@Component("export-pack")
class ExportPack implements CommandLine {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Packs packs;

    ExportPack(Packs packs) {
        this.packs = packs;
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        if (arguments.size() != 3 || !NUMBER.matcher(arguments.get(1)).matches()) {
            out.println("export-pack <pack> <version> <folder>");
            return 2;
        }
        Path folder = Path.of(arguments.get(2)).resolve(arguments.getFirst());
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    out.printf("%s is not empty: name another folder%n", folder);
                    return 1;
                }
            }
        }
        PackDirectory.write(packs.folder(arguments.getFirst(), Integer.parseInt(arguments.get(1))), folder);
        out.printf("written to %s%n", folder);
        return 0;
    }
}
