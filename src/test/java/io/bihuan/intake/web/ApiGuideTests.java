package io.bihuan.intake.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.standardwebhooks.Webhook;
import io.bihuan.BihuanTest;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The examples of the guide do what the guide says: they are run as they stand, one after the other. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ApiGuideTests {
    private static final Path GUIDE = Path.of("docs/guide/api.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    @TempDir
    Path folder;

    private static List<String> blocks() throws IOException {
        Matcher found = BLOCK.matcher(Files.readString(GUIDE));
        var blocks = new ArrayList<String>();
        while (found.find()) {
            blocks.add(found.group(1));
        }
        return blocks;
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    @Test
    void everyExampleRuns() throws Exception {
        for (String program : List.of("bash", "curl", "openssl", "od", "sed", "base64")) {
            assumeTrue(has(program), "the examples need " + program);
        }
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(8);
        assertThat(blocks.getFirst())
                .as("where and with what, is given by this test")
                .startsWith("export BIHUAN=");
        // Whoever copies an example sees the answer; here a failed call ends the run.
        var script = new StringBuilder(
                "set -euo pipefail\ncurl() { command curl --fail-with-body -sS --max-time 60 \"$@\"; }\n");
        for (int i = 1; i < blocks.size(); i++) {
            script.append("echo; echo '--- example ").append(i).append("'\n").append(blocks.get(i));
        }
        script.append("echo; echo '--- end' $NUMBER $OFFSET $SHA256\n");
        Path file = Files.writeString(folder.resolve("examples.sh"), script);
        Path output = folder.resolve("output.txt");
        var process = new ProcessBuilder("bash", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        process.environment().put("BIHUAN", "http://localhost:" + port);
        process.environment().put("LC_ALL", "C.UTF-8");
        process.environment()
                .put("TOKEN", tokens.create("示例", Set.of(Scope.values()), null).secret());
        Process running = process.start();
        assertThat(running.waitFor(180, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(running.exitValue())
                .as(said.substring(Math.max(0, said.length() - 2_000)))
                .isZero();

        assertThat(said).containsPattern("--- end \\d{14} 250000 [0-9a-f]{64}");
        assertThat(said).contains("Location: /api/v1/complaints/", "\"trackingUrl\"", "\"Registered\"", "139****5678");
        assertThat(said).doesNotContain("urn:bihuan:refused", "about:blank");
    }

    @Test
    void theSignatureOfTheGuideIsOneThatReceiversAccept() throws Exception {
        String guide = Files.readString(GUIDE, StandardCharsets.UTF_8);
        String secret = find(guide, "SECRET=(whsec_\\S+)");
        String id = find(guide, "ID=(\\S+) TIMESTAMP");
        String timestamp = find(guide, "TIMESTAMP=(\\d+)");
        String body = find(guide, "BODY='([^']+)'");
        assertThat(find(guide, "```\\n(v1,\\S+=)\\n```"))
                .isEqualTo(new Webhook(secret).sign(id, Long.parseLong(timestamp), body));
    }

    private static String find(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
