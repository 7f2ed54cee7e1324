package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/** Encrypted, broken, oversized and lying files are stored, drawn, previewed and scanned: none of them crashes or holds anything up. */
@Tag("slow")
@Timeout(300)
class HostileFilesTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Set<String> SHOWN = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");

    private final DataSource source = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final Files files = new Files(jdbc, source, time, new JdbcTransactionManager(source));
    private final Thumbnails thumbnails = new Thumbnails(jdbc, files, time);

    @Test
    void everyOneOfThemGoesAllTheWay() throws Exception {
        List<StoredFile> stored = new ArrayList<>();
        int pictures = 0;
        for (Path path : SampleFiles.all()) {
            String name = path.getFileName().toString();
            StoredFile file;
            try (InputStream content = java.nio.file.Files.newInputStream(path)) {
                file = files.store(content, name, DataSize.ofMegabytes(20));
            } catch (Refused refused) {
                assertThat(refused.key()).as(name).startsWith("platform.file.");
                continue;
            }
            stored.add(file);
            var drawn = thumbnails.of(file);
            if (drawn.isPresent()) {
                pictures++;
                var small = ImageIO.read(new ByteArrayInputStream(drawn.get()));
                assertThat(Math.max(small.getWidth(), small.getHeight()))
                        .as(name)
                        .isBetween(1, 320);
            }
            new TextPreview(files)
                    .of(file)
                    .ifPresent(
                            beginning -> assertThat(beginning.text()).as(name).doesNotContain("\0"));
            HttpHeaders headers = FileResponses.headers(
                    new FileUse(new FileUser("complaint", Ids.next()), name, file, Instant.EPOCH));
            boolean isInline = headers.getContentDisposition().isInline();
            assertThat(isInline).as(name).isEqualTo(SHOWN.contains(file.mediaType()));
            assertThat(String.valueOf(headers.getContentType()))
                    .as(name)
                    .isEqualTo(isInline ? file.mediaType() : "application/octet-stream");
        }
        assertThat(stored).hasSizeGreaterThan(40);
        assertThat(pictures).isGreaterThanOrEqualTo(4);

        try (var clamd = new ScriptedClamd()) {
            var scanning = new Scanning(jdbc, files, clamd.settings(Duration.ofSeconds(60)), time);
            while (scanning.scanNext()) {
                // the next one
            }
        }
        for (StoredFile file : stored) {
            assertThat(files.find(file.hash()).orElseThrow().scan()).isEqualTo(Scan.CLEAN);
        }
    }
}
