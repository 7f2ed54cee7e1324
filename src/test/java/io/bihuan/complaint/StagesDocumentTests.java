package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation of the stages is what the enum says; on a difference, copy target/stages.md to docs. */
class StagesDocumentTests {
    @Test
    void theDocumentShowsEveryEdgeWithItsReason() throws IOException {
        String document = """
                # The stages of a complaint 环节

                受理 ACCEPT → 核实 VERIFY → 处理 HANDLE → 反馈 FEEDBACK → 归档 ARCHIVE, and every way between them:

                | from | to | what takes it | why |
                |---|---|---|---|
                """
                + Arrays.stream(Stage.Edge.values())
                        .map(edge -> "| %s | %s | %s | %s |%n"
                                .formatted(
                                        edge.from(),
                                        edge.to(),
                                        edge.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                        edge.reason()))
                        .collect(Collectors.joining());
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/stages.md"), document);
        assertThat(Path.of("docs/stages.md")).content().isEqualTo(document);
    }
}
