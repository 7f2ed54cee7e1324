package io.bihuan.imports;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times as spreadsheets and people write them. What could mean two days is not read at all: a wrong month would go unnoticed. */
public final class SheetTimes {
    private static final Pattern WRITTEN = Pattern.compile(
            // 2019-05-03, 2019/5/3, 2019.5.3, 2019年5月3日
            "(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?" + "(?:T|,|\\s)*" + "(.*)");
    private static final Pattern DAY_OR_MONTH_FIRST =
            Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})(?:,|\\s)*(.*)");
    private static final Pattern TIME = Pattern.compile("(?:(上午|下午|晚上|中午|凌晨|AM|PM)\\s*)?(\\d{1,2})\\s*[:时点]"
            + "\\s*(?:(\\d{1,2})\\s*(?:[:分]\\s*(\\d{1,2})(?:[.,](\\d{1,9}))?\\s*秒?|分)?)?"
            + "\\s*(AM|PM)?\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?");
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2}))?");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,15}))?");
    private static final Pattern SECONDS = Pattern.compile("1\\d{9}");
    private static final Pattern MILLISECONDS = Pattern.compile("1\\d{12}");

    /** Excel counts days from here, because it takes 1900 for a leap year. */
    private static final LocalDate EXCEL_ZERO = LocalDate.of(1899, 12, 30);
    /** 1954 to 2119: smaller numbers are years, amounts or codes. */
    private static final int FIRST_SERIAL = 20_000;

    private static final int LAST_SERIAL = 80_000;
    private static final double SECONDS_OF_DAY = 86_400;
    private static final int LONGEST = 60;

    private SheetTimes() {}

    /** The moment that is meant, in the zone where none is named; a day without a time is its beginning. */
    public static Optional<Instant> read(String cell, ZoneId zone) {
        if (cell.length() > LONGEST) {
            return Optional.empty();
        }
        String text = Normalizer.normalize(cell, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
        try {
            return Optional.ofNullable(written(text, zone));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The day that is meant, as {@code 2019-05-03}. */
    static Optional<String> day(String cell, ZoneId zone) {
        return read(cell, zone).map(at -> at.atZone(zone).toLocalDate().toString());
    }

    private static @Nullable Instant written(String text, ZoneId zone) {
        Matcher written = WRITTEN.matcher(text);
        if (written.matches()) {
            LocalDate day = LocalDate.of(number(written, 1), number(written, 2), number(written, 3));
            return at(day, written.group(4), zone);
        }
        Matcher compact = COMPACT.matcher(text);
        if (compact.matches()) {
            LocalDate day = LocalDate.of(number(compact, 1), number(compact, 2), number(compact, 3));
            LocalTime time = compact.group(4) == null
                    ? LocalTime.MIDNIGHT
                    : LocalTime.of(number(compact, 4), number(compact, 5), number(compact, 6));
            return day.atTime(time).atZone(zone).toInstant();
        }
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (MILLISECONDS.matcher(text).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        if (NUMBER.matcher(text).matches()) {
            return serial(Double.parseDouble(text), zone);
        }
        Matcher swapped = DAY_OR_MONTH_FIRST.matcher(text);
        if (swapped.matches()) {
            int first = number(swapped, 1);
            int second = number(swapped, 3);
            if (first == second || first > 12 || second > 12) {
                int month = first > 12 ? second : first;
                int day = first > 12 ? first : second;
                return at(LocalDate.of(number(swapped, 4), month, day), swapped.group(5), zone);
            }
        }
        return null;
    }

    private static @Nullable Instant serial(double serial, ZoneId zone) {
        if (serial < FIRST_SERIAL || serial >= LAST_SERIAL) {
            return null;
        }
        // 43588.43 is meant to the second at best: the fraction is a rounded one.
        long seconds = Math.round(serial * SECONDS_OF_DAY);
        return EXCEL_ZERO.atStartOfDay().plusSeconds(seconds).atZone(zone).toInstant();
    }

    private static @Nullable Instant at(LocalDate day, String rest, ZoneId zone) {
        String text = rest.strip().replaceFirst("^(?:星期|周)[一二三四五六日天]\\s*", "");
        if (text.isEmpty()) {
            return day.atStartOfDay(zone).toInstant();
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return null;
        }
        int hour = number(time, 2);
        String half = time.group(1) != null ? time.group(1) : time.group(6);
        if (half != null) {
            hour = hour(half, hour);
        }
        int minute = time.group(3) == null ? 0 : number(time, 3);
        int second = time.group(4) == null ? 0 : number(time, 4);
        String fraction = time.group(5);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
        boolean isEndOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        LocalDateTime local =
                isEndOfDay ? day.plusDays(1).atStartOfDay() : day.atTime(LocalTime.of(hour, minute, second, nanos));
        String named = time.group(7);
        return named == null
                ? local.atZone(zone).toInstant()
                : OffsetDateTime.of(local, offset(named)).toInstant();
    }

    private static int hour(String half, int hour) {
        return switch (half) {
            case "下午", "晚上", "PM" -> hour < 12 ? hour + 12 : hour;
            case "中午" -> hour < 11 ? hour + 12 : hour;
            default -> hour == 12 ? 0 : hour; // 上午, 凌晨, AM
        };
    }

    private static ZoneOffset offset(String named) {
        return switch (named) {
            case "Z", "UTC", "GMT" -> ZoneOffset.UTC;
            default -> ZoneOffset.of(named);
        };
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
