package io.bihuan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The real time until a test moves it; goes on from where it was moved to. Microseconds, like PostgreSQL. */
public final class MovableTime implements InstantSource {
    private final Clock machine = Clock.systemUTC();
    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
        return machine.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
    }

    public void set(Instant now) {
        offset = Duration.between(machine.instant(), now);
    }

    public synchronized void advance(Duration step) {
        offset = offset.plus(step);
    }

    public void reset() {
        offset = Duration.ZERO;
    }
}
