package io.bihuan.mail;

import io.bihuan.platform.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the parts of a mail (RFC 2046) line by line. Where a mail is broken it reads on as Python's reader does: a line
 * that is no header begins the body, a part ends with the boundary of any part around it, a multipart without parts is text.
 */
final class MimeReader {
    /** Is told what the mail consists of, in its order. */
    interface Listener {
        void multipart(MailHeaders headers, String type);

        void part();

        /** Reads of the content as much as it likes. */
        void leaf(MailHeaders headers, String type, InputStream content) throws IOException;

        /**
         * Says that all parts were read.
         *
         * @param around what stands before the parts or, without parts, behind
         */
        void end(byte[] around, boolean hasParts);
    }

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LONGEST_PREAMBLE = 1024 * 1024;
    private static final Pattern HEADER = Pattern.compile("^(?:[!-9;-~]+[ \\t]*:|[ \\t]).*", Pattern.DOTALL);

    private final InputStream in;
    private final MailLimits limits;
    private final Listener listener;
    private final List<String> boundaries = new ArrayList<>();
    private final byte[] buffer = new byte[8192];
    private int position;
    private int filled;
    private byte @Nullable [] ahead;
    /** Whether the last line ended, so that the next one may be a boundary. */
    private boolean isLineStart = true;

    /** The place of the boundary that ended what was read last, -1 at the end of the mail. */
    private int hit = -1;

    private boolean isClosing;
    private boolean hasEnded;

    MimeReader(InputStream in, MailLimits limits, Listener listener) {
        this.in = in;
        this.limits = limits;
        this.listener = listener;
    }

    void read() throws IOException {
        entity("text/plain");
    }

    /** Reads only the header of a mail. */
    static MailHeaders header(InputStream in, MailLimits limits) throws IOException {
        var nobody = new Listener() {
            @Override
            public void multipart(MailHeaders headers, String type) {}

            @Override
            public void part() {}

            @Override
            public void leaf(MailHeaders headers, String type, InputStream content) {}

            @Override
            public void end(byte[] around, boolean hasParts) {}
        };
        return new MimeReader(in, limits, nobody).headers();
    }

    private void entity(String usualType) throws IOException {
        MailHeaders headers = headers();
        String given = headers.value("Content-Type");
        String type = given.isEmpty() ? usualType : given.matches("[^/\\s]+/[^/\\s]+") ? given : "text/plain";
        String boundary = headers.parameter("Content-Type", "boundary");
        if (!type.startsWith("multipart/") || boundary == null || boundary.isEmpty()) {
            var content = new Content();
            listener.leaf(headers, type.startsWith("multipart/") ? "text/plain" : type, content);
            content.drain();
            return;
        }
        if (boundaries.size() >= limits.depth()) {
            throw new Refused("mail.too-deep", limits.depth());
        }
        listener.multipart(headers, type);
        int level = boundaries.size();
        boundaries.add(boundary.stripTrailing());
        var before = new Content();
        byte[] preamble = before.readNBytes(LONGEST_PREAMBLE);
        before.drain();
        boolean hasParts = false;
        while (hit == level && !isClosing) {
            hasParts = true;
            listener.part();
            entity(type.equals("multipart/digest") ? "message/rfc822" : "text/plain");
        }
        boundaries.removeLast();
        byte[] epilogue = new byte[0];
        if (hit == level) {
            var after = new Content();
            epilogue = hasParts ? epilogue : after.readNBytes(LONGEST_PREAMBLE);
            after.drain();
        }
        listener.end(preamble.length > 0 ? preamble : epilogue, hasParts);
    }

