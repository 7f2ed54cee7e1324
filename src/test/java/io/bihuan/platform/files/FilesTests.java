package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

@Tag("slow")
class FilesTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSize LIMIT = DataSize.ofMegabytes(20);

    private final DataSource source = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(source);
    private final Files files = new Files(jdbc, source, time, transactions);
    private final FileUser complaint = new FileUser("complaint", Ids.next());

    @BeforeEach
    void startWithNothing() {
        for (String table : List.of("file_use", "file", "file_chunk", "file_content")) {
            jdbc.sql("delete from platform." + table).update();
        }
    }

    @Test
    void aFileComesBackAsItWas() throws Exception {
        byte[] content = random(3 * Upload.CHUNK + 12_345);

        StoredFile stored = store(content, "录像.bin");

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        assertThat(stored.hash().hex()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(stored.size()).isEqualTo(content.length);
        assertThat(read(stored.hash())).isEqualTo(content);
        assertThat(count("file_chunk")).isEqualTo(4);
        assertThat(files.find(stored.hash())).contains(stored);
    }

    @Test
    void aFileOfWholeChunksComesBackAsItWas() throws IOException {
        byte[] content = random(2 * Upload.CHUNK);

        assertThat(read(store(content, "a.bin").hash())).isEqualTo(content);
        assertThat(count("file_chunk")).isEqualTo(2);
    }

    @Test
    void theSameContentIsStoredOnce() throws IOException {
        byte[] content = random(Upload.CHUNK + 1);

        StoredFile first = store(content, "a.bin");
        StoredFile second = store(content, "b.bin");

        assertThat(second).isEqualTo(first);
        assertThat(count("file")).isOne();
        assertThat(count("file_content")).isOne();
        assertThat(count("file_chunk")).isEqualTo(2);
    }

    @Test
    void theSameContentIsStoredOnceByManyAtOnce() throws Exception {
        byte[] content = random(Upload.CHUNK * 2);
        var hashes = new ArrayList<Future<StoredFile>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                hashes.add(threads.submit(() -> store(content, "a.bin")));
            }
        }
        for (Future<StoredFile> hash : hashes) {
            assertThat(read(hash.get().hash())).isEqualTo(content);
        }
        assertThat(count("file_content")).isOne();
        assertThat(count("file_chunk")).isEqualTo(2);
    }

    @Test
    void aFileThatGrowsTooLargeIsRefusedAndLeavesNothing() {
        byte[] content = random(2 * 1024 * 1024);

        assertThatThrownBy(() -> files.store(new ByteArrayInputStream(content), "a.bin", DataSize.ofMegabytes(1)))
                .isInstanceOfSatisfying(Refused.class, reason -> {
                    assertThat(reason.key()).isEqualTo("platform.file.too-large");
                    assertThat(reason.arguments()).containsExactly("a.bin", 1L);
                });

        assertThat(count("file_content") + count("file_chunk") + count("file")).isZero();
    }

    @Test
    void whatIsRefusedLeavesNothing() {
        assertRefused(new byte[0], "a.jpg", "platform.file.empty");
        assertRefused("<html><script>".getBytes(StandardCharsets.UTF_8), "a.jpg", "platform.file.active-page");
        assertRefused("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), "a.txt", "platform.file.executable");
        assertRefused(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1, 0, 0, 7}, "a.jpg", "platform.file.broken-image");

        assertThat(count("file_content") + count("file_chunk") + count("file")).isZero();
    }

    @Test
    void aSenderThatStopsLeavesNothing() {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(random(2 * Upload.CHUNK)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection lost");
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        throw new IOException("connection lost");
                    }
                });

        assertThatThrownBy(() -> files.store(broken, "a.bin", LIMIT)).isInstanceOf(IOException.class);

        assertThat(count("file_content") + count("file_chunk")).isZero();
    }

    @Test
    void anUploadInsideATransactionIsAMistake() {
        var transaction = new TransactionTemplate(transactions);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    try {
                        store(random(10), "a.bin");
                    } catch (IOException e) {
                        throw new IllegalArgumentException(e);
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aUseIsWrittenWithItsCommandAndSeenOnlyByItsUser() throws IOException {
        StoredFile file = store(random(10), "a.bin");

        use(complaint, file, "../漏水的 空调.bin");
        use(complaint, file, "again.bin");

        assertThat(files.uses(complaint)).singleElement().satisfies(use -> {
            assertThat(use.name()).isEqualTo("漏水的 空调.bin");
            assertThat(use.file()).isEqualTo(file);
        });
        assertThat(files.use(complaint, file.hash())).isPresent();
        assertThat(files.use(new FileUser("complaint", Ids.next()), file.hash()))
                .isEmpty();
        assertThat(files.use(new FileUser("import", complaint.id()), file.hash()))
                .isEmpty();
    }

    @Test
    void aFileIsKeptUntilTheLastUserLeaves() throws IOException {
        StoredFile file = store(random(Upload.CHUNK + 5), "a.bin");
        var other = new FileUser("complaint", Ids.next());
        use(complaint, file, "a.bin");
        use(other, file, "b.bin");

        time.advance(Duration.ofDays(30));
        release(complaint, file);
        time.advance(Duration.ofDays(30));
        assertThat(files.removeAbandoned()).isZero();
        assertThat(files.find(file.hash())).isPresent();

        release(other, file);
        assertThat(files.removeAbandoned()).isZero();
        time.advance(Files.PATIENCE.plusSeconds(1));
        assertThat(files.removeAbandoned()).isOne();
        assertThat(files.find(file.hash())).isEmpty();
        assertThat(count("file_chunk") + count("file_content")).isZero();
        assertThatThrownBy(() -> files.open(file.hash())).isInstanceOf(Refused.class);
    }

    @Test
    void whoeverIsErasedReleasesEveryFile() throws IOException {
        use(complaint, store(random(10), "a.bin"), "a.bin");
        use(complaint, store(random(20), "b.bin"), "b.bin");

        var writes = new Writes();
        files.releaseAll(writes, complaint);
        writes.send(source);

        assertThat(files.uses(complaint)).isEmpty();
        time.advance(Files.PATIENCE.plusSeconds(1));
        assertThat(files.removeAbandoned()).isEqualTo(2);
    }

    @Test
    void aFileThatNobodyEverUsedIsDeletedAndOneStoredAgainWaitsAnew() throws IOException {
        byte[] content = random(10);
        StoredFile forgotten = store(random(11), "forgotten.bin");
        StoredFile again = store(content, "a.bin");
        time.advance(Files.PATIENCE.minusMinutes(1));
        store(content, "a.bin");
        time.advance(Duration.ofMinutes(2));

        assertThat(files.removeAbandoned()).isOne();

        assertThat(files.find(forgotten.hash())).isEmpty();
        assertThat(files.find(again.hash())).isPresent();
    }

    @Test
    void anUploadOfADeadNodeIsDeleted() {
        var upload = new Upload(source, new Caution("application/octet-stream", new byte[0]), time.instant());
        upload.write(random(Upload.CHUNK + 1), 0, Upload.CHUNK + 1);
        assertThat(count("file_chunk")).isOne();

        assertThat(files.removeAbandoned()).isZero();
        time.advance(Files.PATIENCE.plusSeconds(1));
        assertThat(files.removeAbandoned()).isOne();

        assertThat(count("file_chunk") + count("file_content")).isZero();
    }

    @Test
    void aUseThatIsBeingWrittenKeepsItsFileFromTheCleaning() throws Exception {
        StoredFile file = store(random(10), "a.bin");
        time.advance(Files.PATIENCE.plusSeconds(1));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> cleaning = new TransactionTemplate(transactions).execute(status -> {
                use(complaint, file, "a.bin");
                Future<Integer> started = threads.submit(files::removeAbandoned);
                untilSomebodyWaitsForALock();
                return started;
            });
            assertThat(cleaning.get()).isZero();
        }

        assertThat(read(file.hash())).hasSize(10);
        assertThat(files.uses(complaint)).hasSize(1);
    }

    @Test
    void aStoredPhotoHasNoPlace() throws IOException {
        StoredFile photo = store(Pictures.photo(6), "漏水.jpg");

        byte[] kept = read(photo.hash());
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(Pictures.PLACE);
        assertThat(Pictures.pixels(kept)).isEqualTo(Pictures.pixels(Pictures.plain("jpg")));
        assertThat(photo.isSafeImage()).isTrue();
    }

    @Test
    void everySampleIsStoredOrRefusedWithAReasonAndOnlySafeImagesAreShown() throws IOException {
        int stored = 0;
        for (Path path : SampleFiles.all()) {
            String name = path.getFileName().toString();
            try (InputStream content = java.nio.file.Files.newInputStream(path)) {
                StoredFile file = files.store(content, name, LIMIT);
                use(complaint, file, name);
                FileUse use = files.use(complaint, file.hash()).orElseThrow();
                String disposition = FileResponses.headers(use).getFirst("Content-Disposition");
                assertThat(disposition).as(name).startsWith(file.isSafeImage() ? "inline" : "attachment");
                if (!file.isSafeImage()) {
                    assertThat(read(file.hash())).as(name).isEqualTo(java.nio.file.Files.readAllBytes(path));
                }
                stored++;
            } catch (Refused reason) {
                assertThat(reason.key()).as(name).startsWith("platform.file.");
            }
        }
        assertThat(stored).isGreaterThan(50);
        // testJPEG_GEO.jpg is testJPEG_EXIF.jpg with a place: without it they are one file.
        assertThat(files.uses(complaint).stream()
                        .filter(use -> use.file().isSafeImage())
                        .map(FileUse::name))
                .containsExactlyInAnyOrder(
                        "testGIF.gif",
                        "testJPEG_EXIF.jpg",
                        "testJPEG_oddTagComponent.jpg",
                        "testPNG.png",
                        "testWEBP.webp");
    }

    private void assertRefused(byte[] content, String name, String key) {
        assertThatThrownBy(() -> store(content, name))
                .isInstanceOfSatisfying(
                        Refused.class, reason -> assertThat(reason.key()).isEqualTo(key));
    }

    private StoredFile store(byte[] content, String name) throws IOException {
        return files.store(new ByteArrayInputStream(content), name, LIMIT);
    }

    private byte[] read(FileHash hash) throws IOException {
        try (InputStream content = files.open(hash)) {
            return content.readAllBytes();
        }
    }

    private void use(FileUser user, StoredFile file, String name) {
        var writes = new Writes();
        files.use(writes, user, file.hash(), name);
        writes.send(source);
    }

    private void release(FileUser user, StoredFile file) {
        var writes = new Writes();
        files.release(writes, user, file.hash());
        writes.send(source);
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from platform." + table)
                .query(Long.class)
                .single();
    }

    private void untilSomebodyWaitsForALock() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end) {
            // Within a transaction the view of activity stands still until it is cleared.
            jdbc.sql("select pg_stat_clear_snapshot()")
                    .query((row, index) -> true)
                    .single();
            boolean isWaiting = jdbc.sql("""
                            select exists (select from pg_stat_activity
                                           where datname = current_database() and wait_event_type = 'Lock')
                            """).query(Boolean.class).single();
            if (isWaiting) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody waits for a lock");
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
