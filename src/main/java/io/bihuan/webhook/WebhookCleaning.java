package io.bihuan.webhook;

import io.bihuan.platform.WhenServing;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets, every hour on every node, messages of more than a month ago. */
@Component
@WhenServing
class WebhookCleaning {
    private final Deliveries deliveries;

    WebhookCleaning(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Scheduled(initialDelay = 9, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() {
        while (deliveries.forgetOld() > 0) {
            // the next batch
        }
    }
}
