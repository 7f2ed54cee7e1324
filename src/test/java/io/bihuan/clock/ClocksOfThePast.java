package io.bihuan.clock;

import io.bihuan.platform.Writes;
import java.time.Instant;

/** Clocks that ran before anybody listened. */
public final class ClocksOfThePast {
    private ClocksOfThePast() {}

    /** Lets the warn points of a clock up to a moment count as fired, while its insert has not been sent. */
    public static void quieten(Writes writes, Clock clock, Instant until) {
        if (!writes.replaceInsert(clock.id(), Clocks.values(clock.quietUntil(until)))) {
            throw new IllegalStateException("clock " + clock.name() + " has been sent");
        }
    }
}
