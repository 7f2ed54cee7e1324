package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.ScriptedClamd.Mood;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/** Every stored file is looked at once by the scanner, whatever the scanner does; what it finds something in is opened by nobody. */
@Tag("slow")
@Timeout(120)
class ScanningTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final DataSource source = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final Files files = new Files(jdbc, source, time, new JdbcTransactionManager(source));
    private final ScriptedClamd clamd = new ScriptedClamd();

    @BeforeEach
    void startWithNothing() {
        for (String table : new String[] {"file_use", "file", "file_chunk", "file_content"}) {
            jdbc.sql("delete from platform." + table).update();
        }
    }

    @AfterEach
    void stop() throws IOException {
        clamd.close();
    }

    private Scanning scanning(Duration timeout) {
        return new Scanning(jdbc, files, clamd.settings(timeout), time);
    }

    private FileResponses responses() {
        return new FileResponses(files, new Thumbnails(jdbc, files, time), new Locks(jdbc, clamd.settings(LONG), time));
    }

    private void isRefused(FileHash hash, String key) {
        var use = new FileUse(new FileUser("complaint", Ids.next()), "发票.bin", file(hash), Instant.EPOCH);
        assertThatThrownBy(() -> responses().show(use))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo(key));
    }

    private FileHash stored(String content) throws IOException {
        return stored(content.getBytes(StandardCharsets.UTF_8));
    }

    private FileHash stored(byte[] content) throws IOException {
        return files.store(new ByteArrayInputStream(content), "a.bin", DataSize.ofMegabytes(50))
                .hash();
    }

    private StoredFile file(FileHash hash) {
        return files.find(hash).orElseThrow();
    }

    @Test
    void whatIsFineIsCleanAndAskedOnce() throws IOException {
        byte[] large = new byte[3 * Upload.CHUNK + 17];
        FileHash hash = stored(large);
        assertThat(file(hash).scan()).isEqualTo(Scan.NOT_SCANNED);

        assertThat(scanning(LONG).scanNext()).isTrue();

        assertThat(file(hash).scan()).isEqualTo(Scan.CLEAN);
        assertThat(clamd.lengths()).containsExactly(large.length);
        time.advance(Duration.ofDays(1));
        assertThat(scanning(LONG).scanNext()).isFalse();
        time.reset();
    }

    @Test
    void whatIsInfectedIsNamedAndLocked() throws IOException {
        FileHash hash = stored("before " + ScriptedClamd.THREAT + " after");

        scanning(LONG).scanNext();

        assertThat(file(hash).scan()).isEqualTo(Scan.INFECTED);
        assertThat(file(hash).scanNote()).isEqualTo("Pretend.Virus-1");
        var responses = responses();
        var use = new FileUse(new FileUser("complaint", Ids.next()), "发票.bin", file(hash), Instant.EPOCH);
        assertThatThrownBy(() -> responses.show(use))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("platform.file.infected"));
        // The same content once more is the same file.
        assertThat(file(stored("before " + ScriptedClamd.THREAT + " after")).isInfected())
                .isTrue();
    }

    @Test
    void nobodyOpensWhatWaitsForTheScannerAndIsToldWhenHeMay() throws IOException {
        FileHash hash = stored("a quite harmless text");
        isRefused(hash, "platform.file.unscanned");

        clamd.be(Mood.REFUSES);
        scanning(LONG).scanNext();
        isRefused(hash, "platform.file.unscanned");
        time.advance(Duration.ofMinutes(2));
        scanning(LONG).scanNext();
        isRefused(hash, "platform.file.unscanned.later");

        clamd.be(Mood.WELL);
        time.advance(Duration.ofMinutes(6));
        scanning(LONG).scanNext();
        var use = new FileUse(new FileUser("complaint", Ids.next()), "发票.bin", file(hash), Instant.EPOCH);
        assertThat(responses().show(use).getStatusCode().value()).isEqualTo(200);
        time.reset();
    }

    @Test
    void withoutAScannerEverythingCanBeOpened() throws IOException {
        FileHash hash = stored("nobody looks at it");
        var settings = new ScannerSettings(false, "localhost:3310", LONG, DataSize.ofMegabytes(1));
        var responses = new FileResponses(files, new Thumbnails(jdbc, files, time), new Locks(jdbc, settings, time));
        var use = new FileUse(new FileUser("complaint", Ids.next()), "发票.bin", file(hash), Instant.EPOCH);
        assertThat(responses.show(use).getStatusCode().value()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"REFUSES,REFUSED", "TALKS_NONSENSE,REFUSED", "HANGS_UP,UNREACHABLE", "SILENT,TIMEOUT", "STUCK,TIMEOUT"})
    void whenTheScannerFailsItIsAskedAgainLater(Mood mood, ScanFailure why) throws IOException {
        // More than what the machine takes for a reader that does not read.
        FileHash hash = stored(new byte[20 * 1024 * 1024]);
        clamd.be(mood);
        Scanning scanning = scanning(mood == Mood.SILENT || mood == Mood.STUCK ? SHORT : LONG);

        assertThat(scanning.scanNext()).as("the next one can wait").isFalse();

        assertThat(file(hash).scan()).isEqualTo(Scan.FAILED);
        assertThat(file(hash).scanNote()).isEqualTo(why.name());
        assertThat(scanning.scanNext()).as("not at once").isFalse();
        assertThat(file(hash).scan()).isEqualTo(Scan.FAILED);
        clamd.be(Mood.WELL);
        time.advance(Duration.ofMinutes(2));
        scanning(LONG).scanNext();
        time.reset();
        assertThat(file(hash).scan()).isEqualTo(Scan.CLEAN);
    }

    @Test
    void whatIsTooMuchForTheScannerIsNotAskedAgain() throws IOException {
        FileHash refused = stored(new byte[1024]);
        clamd.be(Mood.FULL);
        scanning(LONG).scanNext();
        clamd.be(Mood.WELL);
        FileHash unsent = stored(new byte[4096]);
        var small = clamd.settings(LONG);
        new Scanning(jdbc, files, new ScannerSettings(true, small.address(), LONG, DataSize.ofKilobytes(2)), time)
                .scanNext();

        for (FileHash hash : new FileHash[] {refused, unsent}) {
            assertThat(file(hash).scan()).isEqualTo(Scan.FAILED);
            assertThat(file(hash).scanNote()).isEqualTo("TOO_LARGE");
        }
        assertThat(clamd.lengths()).isEmpty();
        time.advance(Duration.ofDays(1));
        assertThat(scanning(LONG).scanNext()).isFalse();
        time.reset();
    }

    @Test
    void whatAKilledNodeWasScanningComesAgain() throws IOException {
        FileHash hash = stored("held by a node that is no more");
        jdbc.sql("update platform.file set scan_at = :until, scan_attempts = 1")
                .param("until", time.instant().plusSeconds(90).atOffset(java.time.ZoneOffset.UTC))
                .update();

        assertThat(scanning(LONG).scanNext()).isFalse();
        time.advance(Duration.ofSeconds(91));
        assertThat(scanning(LONG).scanNext()).isTrue();
        time.reset();

        assertThat(file(hash).scan()).isEqualTo(Scan.CLEAN);
    }

    @Test
    void severalNodesScanEachFileOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            stored("file " + i);
        }
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        Scanning scanning = scanning(LONG);
                        while (scanning.scanNext()) {
                            // the next one
                        }
                        return true;
                    })
                    .toList();
            for (var each : nodes.invokeAll(work)) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(clamd.lengths()).hasSize(20);
        assertThat(jdbc.sql("select count(*) from platform.file where scan = 'CLEAN'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(20);
    }

    @Test
    void aScannerBehindAUnixSocketIsAskedTheSame(@TempDir Path folder) throws Exception {
        FileHash hash = stored("through a socket of this machine");
        Path socket = folder.resolve("clamd");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> answerOnce(server));
            var settings = new ScannerSettings(true, "unix:" + socket, LONG, DataSize.ofMegabytes(100));
            new Scanning(jdbc, files, settings, time).scanNext();
        }
        assertThat(file(hash).scan()).isEqualTo(Scan.CLEAN);
    }

    private static void answerOnce(ServerSocketChannel server) {
        try (SocketChannel peer = server.accept()) {
            ByteBuffer heard = ByteBuffer.allocate(4096);
            while (peer.read(heard) >= 0) {
                int end = heard.position();
                boolean isEnd = end > 14 && heard.getInt(end - 4) == 0;
                if (isEnd) {
                    peer.write(ByteBuffer.wrap("stream: OK\0".getBytes(StandardCharsets.US_ASCII)));
                    return;
                }
            }
        } catch (IOException e) {
            // The test says what is missing.
        }
    }

    @Test
    void nobodyAtTheAddressIsAFailureLikeAnyOther() throws IOException {
        FileHash hash = stored("nobody looks");
        clamd.close();

        scanning(LONG).scanNext();

        assertThat(file(hash).scanNote()).isEqualTo("UNREACHABLE");
    }

    @Test
    void anAddressThatIsNoneIsSaidAtTheStart() {
        for (String address : new String[] {"", "localhost", "unix:", "a b:1", "host:port"}) {
            assertThatThrownBy(() -> new ScannerSettings(true, address, LONG, DataSize.ofMegabytes(1)))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new ScannerSettings(true, "[::1]:3310", LONG, DataSize.ofMegabytes(1)).socket())
                .isNotNull();
    }
}
