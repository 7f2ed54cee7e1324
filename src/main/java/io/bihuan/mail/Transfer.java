package io.bihuan.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.jspecify.annotations.Nullable;

/** Encodings in which bytes travel through mail, read leniently: what is broken is left out, what is good is kept. */
final class Transfer {
    private Transfer() {}

    /** @param encoding in lower case */
    static InputStream decoded(String encoding, InputStream in) {
        return switch (encoding) {
            case "base64" -> new Base64InputStream(in, DecodeMonitor.SILENT);
            case "quoted-printable" -> new QuotedPrintableInputStream(in, DecodeMonitor.SILENT);
            case "x-uuencode", "x-uue", "uuencode", "uue" -> uuencoded(in);
            default -> in;
        };
    }

    static byte[] base64(String text) {
        try (var in = new Base64InputStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), DecodeMonitor.SILENT)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes as a sign and two hexadecimal digits; a sign without digits stands for itself. */
    static byte[] percent(String text, char sign) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == sign && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high * 16 + low);
                i += 2;
            } else if (c < 0x100) {
                bytes.write(c);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** The file in a uuencoded part, line by line; lines that are none of it are passed over. */
    static InputStream uuencoded(InputStream encoded) {
        return new InputStream() {
            private byte[] line = new byte[0];
            private int at;
            private boolean hasBegun;
            private boolean hasEnded;

            @Override
            public int read() throws IOException {
                while (at == line.length && !hasEnded) {
                    next();
                }
                return at < line.length ? line[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int c = length == 0 ? 0 : read();
                if (length == 0 || c < 0) {
                    return c;
                }
                target[offset] = (byte) c;
                int more = Math.min(length - 1, line.length - at);
                System.arraycopy(line, at, target, offset + 1, more);
                at += more;
                return more + 1;
            }

            private void next() throws IOException {
                String text = line(encoded);
                if (text == null || (hasBegun && text.strip().equals("end"))) {
                    hasEnded = true;
                } else if (!hasBegun) {
                    hasBegun = text.matches("begin [0-7]{3,4} .*");
                } else {
                    line = uuLine(text);
                    at = 0;
                }
            }
        };
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n' && bytes.size() < 2_000) {
            if (c != '\r') {
                bytes.write(c);
            }
            c = in.read();
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] uuLine(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        int length = (text.charAt(0) - ' ') & 0x3F;
        var bytes = new byte[length];
        int count = 0;
        for (int i = 1; count < length; i += 4) {
            int group = 0;
            for (int k = 0; k < 4; k++) {
                int c = i + k < text.length() ? text.charAt(i + k) : ' ';
                group = (group << 6) | ((c - ' ') & 0x3F);
            }
            for (int shift = 16; shift >= 0 && count < length; shift -= 8) {
                bytes[count++] = (byte) (group >> shift);
            }
        }
        return bytes;
    }
}
