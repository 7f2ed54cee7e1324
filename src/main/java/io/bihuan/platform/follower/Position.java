package io.bihuan.platform.follower;

import java.util.UUID;

/**
 * How far a follower has read. The order (epoch, txid, id) marks progress only; it is not the order of one complaint's history,
 * because a transaction that began earlier can append later.
 *
 * @param txid the 64-bit transaction id of PostgreSQL
 */
public record Position(int epoch, long txid, UUID id) implements Comparable<Position> {
    public static final Position START = new Position(0, 0, new UUID(0, 0));

    public static Position parse(String text) {
        String[] parts = text.split("/", 3);
        return new Position(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), UUID.fromString(parts[2]));
    }

    @Override
    public String toString() {
        return epoch + "/" + txid + "/" + id;
    }

    @Override
    public int compareTo(Position other) {
        if (epoch != other.epoch) {
            return Integer.compare(epoch, other.epoch);
        }
        if (txid != other.txid) {
            return Long.compareUnsigned(txid, other.txid);
        }
        // PostgreSQL compares uuids as unsigned bytes, Java as signed longs
        int high = Long.compareUnsigned(id.getMostSignificantBits(), other.id.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(id.getLeastSignificantBits(), other.id.getLeastSignificantBits());
    }
}
