package io.bihuan.imports;

import com.ibm.icu.text.CharsetDetector;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the bytes of a text file are read: what its mark says, else strictly UTF-8, else what Chinese spreadsheets write. */
final class Encoding {
    static final Charset CHINESE = Charset.forName("GB18030");
    static final Charset WESTERN = Charset.forName("windows-1252");

    /** What a person may choose instead of what was found. */
    static final List<String> CHOICES = List.of("UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5", "windows-1252");

    private static final int HEAD = 64 * 1024;
    private static final char MARK = '\uFEFF';
    private static final int SURE = 50;

    private Encoding() {}

    /** Reads the whole stream; whoever opened it closes it. */
    static Charset detect(InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        Charset marked = marked(head);
        if (marked != null) {
            return marked;
        }
        Charset wide = wide(head);
        if (wide != null) {
            return wide;
        }
        var utf8 = new Trial(StandardCharsets.UTF_8);
        var chinese = new Trial(CHINESE);
        var western = new Singles();
        byte[] buffer = head;
        while (buffer.length > 0) {
            utf8.feed(buffer);
            chinese.feed(buffer);
            western.feed(buffer);
            buffer = in.readNBytes(HEAD);
        }
        utf8.end();
        chinese.end();
        // A few broken bytes (a cell cut in the middle of a character) do not make another encoding of it.
        if (utf8.errors == 0 || utf8.errors * 100 < utf8.wide) {
            return StandardCharsets.UTF_8;
        }
        if (western.areMost()) {
            return WESTERN;
        }
        return chinese.errors == 0 ? CHINESE : guessed(head, chinese);
    }

    /** A reader that stands behind the byte order mark, if there is one. */
    static Reader reader(InputStream in, Charset charset) throws IOException {
        var buffered = new BufferedInputStream(in, HEAD);
        var reader = new InputStreamReader(buffered, charset);
        var marked = new java.io.PushbackReader(reader, 1);
        int first = marked.read();
        if (first >= 0 && first != MARK) {
            marked.unread(first);
        }
        return marked;
    }

    private static @Nullable Charset marked(byte[] head) {
        if (begins(head, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (begins(head, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (begins(head, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        return begins(head, 0x84, 0x31, 0x95, 0x33) ? CHINESE : null;
    }

    private static boolean begins(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** UTF-16 without a mark: commas and digits have a zero beside them. */
    private static @Nullable Charset wide(byte[] head) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                if (i % 2 == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        if ((even + odd) * 20L < head.length || even + odd < 4) {
            return null;
        }
        return odd > even * 4L ? StandardCharsets.UTF_16LE : even > odd * 4L ? StandardCharsets.UTF_16BE : null;
    }

    private static Charset guessed(byte[] head, Trial chinese) {
        if (chinese.errors * 100 < chinese.wide) {
            return CHINESE;
        }
        var detector = new CharsetDetector();
        detector.setText(head);
        return Arrays.stream(detector.detectAll())
                .filter(match -> match.getConfidence() >= SURE && Charset.isSupported(match.getName()))
                .map(match -> Charset.forName(match.getName()))
                .findFirst()
                .orElse(CHINESE);
    }

    /** Counts what does not fit when bytes are read in one charset. */
    private static final class Trial {
        private final CharsetDecoder decoder;
        private final CharBuffer out = CharBuffer.allocate(HEAD);
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private long errors;
        /** Characters beyond ASCII. */
        private long wide;

        Trial(Charset charset) {
            decoder = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        void feed(byte[] bytes) {
            var in = ByteBuffer.allocate(rest.remaining() + bytes.length);
            in.put(rest).put(bytes).flip();
            decode(in, false);
            rest = in;
        }

        void end() {
            decode(rest, true);
        }

        private void decode(ByteBuffer in, boolean end) {
            while (true) {
                var result = decoder.decode(in, out, end);
                count();
                if (result.isError()) {
                    errors++;
                    in.position(in.position() + result.length());
                } else if (result.isUnderflow()) {
                    return;
                }
            }
        }

        private void count() {
            out.flip();
            while (out.hasRemaining()) {
                if (out.get() > 0x7F) {
                    wide++;
                }
            }
            out.clear();
        }
    }

    /** In Western text letters with accents and typographic quotes stand alone among ASCII; Chinese characters have two bytes and company. */
    private static final class Singles {
        private long runs;
        private long singles;
        private int length;

        void feed(byte[] bytes) {
            for (byte each : bytes) {
                if (each < 0) {
                    length++;
                } else if (length > 0) {
                    runs++;
                    singles += length == 1 ? 1 : 0;
                    length = 0;
                }
            }
        }

        boolean areMost() {
            return runs > 0 && singles * 10 >= runs * 9;
        }
    }
}
