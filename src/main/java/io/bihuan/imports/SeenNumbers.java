package io.bihuan.imports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The numbers of all rows of a file that were read so far, with their lines: 16 bytes a row, since a file may have a million. */
final class SeenNumbers {
    private long[] numbers = new long[1_024];
    /** The line above, four bytes of the content's hash below. */
    private long[] places = new long[1_024];

    private int count;

    /**
     * Notes a row, unless its number was there before.
     *
     * @return the line of the earlier row, if that says something else; else null
     */
    @Nullable
    Long note(String number, long line, Iterable<String> cells) {
        var digest = digest();
        digest.update(number.getBytes(StandardCharsets.UTF_8));
        // 0 means that nothing stands there.
        long key = first(digest.digest()) | 1L;
        for (String cell : cells) {
            digest.update(cell.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0x1F);
        }
        long place = (line << 32) | (first(digest.digest()) >>> 32);
        int at = place(key);
        if (numbers[at] == 0) {
            numbers[at] = key;
            places[at] = place;
            if (++count * 2 > numbers.length) {
                grow();
            }
            return null;
        }
        return (int) places[at] == (int) place ? null : places[at] >>> 32;
    }

    private int place(long key) {
        int at = (int) (key >>> 20) & (numbers.length - 1);
        while (numbers[at] != 0 && numbers[at] != key) {
            at = (at + 1) & (numbers.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] oldPlaces = places;
        numbers = new long[oldNumbers.length * 2];
        places = new long[oldNumbers.length * 2];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                int at = place(oldNumbers[i]);
                numbers[at] = oldNumbers[i];
                places[at] = oldPlaces[i];
            }
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private static long first(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }
}
