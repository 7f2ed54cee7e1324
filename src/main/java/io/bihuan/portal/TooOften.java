package io.bihuan.portal;

import io.bihuan.platform.Refused;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Somebody does something more often than people do; it may be tried again after {@link #remaining}. */
@ResponseStatus(HttpStatus.TOO_MANY_REQUESTS)
public final class TooOften extends Refused {
    private final Duration remaining;

    TooOften(Duration remaining) {
        super("portal.refused.too-often", Math.max(1, remaining.plusSeconds(59).toMinutes()));
        this.remaining = remaining;
    }

    public Duration remaining() {
        return remaining;
    }

    /** For the header {@code Retry-After}. */
    public String seconds() {
        return Long.toString(Math.max(1, remaining.plusMillis(999).toSeconds()));
    }
}
