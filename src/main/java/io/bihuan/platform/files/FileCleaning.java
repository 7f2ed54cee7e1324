package io.bihuan.platform.files;

import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Deletes on every node, every ten minutes, what uploads and released files left behind. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class FileCleaning {
    private final Files files;
    private final PartialUploads uploads;

    FileCleaning(Files files, PartialUploads uploads) {
        this.files = files;
        this.uploads = uploads;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void clean() {
        int removed;
        do {
            removed = uploads.removeExpired();
        } while (removed > 0);
        do {
            removed = files.removeAbandoned();
        } while (removed > 0);
    }
}
