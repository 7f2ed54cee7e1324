package io.bihuan.web;

import io.bihuan.platform.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts, dates and durations in the language and zone of one reader. {@code {0}} stands for an argument as it is (numbers without
 * grouping), {@code {0#complaint|complaints}} for a word chosen by an argument that is or is not 1.
 */
public final class Texts {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** A list names some hundred constants. */
    private static final ClassValue<Map<String, String>> KEYS = new ClassValue<>() {
        @Override
        protected Map<String, String> computeValue(Class<?> type) {
            String module =
                    type.getPackageName().replaceFirst("^io\\.bihuan\\.", "").replaceFirst("\\..*", "");
            String name = type.getSimpleName();
            String kind = module + "." + Character.toLowerCase(name.charAt(0)) + name.substring(1) + ".";
            return Stream.of(Objects.requireNonNull(type.getEnumConstants()))
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.toUnmodifiableMap(each -> each, kind::concat));
        }
    };

    private final Bundles bundles;
    private final Locale locale;
    private final ZoneId zone;
    private final InstantSource time;

    Texts(Bundles bundles, Locale locale, ZoneId zone, InstantSource time) {
        this.bundles = bundles;
        this.locale = locale;
        this.zone = zone;
        this.time = time;
    }

    /** The text of a key; a missing one is an error in tests. */
    public String of(String key, Object... arguments) {
        return filled(bundles.text(locale, key), arguments);
    }

    /** The name of an enum constant, key {@code <module>.<enumName>.<CONSTANT>}: {@code complaint.stage.ACCEPT}. */
    public String of(Enum<?> constant) {
        return of(key(constant));
    }

    /** Why a rule said no; constants and phrases among its arguments are named as everywhere else. */
    public String of(Refused refused) {
        return of(refused.key(), refused.arguments().stream().map(this::said).toArray());
    }

    public String of(Phrase phrase) {
        return of(phrase.key(), phrase.arguments().stream().map(this::said).toArray());
    }

    private Object said(Object argument) {
        return switch (argument) {
            case Enum<?> constant -> of(constant);
            case Phrase phrase -> of(phrase);
            case Spoken spoken -> spoken.in(locale);
            case Collection<?> several ->
                several.stream().map(this::said).map(Object::toString).collect(Collectors.joining(of("web.list")));
            default -> argument; // numbers and texts
        };
    }

    public boolean has(String key) {
        return bundles.has(locale, key);
    }

    public static String key(Enum<?> constant) {
        return Objects.requireNonNull(KEYS.get(constant.getDeclaringClass()).get(constant.name()));
    }

    /** {@code zh-CN} or {@code en}. */
    public String language() {
        return locale.toLanguageTag();
    }

    public Locale locale() {
        return locale;
    }

    public ZoneId zone() {
        return zone;
    }

    /** {@code 2026-11-22} */
    public String date(@Nullable Instant at) {
        return at == null ? "" : DATE.format(at.atZone(zone));
    }

    public String date(@Nullable LocalDate day) {
        return day == null ? "" : DATE.format(day);
    }

    /** {@code 2026-11-22 09:30} */
    public String dateTime(@Nullable Instant at) {
        return at == null ? "" : DATE_TIME.format(at.atZone(zone));
    }

    /** {@code 2026-11-22 09:30:07} */
    public String second(@Nullable Instant at) {
        return at == null ? "" : SECOND.format(at.atZone(zone));
    }

    /** {@code 09:30} */
    public String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at.atZone(zone));
    }

    /** {@code 12 分钟后到期}, {@code 已超时 3 小时}. */
    public String due(@Nullable Instant at) {
        if (at == null) {
            return "";
        }
        Duration left = Duration.between(time.instant(), at);
        if (left.isNegative()) {
            return left.abs().toMinutes() == 0 ? of("web.due.now") : of("web.due.over", duration(left.abs()));
        }
        return left.toMinutes() == 0 ? of("web.due.soon") : of("web.due.in", duration(left));
    }

    /** {@code 刚刚}, {@code 5 分钟前}; older than a week as date and time. */
    public String ago(@Nullable Instant at) {
        if (at == null) {
            return "";
        }
        Duration past = Duration.between(at, time.instant());
        if (past.toDays() >= 7 || past.toMinutes() < -1) {
            return dateTime(at);
        }
        return past.toMinutes() < 1 ? of("web.ago.now") : of("web.ago.past", duration(past));
    }

    /** The largest full unit: {@code 45 秒}, {@code 12 分钟}, {@code 3 小时}, {@code 2 天}. */
    public String duration(Duration length) {
        if (length.toMinutes() < 1) {
            return of("web.duration.seconds", length.toSeconds());
        }
        if (length.toHours() < 1) {
            return of("web.duration.minutes", length.toMinutes());
        }
        return length.toDays() < 1
                ? of("web.duration.hours", length.toHours())
                : of("web.duration.days", length.toDays());
    }

    private static String filled(String text, Object... arguments) {
        if (arguments.length == 0 || text.indexOf('{') < 0) {
            return text;
        }
        var filled = new StringBuilder(text.length() + 16);
        int copied = 0;
        // By hand: a list fills some hundred texts, and an expression takes four times as long.
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            int close = text.indexOf('}', open);
            int index = close < 0 ? -1 : Character.digit(text.charAt(open + 1), 10);
            if (index < 0 || index >= arguments.length) {
                continue;
            }
            String value = String.valueOf(arguments[index]);
            if (close > open + 2) {
                int or = text.indexOf('|', open);
                if (text.charAt(open + 2) != '#' || or < 0 || or > close) {
                    continue;
                }
                value = value.equals("1") ? text.substring(open + 3, or) : text.substring(or + 1, close);
            }
            filled.append(text, copied, open).append(value);
            copied = close + 1;
        }
        return filled.append(text, copied, text.length()).toString();
    }
}
