package io.bihuan.portal;

import io.bihuan.platform.WhenServing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets, every hour on every node, counters and form tokens that no longer matter. */
@Component
@WhenServing
class PortalCleaning {
    private final List<IntSupplier> forgettings;

    PortalCleaning(Allowances allowances, Lookups lookups, SentForms forms) {
        this.forgettings = List.of(allowances::forgetOld, lookups::forgetOld, forms::forgetOld);
    }

    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() {
        for (IntSupplier forgetting : forgettings) {
            while (forgetting.getAsInt() > 0) {
                // the next batch
            }
        }
    }
}
