package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which files nobody may open: those in which the virus scanner found something and, where there is a scanner, those that it has not
 * looked at yet. What is too large for it will never be looked at, and is opened at the reader's own risk.
 */
@Component
public class Locks {
    private final JdbcClient jdbc;
    private final ScannerSettings scanner;
    private final InstantSource time;

    Locks(JdbcClient jdbc, ScannerSettings scanner, InstantSource time) {
        this.jdbc = jdbc;
        this.scanner = scanner;
        this.time = time;
    }

    /** Whether it is locked now. */
    public boolean isLocked(StoredFile file) {
        return file.isInfected() || waits(file);
    }

    /** Whether the scanner has yet to say what it is. */
    public boolean waits(StoredFile file) {
        return scanner.enabled()
                && switch (file.scan()) {
                    case NOT_SCANNED -> true;
                    case FAILED -> !ScanFailure.TOO_LARGE.name().equals(file.scanNote());
                    case CLEAN, INFECTED -> false;
                };
    }

    /** Why nobody may open it, and when one may; empty when one may. */
    public Optional<Refused> refusal(StoredFile file, String name) {
        if (file.isInfected()) {
            return Optional.of(new Refused("platform.file.infected", name));
        }
        if (!waits(file)) {
            return Optional.empty();
        }
        Duration wait = next(file.hash());
        return Optional.of(
                wait.compareTo(Duration.ofMinutes(1)) <= 0
                        ? new Refused("platform.file.unscanned", name)
                        : new Refused("platform.file.unscanned.later", name, wait.toMinutes() + 1));
    }

    private Duration next(FileHash hash) {
        Instant now = time.instant();
        return jdbc.sql("select scan_at from platform.file where sha256 = :sha256 and scan_at is not null")
                .param("sha256", hash.bytes())
                .query(OffsetDateTime.class)
                .optional()
                .map(at -> Duration.between(now, at.toInstant()))
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }
}
