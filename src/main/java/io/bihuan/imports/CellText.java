package io.bihuan.imports;

import io.bihuan.platform.Refused;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a person sees in a cell of a sheet, as text that the rest reads like a cell of a CSV file. */
final class CellText {
    /** How a number is shown. */
    sealed interface Format {
        /** As it is, to the fifteen digits that Excel knows. */
        record Plain() implements Format {}

        record Percent() implements Format {}

        /** A day, with the time if it has one. */
        record Moment() implements Format {}

        /** Hours that go on counting after a day. */
        record Span() implements Format {}

        /** Zeros in front up to so many digits: how numbers of staff, parts and shops are kept. */
        record Padded(int digits) implements Format {}
    }

    static final Format PLAIN = new Format.Plain();

    private static final int LONGEST = 1_000_000;
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);
    private static final double LAST_DAY = 2_958_466;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final int DAYS_TO_1904 = 1_462;
    private static final LocalDateTime ZERO = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final Pattern SILENT = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.");
    private static final Pattern SPAN = Pattern.compile("\\[(?:h+|m+|s+)]");
    private static final Pattern BRACKETS = Pattern.compile("\\[[^]]*]");
    private static final Pattern ZEROS = Pattern.compile("0{2,}");
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private CellText() {}

    /** The format that a number of Excel's own list means; those from 27 and from 50 are days in East Asian editions. */
    static Format builtIn(int number) {
        if (number == 9 || number == 10) {
            return new Format.Percent();
        }
        if (number == 46) {
            return new Format.Span();
        }
        boolean isMoment = (number >= 14 && number <= 22)
                || (number >= 27 && number <= 36)
                || (number >= 45 && number <= 47)
                || (number >= 50 && number <= 58);
        return isMoment ? new Format.Moment() : PLAIN;
    }

    /** The format that a pattern of a user means. */
    static Format custom(String pattern) {
        String shown = SILENT.matcher(pattern).replaceAll("").toLowerCase(Locale.ROOT);
        String first = shown.contains(";") ? shown.substring(0, shown.indexOf(';')) : shown;
        if (SPAN.matcher(first).find()) {
            return new Format.Span();
        }
        String bare = BRACKETS.matcher(first).replaceAll("").strip();
        if (bare.isEmpty() || bare.equals("general") || bare.equals("@")) {
            return PLAIN;
        }
        if (bare.chars().anyMatch(c -> "ymdhs".indexOf(c) >= 0)) {
            return new Format.Moment();
        }
        if (bare.endsWith("%")) {
            return new Format.Percent();
        }
        return ZEROS.matcher(bare).matches() ? new Format.Padded(bare.length()) : PLAIN;
    }

    /** A number as the format shows it. */
    static String number(String raw, Format format, boolean is1904) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(raw.strip());
        } catch (NumberFormatException e) {
            return raw;
        }
        if (exact.precision() - (long) exact.scale() > 320 || exact.scale() > 340) {
            return raw; // no double, whoever wrote it
        }
        return switch (format) {
            case Format.Plain plain -> plain(exact);
            case Format.Percent percent -> plain(exact.movePointRight(2)) + "%";
            case Format.Moment moment -> moment(exact, is1904);
            case Format.Span span -> span(exact);
            case Format.Padded padded -> padded(exact, padded.digits());
        };
    }

    private static String plain(BigDecimal exact) {
        BigDecimal shown = exact.round(DIGITS);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    private static String padded(BigDecimal exact, int digits) {
        String plain = plain(exact);
        boolean isWhole = plain.chars().allMatch(c -> c >= '0' && c <= '9');
        return isWhole ? "0".repeat(Math.max(0, digits - plain.length())) + plain : plain;
    }

    private static String moment(BigDecimal exact, boolean is1904) {
        double serial = exact.doubleValue();
        if (serial < 0 || serial >= LAST_DAY - DAYS_TO_1904) {
            return plain(exact);
        }
        // 43588.43 is meant to the second at best: the fraction is a rounded one.
        long seconds = Math.round(serial * SECONDS_OF_DAY);
        if (seconds < SECONDS_OF_DAY && !is1904) {
            return TIME.format(LocalTime.ofSecondOfDay(seconds));
        }
        // Excel takes 1900 for a leap year; before that day its count is one less.
        long days = is1904 ? DAYS_TO_1904 : serial < 60 ? 1 : 0;
        LocalDateTime at = ZERO.plusDays(days).plusSeconds(seconds);
        return (seconds % SECONDS_OF_DAY == 0 ? DAY : DAY_AND_TIME).format(at);
    }

    private static String span(BigDecimal exact) {
        double serial = exact.doubleValue();
        if (serial < 0 || serial >= LAST_DAY) {
            return plain(exact);
        }
        long seconds = Math.round(serial * SECONDS_OF_DAY);
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** A text that may be made of pieces in several looks, up to the end of that element; the reading aid above characters is none of it. */
    static String rich(XMLStreamReader xml, String end) throws XMLStreamException {
        var text = new StringBuilder();
        int aids = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("rPh")) {
                    aids++;
                } else if (xml.getLocalName().equals("t") && aids == 0) {
                    plain(xml, "t", text);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (xml.getLocalName().equals("rPh")) {
                    aids--;
                } else if (xml.getLocalName().equals(end)) {
                    break;
                }
            }
        }
        return unescaped(text.toString());
    }

    /** Adds what stands up to the end of that element. */
    static void plain(XMLStreamReader xml, String end, StringBuilder text) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                if (text.length() > LONGEST) {
                    throw new Refused("imports.refused.too-large-unpacked");
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals(end)) {
                return;
            }
        }
    }

    /** Characters that XML does not know are written as their code: {@code _x000D_} is a line break. */
    static String unescaped(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        return ESCAPED.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
