package io.bihuan.telephony;

import io.bihuan.platform.WhenServing;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends, every five minutes on every node, the calls whose end nobody told. */
@Component
@WhenServing
class ForgottenCalls {
    private static final int MOST_AT_ONCE = 1_000;

    private final Calls calls;

    ForgottenCalls(Calls calls) {
        this.calls = calls;
    }

    @Scheduled(initialDelay = 2, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void end() {
        for (int ended = 0; ended < MOST_AT_ONCE && calls.endForgotten(); ended++) {
            // the next one
        }
    }
}
