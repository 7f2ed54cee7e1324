package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/** However a file is cut, and whoever sends which piece how often: what is stored is the file. */
@Tag("slow")
class PartialUploadsTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String OWNER = "token:" + UUID.randomUUID();

    private final DataSource source = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(source);
    private final Files files = new Files(jdbc, source, time, transactions);
    private final PartialUploads uploads = node();

    private PartialUploads node() {
        return new PartialUploads(jdbc, source, files, time, transactions, DataSize.ofMegabytes(5));
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private byte[] stored(PartialUpload upload) throws IOException {
        try (InputStream in = files.open(hash(upload))) {
            return in.readAllBytes();
        }
    }

    private static FileHash hash(PartialUpload upload) {
        return Objects.requireNonNull(upload.hash());
    }

    private PartialUpload now(PartialUpload upload) throws IOException {
        return uploads.find(OWNER, upload.id()).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverItIsCutAndSentAgainTheFileIsTheSame(long seed) throws Exception {
        var random = new Random(seed);
        byte[] file = random(seed, 1 + random.nextInt(1_500_000));
        PartialUpload upload = uploads.begin(OWNER, "录音.bin", file.length);
        int steps = 0;
        while (!now(upload).isWhole()) {
            PartialUploads node = random.nextBoolean() ? uploads : node();
            PartialUpload seen = now(upload);
            // Mostly where it stands, sometimes where it stood or will stand.
            long at = random.nextInt(4) > 0 ? seen.received() : random.nextInt(file.length);
            int length = random.nextInt(10) == 0
                    ? random.nextInt(3)
                    : random.nextInt(1 + Math.min(700_000, file.length - (int) at));
            byte[] piece = Arrays.copyOfRange(file, (int) at, Math.min(file.length, (int) at + length));
            boolean breaks = random.nextInt(3) == 0;
            InputStream in = breaks ? broken(piece) : new ByteArrayInputStream(piece);
            try {
                node.append(OWNER, seen, at, in);
                assertThat(at).isEqualTo(seen.received());
            } catch (PartialUploads.OutOfPlace e) {
                assertThat(at).isNotEqualTo(seen.received());
            } catch (IOException e) {
                assertThat(breaks).isTrue();
            }
            assertThat(++steps).isLessThan(5_000);
        }
        assertThat(stored(now(upload))).isEqualTo(file);
    }

    private static InputStream broken(byte[] piece) {
        return new SequenceInputStream(new ByteArrayInputStream(piece), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("line broken");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        });
    }

    @Test
    void manyAtOnceSendTheSameFileAndItIsTheSame() throws Exception {
        byte[] file = random(9, 2_000_000);
        PartialUpload upload = uploads.begin(OWNER, "录像.bin", file.length);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = new ArrayList<Future<Void>>();
            for (int i = 0; i < 6; i++) {
                var random = new Random(i);
                senders.add(executor.submit((Callable<Void>) () -> {
                    PartialUploads node = node();
                    for (PartialUpload seen = now(upload); !seen.isWhole(); seen = now(upload)) {
                        int at = (int) seen.received();
                        byte[] piece =
                                Arrays.copyOfRange(file, at, Math.min(file.length, at + 1 + random.nextInt(400_000)));
                        try {
                            node.append(OWNER, seen, at, new ByteArrayInputStream(piece));
                        } catch (PartialUploads.OutOfPlace e) {
                            // another was quicker
                        }
                    }
                    return null;
                }));
            }
            for (Future<Void> each : senders) {
                each.get();
            }
        }
        assertThat(stored(now(upload))).isEqualTo(file);
        assertThat(jdbc.sql("select count(*) from platform.upload_chunk where upload = :id")
                        .param("id", upload.id())
                        .query(Integer.class)
                        .single())
                .as("pieces are gone")
                .isZero();
    }

    @Test
    void aNodeThatDiedBeforeTheEndLeavesNothingUndone() throws Exception {
        byte[] file = random(10, 300_000);
        PartialUpload upload = uploads.begin(OWNER, "a.bin", file.length);
        uploads.append(OWNER, upload, 0, new ByteArrayInputStream(file, 0, 299_999));
        // As if the last piece was kept and the process killed before the file was made of it.
        jdbc.sql("update platform.upload_chunk set data = data || :last where upload = :id and number = 1")
                .param("last", new byte[] {file[299_999]})
                .param("id", upload.id())
                .update();
        jdbc.sql("update platform.upload set received = length where id = :id")
                .param("id", upload.id())
                .update();
        assertThat(stored(node().find(OWNER, upload.id()).orElseThrow())).isEqualTo(file);
    }

    @Test
    void theWholeFileIsCheckedLikeEveryOther() throws Exception {
        byte[] script = "#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.UTF_8);
        PartialUpload upload = uploads.begin(OWNER, "invoice.sh", script.length);
        PartialUpload ended = uploads.append(OWNER, upload, 0, new ByteArrayInputStream(script));
        assertThat(ended.refusal()).isEqualTo("platform.file.executable");
        assertThat(ended.hash()).isNull();
        assertThat(now(upload).refusal()).isEqualTo("platform.file.executable");
    }

    @Test
    void limitsAreKept() throws Exception {
        assertThatThrownBy(() -> uploads.begin(OWNER, "a", 6L << 20)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> uploads.begin(OWNER, "a", 0)).isInstanceOf(Refused.class);
        PartialUpload upload = uploads.begin(OWNER, "a.bin", 10);
        assertThatThrownBy(() -> uploads.append(OWNER, upload, 0, new ByteArrayInputStream(new byte[11])))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("platform.upload.too-long"));
        String busy = "token:" + UUID.randomUUID();
        for (int i = 0; i < 50; i++) {
            uploads.begin(busy, "a.bin", 10);
        }
        assertThatThrownBy(() -> uploads.begin(busy, "a.bin", 10)).isInstanceOf(Refused.class);
    }

    @Test
    void nobodyElseSeesOrUsesIt() throws Exception {
        byte[] file = random(11, 1_000);
        PartialUpload upload = uploads.begin(OWNER, "a.bin", file.length);
        PartialUpload ended = uploads.append(OWNER, upload, 0, new ByteArrayInputStream(file));
        String other = "token:" + UUID.randomUUID();
        assertThat(uploads.find(other, upload.id())).isEmpty();
        assertThat(uploads.uploaded(other, hash(ended))).isEmpty();
        assertThat(uploads.uploaded(OWNER, hash(ended))).isPresent();
    }

    @Test
    void afterADayItIsGoneUnlessSomebodyUsesTheFile() throws Exception {
        byte[] file = random(12, 400_000);
        PartialUpload used = uploads.store(OWNER, new ByteArrayInputStream(file), "a.bin");
        PartialUpload half = uploads.begin(OWNER, "b.bin", 400_000);
        uploads.append(OWNER, half, 0, new ByteArrayInputStream(file, 0, 300_000));
        var complaint = new FileUser("complaint", Ids.next());
        var writes = new io.bihuan.platform.Writes();
        files.use(writes, complaint, hash(used), "a.bin");
        writes.send(source);
        time.advance(PartialUploads.PATIENCE.plusMinutes(1));
        assertThat(uploads.find(OWNER, half.id())).isEmpty();
        while (uploads.removeExpired() > 0) {
            // the next batch
        }
        assertThat(jdbc.sql("select count(*) from platform.upload where id = any(:ids)")
                        .param("ids", List.of(used.id(), half.id()).toArray(UUID[]::new))
                        .query(Integer.class)
                        .single())
                .isZero();
        time.advance(Files.PATIENCE.plusMinutes(1));
        files.removeAbandoned();
        assertThat(files.find(hash(used))).isPresent();
    }
}
