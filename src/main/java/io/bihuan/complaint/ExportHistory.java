package io.bihuan.complaint;

import io.bihuan.platform.CommandLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code export-history <file>}: writes all histories and anchors, so that they can be verified elsewhere. */
@Component("export-history")
class ExportHistory implements CommandLine {
    private final StoredHistory stored;

    ExportHistory(StoredHistory stored) {
        this.stored = stored;
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        if (arguments.size() != 1) {
            out.println("export-history <file.jsonl.gz>");
            return 2;
        }
        long chains = new HistoryFile(Path.of(arguments.getFirst())).write(stored);
        out.printf("%d complaints written to %s%n", chains, arguments.getFirst());
        return 0;
    }
}
