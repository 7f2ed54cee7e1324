package io.bihuan.intake;

import io.bihuan.platform.WhenServing;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets, every hour on every node, the keys of requests that nobody will send again. */
@Component
@WhenServing
class RequestKeyCleaning {
    private final RequestKeys keys;

    RequestKeyCleaning(RequestKeys keys) {
        this.keys = keys;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() {
        int forgotten;
        do {
            forgotten = keys.forgetOld();
        } while (forgotten > 0);
    }
}
