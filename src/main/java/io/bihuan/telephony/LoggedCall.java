package io.bihuan.telephony;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as a line of the log.
 *
 * @param number as complaints store it; null when it is withheld
 * @param staff who has, or had last, the customer on the line
 * @param agents who is to see it now
 * @param offeredAt null while only a recording is known
 * @param isEndUntold whether it counts as over only because nothing was heard of it any more
 * @param complaint number of the complaint it was about, once that was written down
 */
public record LoggedCall(
        UUID id,
        String source,
        String callId,
        int version,
        Direction direction,
        Call.State state,
        @Nullable String number,
        @Nullable String queue,
        @Nullable String extension,
        @Nullable UUID staff,
        List<UUID> agents,
        Instant startedAt,
        @Nullable Instant offeredAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable Duration waited,
        @Nullable Duration talked,
        Duration held,
        int transfers,
        @Nullable String recording,
        @Nullable String recordingSha256,
        @Nullable UUID callBack,
        @Nullable String outcome,
        @Nullable String complaint,
        @Nullable Instant wrappedAt,
        boolean isEndUntold) {
    public LoggedCall {
        agents = List.copyOf(agents);
    }

    /** Whether somebody may see the customer's number as it is: who talks with the customer does, or is about to. */
    public boolean isOf(UUID who) {
        return who.equals(staff) || agents.contains(who);
    }
}
