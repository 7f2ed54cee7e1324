package io.bihuan.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where another system wants to hear of complaints.
 *
 * @param types of what, {@code businessLines} and {@code channels} of which complaints; none named means all
 * @param token the token that made it and alone manages it through the API; null for one of the desk
 * @param failingSince since when it has taken nothing; null when it took the last message
 * @param oldSecretUntil until when messages carry the signature of the secret before as well
 */
public record Endpoint(
        UUID id,
        URI url,
        String description,
        Set<EventType> types,
        Set<String> businessLines,
        Set<String> channels,
        @Nullable UUID token,
        @Nullable Disabled disabled,
        @Nullable Instant failingSince,
        @Nullable Instant oldSecretUntil,
        Instant createdAt) {
    /** Why and since when nothing is sent. */
    public record Disabled(Reason reason, Instant at) {}

    /** Why nothing is sent. */
    public enum Reason {
        BY_HAND,
        /** It answered that it is gone for good (410). */
        GONE,
        /** It took nothing for too long. */
        FAILING,
        /** The token that made it opens nothing any more. */
        TOKEN
    }

    public Endpoint {
        types = Set.copyOf(types);
        businessLines = Set.copyOf(businessLines);
        channels = Set.copyOf(channels);
    }

    public boolean isEnabled() {
        return disabled == null;
    }

    boolean wants(EventType type, String businessLine, String channel) {
        return (types.isEmpty() || types.contains(type))
                && (businessLines.isEmpty() || businessLines.contains(businessLine))
                && (channels.isEmpty() || channels.contains(channel));
    }
}
