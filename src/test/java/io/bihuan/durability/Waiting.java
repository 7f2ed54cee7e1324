package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for an effect, as long as it may take on a busy machine. */
public final class Waiting {
    private Waiting() {}

    /** Gives how long it took. */
    public static Duration until(String what, Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(atMost);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
