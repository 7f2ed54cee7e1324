package io.bihuan.telephony;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks in lines of text. What has come of a line when the wait for the rest of it is over is kept for the next
 * wait; what is longer than anything that is meant ends the connection.
 */
final class TextLine {
    static final int LONGEST_LINE = 16 * 1024;
    static final int MOST_LINES = 400;
    static final int LARGEST_BODY = 1024 * 1024;
    private static final int BUFFER = 8 * 1024;

    /** What comes is not what this protocol says. */
    static final class Garbled extends IOException {
        Garbled(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Map<String, String> block = new LinkedHashMap<>();
    private int lines;
    private byte @Nullable [] body;
    private int bodyFilled;

    TextLine(Socket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next line without its end; null when it has not come whole in the time that the socket waits. */
    @Nullable
    String readLine() throws IOException {
        while (true) {
            int next = next();
            if (next == -1) {
                return null;
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() >= LONGEST_LINE) {
                throw new Garbled("a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
    }

    /** The next lines up to an empty one, as names and values; null when they have not all come yet. Lines without a colon are skipped. */
    @Nullable
    Map<String, String> readBlock() throws IOException {
        while (true) {
            String text = readLine();
            if (text == null) {
                return null;
            }
            if (text.isEmpty()) {
                if (block.isEmpty()) {
                    continue;
                }
                Map<String, String> whole = block;
                block = new LinkedHashMap<>();
                lines = 0;
                return whole;
            }
            if (++lines > MOST_LINES) {
                throw new Garbled("a message of more than " + MOST_LINES + " lines");
            }
            put(block, text);
        }
    }

    /** So many bytes; null when they have not all come yet. */
    byte @Nullable [] readBody(int length) throws IOException {
        if (length < 0 || length > LARGEST_BODY) {
            throw new Garbled("a body of " + length + " bytes");
        }
        byte[] filling = body;
        if (filling == null) {
            filling = new byte[length];
            body = filling;
            bodyFilled = 0;
        }
        while (bodyFilled < filling.length) {
            int next = next();
            if (next == -1) {
                return null;
            }
            filling[bodyFilled++] = (byte) next;
        }
        body = null;
        return filling;
    }

    static void put(Map<String, String> block, String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            block.putIfAbsent(
                    text.substring(0, colon).strip(), text.substring(colon + 1).strip());
        }
    }

    /** The next byte; -1 when there is none in the time that the socket waits. */
    private int next() throws IOException {
        if (at == end) {
            try {
                end = in.read(buffer);
            } catch (SocketTimeoutException e) {
                at = 0;
                end = 0;
                return -1;
            }
            at = 0;
            if (end < 0) {
                end = 0;
                throw new EOFException("the connection was closed");
            }
        }
        return buffer[at++] & 0xff;
    }
}