    private MailHeaders headers() throws IOException {
        var headers = new MailHeaders.Builder();
        long size = 0;
        String name = "";
        StringBuilder body = new StringBuilder();
        boolean isCut = false;
        while (true) {
            byte[] line = line();
            boolean continues = isCut;
            isCut = line != null && line.length >= LONGEST_LINE && line[line.length - 1] != '\n';
            if (line == null || (!continues && isBoundary(line))) {
                ahead = line;
                isLineStart = true;
                break;
            }
            String text = new String(line, StandardCharsets.ISO_8859_1);
            if (!continues && (text.equals("\n") || text.equals("\r\n") || text.equals("\r"))) {
                break;
            }
            size += line.length;
            if (size > limits.headers().toBytes()) {
                throw new Refused("mail.unreadable");
            }
            if (!continues && !HEADER.matcher(text).matches()) {
                ahead = line;
                break;
            }
            if (continues || text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                body.append(text);
            } else {
                headers.addIfNamed(name, body.toString());
                int colon = text.indexOf(':');
                name = text.substring(0, colon);
                body.setLength(0);
                body.append(text, colon + 1, text.length());
            }
        }
        headers.addIfNamed(name, body.toString());
        return headers.build();
    }

    private boolean isBoundary(byte[] line) {
        return boundaryOf(line, false) >= 0;
    }

    /** The place of the boundary that a line is, the innermost first; -1 when it is none. */
    private int boundaryOf(byte[] line, boolean note) {
        if (line.length < 3 || line[0] != '-' || line[1] != '-') {
            return -1;
        }
        String text =
                new String(line, StandardCharsets.ISO_8859_1).stripTrailing().substring(2);
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            String boundary = boundaries.get(i);
            if (text.equals(boundary) || text.equals(boundary + "--")) {
                if (note) {
                    isClosing = !text.equals(boundary);
                }
                return i;
            }
        }
        return -1;
    }

    /** The next line with its end; a longer one in pieces. Null at the end of the mail. */
    private byte @Nullable [] line() throws IOException {
        if (ahead != null) {
            byte[] line = ahead;
            ahead = null;
            return line;
        }
        var line = new ByteArrayOutputStream(128);
        while (line.size() < LONGEST_LINE) {
            int c = next();
            if (c < 0) {
                break;
            }
            line.write(c);
            if (c == '\n') {
                break;
            }
            if (c == '\r') {
                if (peek() == '\n') {
                    line.write(next());
                }
                break;
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    private int next() throws IOException {
        return peek() < 0 ? -1 : buffer[position++] & 0xFF;
    }

    private int peek() throws IOException {
        if (position == filled) {
            if (hasEnded) {
                return -1;
            }
            position = 0;
            filled = Math.max(0, in.read(buffer));
            hasEnded = filled == 0;
            if (hasEnded) {
                return -1;
            }
        }
        return buffer[position] & 0xFF;
    }

    /** What stands before the next boundary; the end of line in front of it belongs to the boundary. */
    private final class Content extends InputStream {
        private byte[] current = new byte[0];
        private byte[] held = new byte[0];
        private int at;
        private boolean isOver;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == current.length) {
                if (!advance()) {
                    return -1;
                }
            }
            int count = Math.min(length, current.length - at);
            System.arraycopy(current, at, target, offset, count);
            at += count;
            return count;
        }

        void drain() throws IOException {
            while (advance()) {
                at = current.length;
            }
        }

        private boolean advance() throws IOException {
            if (isOver) {
                return false;
            }
            byte[] line = line();
            int boundary = line != null && isLineStart ? boundaryOf(line, true) : -1;
            if (line == null || boundary >= 0) {
                isOver = true;
                hit = boundary;
                isLineStart = true;
                current = line == null ? held : new byte[0];
                at = 0;
                return current.length > 0;
            }
            int end = line.length;
            while (end > 0 && end > line.length - 2 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
                end--;
            }
            isLineStart = end < line.length;
            current = new byte[held.length + end];
            System.arraycopy(held, 0, current, 0, held.length);
            System.arraycopy(line, 0, current, held.length, end);
            held = Arrays.copyOfRange(line, end, line.length);
            at = 0;
            return true;
        }
    }
}
