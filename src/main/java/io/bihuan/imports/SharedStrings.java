package io.bihuan.imports;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/** The texts of a workbook, which stand apart from its cells. They lie close together in memory: a big sheet has a million of them. */
final class SharedStrings {
    static final String PART = "xl/sharedstrings.xml";

    /** UTF-8 bytes. */
    static final int MOST_BYTES = 160_000_000;

    private static final int CHUNK = 1 << 20;
    private static final int NUMBER = 20;

    private final List<byte[]> chunks = new ArrayList<>();
    private long[] places = new long[1_024];
    private int[] lengths = new int[1_024];
    private int count;
    private int filled = CHUNK;
    private long bytes;

    private SharedStrings() {}

    static SharedStrings read(InputStreamSource file) throws IOException {
        var strings = new SharedStrings();
        each(file, (index, text) -> {
            strings.add(text);
            return true;
        });
        return strings;
    }

    /** Those texts alone. */
    static Map<Integer, String> read(InputStreamSource file, Set<Integer> wanted) throws IOException {
        var found = new HashMap<Integer, String>();
        if (!wanted.isEmpty()) {
            each(file, (index, text) -> {
                if (wanted.contains(index)) {
                    found.put(index, text);
                }
                return found.size() < wanted.size();
            });
        }
        return found;
    }

    /** Takes one text after the other and says whether it wants more. */
    private interface Taker {
        boolean take(int index, String text);
    }

    private static void each(InputStreamSource file, Taker taker) throws IOException {
        try (var parts = WorkbookParts.open(file)) {
            String part = parts.next();
            while (part != null && !part.equals(PART)) {
                part = parts.next();
            }
            if (part != null) {
                each(parts.xml(), taker);
            }
        } catch (XMLStreamException e) {
            throw WorkbookParts.broken(e);
        }
    }

    private static void each(XMLStreamReader xml, Taker taker) throws XMLStreamException {
        int index = 0;
        boolean wantsMore = true;
        while (wantsMore && xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("si")) {
                wantsMore = taker.take(index++, CellText.rich(xml, "si"));
            }
        }
    }

    private void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes += utf8.length + NUMBER;
        if (bytes > MOST_BYTES) {
            throw new Refused("imports.refused.too-large-unpacked");
        }
        if (filled + utf8.length > CHUNK) {
            chunks.add(new byte[Math.max(CHUNK, utf8.length)]);
            filled = 0;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        System.arraycopy(utf8, 0, chunks.getLast(), filled, utf8.length);
        places[count] = ((long) (chunks.size() - 1) << 32) | filled;
        lengths[count] = utf8.length;
        filled += utf8.length;
        count++;
    }

    /** Null when there is none with that number. */
    @Nullable
    String get(int index) {
        if (index < 0 || index >= count) {
            return null;
        }
        return new String(
                chunks.get((int) (places[index] >>> 32)), (int) places[index], lengths[index], StandardCharsets.UTF_8);
    }
}
