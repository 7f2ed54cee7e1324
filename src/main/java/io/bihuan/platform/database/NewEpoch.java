package io.bihuan.platform.database;

import io.bihuan.platform.CommandLine;
import java.io.PrintStream;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code new-epoch}: to be run once after a restore or a move to another server. */
@Component("new-epoch")
class NewEpoch implements CommandLine {
    private final Epochs epochs;

    NewEpoch(Epochs epochs) {
        this.epochs = epochs;
    }

    @Override
    public int run(List<String> arguments, PrintStream out) {
        out.println("epoch " + epochs.begin());
        return 0;
    }
}
