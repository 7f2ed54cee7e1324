package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where histories to be verified come from: the running database, or a file exported from it. */
interface HistorySource {
    /** An event exactly as stored. */
    record StoredEvent(
            int sequence,
            Instant at,
            String actor,
            String type,
            byte[] data,
            byte[] previousHash,
            byte[] hash,
            long txid,
            int epoch,
            UUID id,
            boolean untouched) {
        byte[] computedHash(UUID complaintId) {
            return Chain.hash(complaintId, sequence, at, Actor.parse(actor), type, data, epoch, id, previousHash);
        }
    }

    /** What an anchor says of a chain. */
    record Anchored(int anchor, int sequence, byte[] hash, byte[] transactions) {}

    /**
     * One complaint with everything that vouches for it.
     *
     * @param head what its row says of the chain; null when there is no row
     * @param differences where row and clocks are not what the history adds up to; empty where that cannot be told
     */
    record StoredChain(
            UUID complaintId,
            @Nullable Head head,
            List<StoredEvent> events,
            List<Anchored> anchored,
            List<String> differences) {}

    record Head(int version, byte[] hash) {}

    record StoredAnchor(int number, Instant at, int chains, byte[] previousRoot, byte[] root) {}

    /** Every complaint that exists or was anchored, in the order of its id. */
    void forEachChain(Consumer<StoredChain> reader) throws IOException;

    List<StoredAnchor> anchors() throws IOException;
}
