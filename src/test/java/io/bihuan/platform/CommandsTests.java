package io.bihuan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.Bihuan;
import io.bihuan.TestDatabase;
import io.bihuan.platform.database.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTests {
    @TempDir(factory = TestDatabase.InMemory.class)
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void optionsAloneAreNoCommand() {
        assertThat(Commands.isCommand(new String[] {})).isFalse();
        assertThat(Commands.isCommand(new String[] {"--server.port=80", "new-epoch"}))
                .isFalse();
        assertThat(Commands.isCommand(new String[] {"new-epoch"})).isTrue();
    }

    @Test
    void aMisspeltCommandNamesTheKnownOnesAndStartsNothing() throws Exception {
        assertThat(run("new-epok", data())).isEqualTo(2);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("new-epok?").contains("new-epoch");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCommandStartsTheDatabaseOrAttachesToTheRunningOne() throws Exception {
        TestDatabase.shareBinaries();

        assertThat(run("new-epoch", data())).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).endsWith("epoch 2\n");

        try (var running = ServerProcess.start(folder.resolve("data"))) {
            assertThat(run("new-epoch", data())).isZero();
            assertThat(said.toString(StandardCharsets.UTF_8)).endsWith("epoch 3\n");
            assertThat(running.server().isAlive()).isTrue();
            running.server().destroyForcibly();
        }
    }

    private int run(String... arguments) throws Exception {
        return Commands.run(Bihuan.class, arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String data() {
        return "--bihuan.data=" + folder.resolve("data");
    }
}
