package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has stored files looked at by the virus scanner, one after the other and never while somebody waits for a page. The time of a file's next
 * turn is its lease as well: it is moved on when the file is taken, so that after a kill it comes again by itself. A scanner that does not
 * answer is asked again, less and less often.
 */
final class Scanning {
    private static final Logger log = LoggerFactory.getLogger(Scanning.class);
    private static final Duration SPARE = Duration.ofSeconds(30);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private record Turn(FileHash hash, long size, int attempts, Instant until) {}

    private final JdbcClient jdbc;
    private final Files files;
    private final Clamd scanner;
    private final ScannerSettings settings;
    private final InstantSource time;

    Scanning(JdbcClient jdbc, Files files, ScannerSettings settings, InstantSource time) {
        this.jdbc = jdbc;
        this.files = files;
        this.scanner = new Clamd(settings);
        this.settings = settings;
        this.time = time;
    }

    /** Scans the file whose turn it is; false when there is none. */
    boolean scanNext() {
        Optional<Turn> turn = claim();
        if (turn.isEmpty()) {
            return false;
        }
        Turn file = turn.get();
        Verdict verdict;
        try (InputStream content = files.open(file.hash())) {
            verdict = scanner.scan(content, file.size());
        } catch (Refused gone) {
            return true;
        } catch (IOException e) {
            log.warn("File {} cannot be read for the virus scanner: {}", file.hash(), e.toString());
            verdict = new Verdict.Failed(ScanFailure.REFUSED);
        }
        save(file, verdict);
        // While the scanner is away there is no use in trying the next file at once.
        return !(verdict instanceof Verdict.Failed failed) || failed.why() == ScanFailure.TOO_LARGE;
    }

    private Optional<Turn> claim() {
        Instant now = time.instant();
        Instant until = now.plus(settings.timeout()).plus(SPARE);
        return jdbc.sql("""
                        update platform.file set scan_at = :until, scan_attempts = scan_attempts + 1
                        where sha256 = (select sha256 from platform.file where scan_at <= :now
                                        order by scan_at limit 1 for update skip locked)
                        returning sha256, size, scan_attempts, scan_at
                        """)
                .param("until", sql(until))
                .param("now", sql(now))
                .query((row, index) -> new Turn(
                        FileHash.of(row.getBytes("sha256")),
                        row.getLong("size"),
                        row.getInt("scan_attempts"),
                        row.getObject("scan_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private void save(Turn turn, Verdict verdict) {
        switch (verdict) {
            case Verdict.Clean clean -> save(turn, Scan.CLEAN, null, null);
            case Verdict.Infected infected -> {
                log.warn("The virus scanner found {} in file {}: it is locked", infected.threat(), turn.hash());
                save(turn, Scan.INFECTED, infected.threat(), null);
            }
            case Verdict.Failed failed -> {
                log.warn("The virus scanner gave no answer for file {}: {}", turn.hash(), failed.why());
                Duration pause = PAUSES.get(Math.min(turn.attempts(), PAUSES.size()) - 1);
                boolean isLast = failed.why() == ScanFailure.TOO_LARGE;
                save(
                        turn,
                        Scan.FAILED,
                        failed.why().name(),
                        isLast ? null : time.instant().plus(pause));
            }
        }
    }

    /** Says nothing when the turn has gone to somebody else meanwhile. */
    private void save(Turn turn, Scan scan, @Nullable String note, @Nullable Instant next) {
        jdbc.sql("""
                        update platform.file set scan = :scan, scan_note = :note, scanned_at = :now, scan_at = :next
                        where sha256 = :sha256 and scan_at = :until
                        """)
                .param("scan", scan.name())
                .param("note", note)
                .param("now", sql(time.instant()))
                .param("next", next == null ? null : sql(next))
                .param("sha256", turn.hash().bytes())
                .param("until", sql(turn.until()))
                .update();
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
