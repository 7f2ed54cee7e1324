package io.bihuan.mail;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bytes of a mail as text. What the sender declares is tried first, but often it is not what he sent. */
final class TextDecoding {
    static final Charset CHINESE = Charset.forName("GB18030");
    static final Charset WESTERN = Charset.forName("windows-1252");
    private static final int SURE = 40;

    private TextDecoding() {}

    static String decode(byte[] bytes, @Nullable String declared) {
        String marked = marked(bytes);
        if (marked != null) {
            return marked;
        }
        Charset charset = charset(declared);
        boolean isWide = isWide(bytes);
        if (charset != null && (!isWide || isMultibyte(charset))) {
            String strict = strict(bytes, charset);
            if (strict != null) {
                return strict;
            }
        }
        if (!isWide) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        String utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null) {
            return utf8;
        }
        // A single-byte charset fits anything, so it counts only after UTF-8 did not fit.
        if (charset != null && !isMultibyte(charset) && !charset.equals(StandardCharsets.US_ASCII)) {
            return new String(bytes, charset);
        }
        if (charset != null && isMultibyte(charset) && mostlyFits(bytes, charset)) {
            return new String(bytes, charset);
        }
        return guessed(bytes);
    }

    /** The charset of a name, as wide as what is sent under it; null when nobody knows it. */
    static @Nullable Charset charset(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String plain = name.strip().replaceAll("[\"']", "").toLowerCase(Locale.ROOT);
        try {
            return switch (plain) {
                case "gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc-cn", "gb18030" -> CHINESE;
                case "big5", "big5-hkscs", "x-x-big5" -> Charset.forName("Big5-HKSCS");
                case "iso-8859-1", "latin1", "latin-1", "iso8859-1" -> WESTERN;
                case "iso-8859-8-i", "iso-8859-8-e" -> Charset.forName("ISO-8859-8");
                case "shift_jis", "shift-jis", "sjis", "x-sjis" -> Charset.forName("windows-31j");
                case "ks_c_5601-1987", "euc-kr" -> Charset.forName("x-windows-949");
                case "utf8", "utf-8", "unicode-1-1-utf-8" -> StandardCharsets.UTF_8;
                case "us-ascii", "ascii", "ansi_x3.4-1968", "7bit", "8bit" -> StandardCharsets.US_ASCII;
                default -> Charset.forName(plain);
            };
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static @Nullable String marked(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        return null;
    }

    private static boolean isWide(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMultibyte(Charset charset) {
        return charset.newDecoder().maxCharsPerByte() > 1.0f
                || charset.newDecoder().averageCharsPerByte() < 1.0f
                || charset.equals(StandardCharsets.UTF_8)
                || charset.equals(CHINESE);
    }

    private static @Nullable String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** A character cut at the end or a few broken bytes do not make another charset of it. */
    private static boolean mostlyFits(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        long broken = text.chars().filter(c -> c == 0xFFFD).count();
        long wide = text.chars().filter(c -> c > 0x7F).count();
        return broken * 20 <= wide;
    }

    private static String guessed(byte[] bytes) {
        if (mostlyFits(bytes, StandardCharsets.UTF_8)) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (lettersStandAlone(bytes)) {
            return new String(bytes, WESTERN);
        }
        String chinese = strict(bytes, CHINESE);
        if (chinese != null && isPlainlyChinese(chinese)) {
            return chinese;
        }
        var detector = new CharsetDetector();
        detector.setText(bytes);
        CharsetMatch match = detector.detect();
        if (match != null && match.getConfidence() >= SURE && Charset.isSupported(match.getName())) {
            return new String(bytes, Charset.forName(match.getName()));
        }
        return new String(bytes, chinese != null || mostlyFits(bytes, CHINESE) ? CHINESE : WESTERN);
    }

    private static boolean isPlainlyChinese(String text) {
        long wide = text.codePoints().filter(c -> c > 0x7F).count();
        long common = text.codePoints()
                .filter(c ->
                        (c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF))
                .count();
        return common * 10 >= wide * 9;
    }

    /** In Western text letters with accents stand among ASCII, mostly alone; Chinese characters have two bytes. */
    private static boolean lettersStandAlone(byte[] bytes) {
        int runs = 0;
        int odd = 0;
        int length = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && bytes[i] < 0) {
                length++;
            } else if (length > 0) {
                runs++;
                odd += length % 2;
                length = 0;
            }
        }
        return odd * 2 >= runs;
    }
}
