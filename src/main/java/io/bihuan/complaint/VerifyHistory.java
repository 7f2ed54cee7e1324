package io.bihuan.complaint;

import io.bihuan.platform.CommandLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@code verify-history [file]}: verifies the histories of the database, or of an exported file. Exit code 1 when one is not intact. */
@Component("verify-history")
class VerifyHistory implements CommandLine {
    private final ObjectProvider<StoredHistory> stored;

    VerifyHistory(ObjectProvider<StoredHistory> stored) {
        this.stored = stored;
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        HistoryCheck.Report report = HistoryCheck.of(
                arguments.isEmpty() ? stored.getObject() : new HistoryFile(Path.of(arguments.getFirst())));
        report.details().forEach(out::println);
        out.printf(
                "%d complaints, %d events, %d anchors: %s%n",
                report.complaints(),
                report.events(),
                report.anchors(),
                report.isIntact() ? "intact" : report.findings() + " findings");
        return report.isIntact() ? 0 : 1;
    }
}
