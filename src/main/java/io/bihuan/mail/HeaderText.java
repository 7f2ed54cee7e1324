package io.bihuan.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in header fields: encoded words (RFC 2047), parameters in pieces and charsets (RFC 2231), and the bytes that many
 * programs write there without any of it. The raw form is a string of one character for each byte.
 */
final class HeaderText {
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]{1,60})\\?([bBqQ])\\?(.*?)\\?=", Pattern.DOTALL);
    private static final Pattern PIECE = Pattern.compile("([^*]+)(?:\\*(\\d{1,3}))?(\\*)?");
    private static final int MOST_PIECES = 500;

    private HeaderText() {}

    static String decode(String raw) {
        var text = new StringBuilder();
        Matcher word = WORD.matcher(raw);
        var bytes = new ByteArrayOutputStream();
        String charset = null;
        int end = 0;
        while (word.find()) {
            String between = raw.substring(end, word.start());
            String next = word.group(1).replaceFirst("\\*.*", "").toLowerCase(Locale.ROOT);
            boolean follows = charset != null && between.isBlank();
            // Mailers cut a character of several bytes in the middle, so words of one charset are one text.
            if (!follows || !next.equals(charset)) {
                flush(text, bytes, charset);
            }
            if (!follows) {
                text.append(plain(between));
            }
            charset = next;
            bytes.writeBytes(
                    word.group(2).equalsIgnoreCase("b") ? Transfer.base64(word.group(3)) : quoted(word.group(3)));
            end = word.end();
        }
        flush(text, bytes, charset);
        return text.append(plain(raw.substring(end))).toString();
    }

    private static void flush(StringBuilder text, ByteArrayOutputStream bytes, @Nullable String charset) {
        if (bytes.size() > 0) {
            text.append(TextDecoding.decode(bytes.toByteArray(), charset));
            bytes.reset();
        }
    }

    private static String plain(String raw) {
        return raw.chars().allMatch(c -> c < 0x80)
                ? raw
                : TextDecoding.decode(raw.getBytes(StandardCharsets.ISO_8859_1), null);
    }

    private static byte[] quoted(String text) {
        return Transfer.percent(text.replace('_', ' '), '=');
    }

    /** The part before the first semicolon, in lower case. */
    static String value(String raw) {
        List<String> pieces = pieces(raw);
        return pieces.isEmpty()
                ? ""
                : pieces.getFirst().replaceAll("\\(.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** The parameters behind it, decoded; names in lower case. */
    static Map<String, String> parameters(String raw) {
        List<String> pieces = pieces(raw);
        var whole = new TreeMap<String, String>();
        var split = new TreeMap<String, TreeMap<Integer, Piece>>();
        for (String piece : pieces.subList(Math.min(1, pieces.size()), Math.min(pieces.size(), MOST_PIECES))) {
            int equals = piece.indexOf('=');
            if (equals < 1) {
                continue;
            }
            String name = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String given = unquoted(piece.substring(equals + 1).strip());
            Matcher form = PIECE.matcher(name);
            if (!form.matches()) {
                continue;
            }
            boolean isExtended = form.group(3) != null;
            if (form.group(2) == null && !isExtended) {
                whole.putIfAbsent(name, decode(given));
            } else {
                int number = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
                split.computeIfAbsent(form.group(1), ignored -> new TreeMap<>())
                        .putIfAbsent(number, new Piece(given, isExtended));
            }
        }
        split.forEach((name, parts) -> whole.put(name, joined(parts)));
        return whole;
    }

    private record Piece(String text, boolean isExtended) {}

    private static String joined(Map<Integer, Piece> parts) {
        String charset = null;
        boolean isFirst = true;
        boolean isAnyExtended = false;
        var bytes = new ByteArrayOutputStream();
        for (Piece piece : parts.values()) {
            String text = piece.text;
            if (piece.isExtended) {
                isAnyExtended = true;
                if (isFirst && text.indexOf('\'') >= 0 && text.indexOf('\'') != text.lastIndexOf('\'')) {
                    charset = text.substring(0, text.indexOf('\''));
                    text = text.substring(text.indexOf('\'', text.indexOf('\'') + 1) + 1);
                }
                bytes.writeBytes(Transfer.percent(text, '%'));
            } else {
                bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            }
            isFirst = false;
        }
        return isAnyExtended
                ? TextDecoding.decode(bytes.toByteArray(), charset)
                : decode(bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private static String unquoted(String text) {
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            // Only these two are unescaped: names with the path of a Windows folder are common.
            return text.substring(1, text.length() - 1).replace("\\\\", "\\").replace("\\\"", "\"");
        }
        return text.startsWith("\"") ? text.substring(1) : text;
    }

    private static List<String> pieces(String raw) {
        var pieces = new ArrayList<String>();
        boolean isQuoted = false;
        int start = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && isQuoted) {
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ';' && !isQuoted) {
                pieces.add(raw.substring(start, i));
                start = i + 1;
            }
        }
        if (start < raw.length()) {
            pieces.add(raw.substring(start));
        }
        return pieces;
    }
}
