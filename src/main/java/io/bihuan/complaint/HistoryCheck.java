package io.bihuan.complaint;

import io.bihuan.complaint.HistorySource.Anchored;
import io.bihuan.complaint.HistorySource.StoredAnchor;
import io.bihuan.complaint.HistorySource.StoredChain;
import io.bihuan.complaint.HistorySource.StoredEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Verifies histories: every hash, every link, every head, every anchor; and, against a database, that nobody wrote an event row
 * again and that every complaint's row is what its history adds up to. Stops reporting, not counting, after a thousand findings.
 */
final class HistoryCheck {
    private static final int REPORTED = 1000;

    record Report(long complaints, long events, int anchors, long findings, List<String> details) {
        boolean isIntact() {
            return findings == 0;
        }
    }

    private final List<String> details = new ArrayList<>();
    private final Map<Integer, List<byte[]>> leaves = new HashMap<>();
    private long findings;
    private long complaints;
    private long events;

    static Report of(HistorySource source) throws IOException {
        return new HistoryCheck().check(source);
    }

    private Report check(HistorySource source) throws IOException {
        source.forEachChain(this::chain);
        List<StoredAnchor> anchors = source.anchors();
        anchors(anchors);
        return new Report(complaints, events, anchors.size(), findings, List.copyOf(details));
    }

    private void chain(StoredChain chain) {
        UUID id = chain.complaintId();
        byte[] head = Chain.BEGINNING;
        int sequence = 0;
        for (StoredEvent event : chain.events()) {
            sequence++;
            events++;
            if (event.sequence() != sequence) {
                found(id, "event %d is missing", sequence);
                sequence = event.sequence();
            }
            if (!Arrays.equals(event.previousHash(), head)) {
                found(id, "event %d does not follow the one before it", sequence);
            }
            if (!Arrays.equals(hash(id, event), event.hash())) {
                found(id, "event %d was changed: its hash is another", sequence);
            }
            if (!event.untouched()) {
                found(id, "event %d was written again after it happened", sequence);
            }
            head = event.hash();
        }
        if (chain.head() == null) {
            found(id, "the complaint is gone, an anchor knows it");
        } else {
            complaints++;
            if (chain.head().version() != sequence
                    || !Arrays.equals(chain.head().hash(), head)) {
                found(
                        id,
                        "the history ends at event %d, the complaint says %d",
                        sequence,
                        chain.head().version());
            }
        }
        for (String difference : chain.differences()) {
            found(id, "%s", difference);
        }
        for (Anchored anchored : chain.anchored()) {
            leaves.computeIfAbsent(anchored.anchor(), number -> new ArrayList<>())
                    .add(leaf(id, anchored));
            anchored(id, chain.events(), anchored);
        }
    }

    /** An unreadable actor or time is a change like any other. */
    private static byte @Nullable [] hash(UUID id, StoredEvent event) {
        try {
            return event.computedHash(id);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void anchored(UUID id, List<StoredEvent> stored, Anchored anchored) {
        if (stored.size() < anchored.sequence()) {
            found(
                    id,
                    "anchor %d knows event %d, the history has %d",
                    anchored.anchor(),
                    anchored.sequence(),
                    stored.size());
            return;
        }
        StoredEvent last = stored.get(anchored.sequence() - 1);
        if (!Arrays.equals(last.hash(), anchored.hash())) {
            found(id, "event %d is not the one that anchor %d recorded", anchored.sequence(), anchored.anchor());
        }
        if (!Arrays.equals(transactions(stored.subList(0, anchored.sequence())), anchored.transactions())) {
            found(id, "the transactions are not those that anchor %d recorded", anchored.anchor());
        }
    }

    private void anchors(List<StoredAnchor> anchors) {
        byte[] previous = Chain.BEGINNING;
        int number = 0;
        for (StoredAnchor anchor : anchors) {
            number++;
            if (anchor.number() != number || !Arrays.equals(anchor.previousRoot(), previous)) {
                found(null, "anchor %d does not follow the one before it", anchor.number());
                number = anchor.number();
            }
            List<byte[]> recorded = leaves.getOrDefault(anchor.number(), List.of());
            if (recorded.size() != anchor.chains()
                    || !Arrays.equals(root(anchor.previousRoot(), recorded), anchor.root())) {
                found(null, "anchor %d was changed", anchor.number());
            }
            previous = anchor.root();
        }
        for (int recorded : leaves.keySet()) {
            if (anchors.stream().noneMatch(anchor -> anchor.number() == recorded)) {
                found(null, "anchor %d is gone", recorded);
            }
        }
    }

    static byte[] leaf(UUID id, Anchored anchored) {
        return ByteBuffer.allocate(16 + 4 + 32 + 32)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(anchored.sequence())
                .put(Arrays.copyOf(anchored.hash(), 32))
                .put(Arrays.copyOf(anchored.transactions(), 32))
                .array();
    }

    static byte[] root(byte[] previousRoot, List<byte[]> leaves) {
        MessageDigest digest = Chain.sha256();
        digest.update(previousRoot);
        return digest.digest(Merkle.root(leaves));
    }

    /** The hash of an event cannot cover the transaction id, which PostgreSQL gives on insert; the anchor does. */
    static byte[] transactions(List<StoredEvent> events) {
        ByteBuffer bytes = ByteBuffer.allocate(events.size() * 12);
        events.forEach(event -> bytes.putInt(event.sequence()).putLong(event.txid()));
        return Chain.sha256().digest(bytes.array());
    }

    private void found(@Nullable UUID id, String text, Object... arguments) {
        findings++;
        if (details.size() < REPORTED) {
            details.add((id == null ? "" : "complaint " + id + ": ") + text.formatted(arguments));
        }
    }
}
