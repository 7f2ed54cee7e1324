package io.bihuan.message;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a channel knows of an errand. */
public sealed interface Outcome {
    /** It is kept and will be sent; ask later. */
    record Taken() implements Outcome {}

    /** It is under way. */
    record Sent(@Nullable String providerId) implements Outcome {}

    /** It has arrived. */
    record Arrived(Instant at, boolean isRead) implements Outcome {}

    /** It will never be sent this way. */
    record Refused(String reason) implements Outcome {}

    /** It certainly was not sent, and may be tried again. */
    record Later(String reason, @Nullable Duration pause) implements Outcome {}

    /** Nobody knows whether it was sent: the provider must be asked. */
    record Unknown(String reason) implements Outcome {}

    /**
     * The provider does not know it.
     *
     * @param isProof whether it would know one that it had taken
     */
    record NotKnown(boolean isProof) implements Outcome {}
}
