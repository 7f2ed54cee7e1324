package io.bihuan.clock;

import io.bihuan.calendar.DayKind;
import io.bihuan.clock.Explanation.Amount;
import io.bihuan.clock.Explanation.Deadline;
import io.bihuan.clock.Explanation.Kind;
import io.bihuan.clock.Explanation.PackId;
import io.bihuan.clock.Explanation.Step;
import io.bihuan.clock.Explanation.Who;
import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What clocks say, in the language of a reader; times are those of the clock's calendar. */
public final class ClockTexts {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int HOUR = 60;
    private static final int MOST_HOURS = 72;

    /** A step as it is read. */
    public record Line(Kind kind, String text) {}

    private final Texts t;
    private final ZoneId zone;
    private final UnaryOperator<String> names;
    private final UnaryOperator<String> packs;

    private ClockTexts(Texts t, ZoneId zone, UnaryOperator<String> names, UnaryOperator<String> packs) {
        this.t = t;
        this.zone = zone;
        this.names = names;
        this.packs = packs;
    }

    /** {@code 《…规定》第二十四条（2022-01-01 起施行） 待核实}; empty without a source. */
    public static String source(@Nullable Source source, Texts t) {
        if (source == null) {
            return "";
        }
        String title = source.title().in(t.locale());
        if (!source.namesLaw()) {
            return title;
        }
        String law = t.of(
                source.to() == null ? "clock.source.law" : "clock.source.law.ended",
                title,
                String.valueOf(source.article()),
                t.date(source.from()),
                t.date(source.to()));
        return source.confirmed() ? law : t.of("clock.source.unconfirmed", law);
    }

    /**
     * The steps as they are read.
     *
     * @param names how an actor, given as {@code kind:id}, is called
     */
    public static List<Line> lines(Explanation explanation, Texts t, UnaryOperator<String> names) {
        return lines(explanation, t, names, UnaryOperator.identity());
    }

    /**
     * The same for who knows the packs.
     *
     * @param packs how a pack, given by its id, is called
     */
    public static List<Line> lines(
            Explanation explanation, Texts t, UnaryOperator<String> names, UnaryOperator<String> packs) {
        var texts = new ClockTexts(t, explanation.clock().calendar().zone(), names, packs);
        return explanation.steps().stream()
                .map(step -> new Line(step.kind(), texts.text(step)))
                .toList();
    }

    /** {@code 2026-10-13 24:00} for the end of a day, else date, hour and minute; with seconds where there are any. */
    public static String deadline(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        return local.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? local.toLocalDate().minusDays(1) + " 24:00"
                : minuteOrSecond(local);
    }

    /** When the clock is due, by its own calendar. */
    public static String deadline(Clock clock) {
        return deadline(clock.dueAt(), clock.calendar().zone());
    }

    /** {@code 30 分钟}, {@code 8 小时}, {@code 10 个工作日}. */
    public static String amount(int amount, Unit unit, Texts t) {
        if (unit.isOfDays()) {
            return t.of("clock.amount." + unit.name(), amount);
        }
        String length = length(amount, t);
        return unit == Unit.MINUTE ? length : t.of("clock.amount.BUSINESS_MINUTE", length);
    }

    private static String length(int minutes, Texts t) {
        if (minutes % HOUR != 0) {
            return minutes < HOUR
                    ? t.of("web.duration.minutes", minutes)
                    : t.of("web.duration.hours", minutes / HOUR) + " " + t.of("web.duration.minutes", minutes % HOUR);
        }
        int hours = minutes / HOUR;
        return hours % 24 == 0 && hours > MOST_HOURS
                ? t.of("web.duration.days", hours / 24)
                : t.of("web.duration.hours", hours);
    }

    /** To the second, so that it can be added up: {@code 51 小时 20 分钟}. */
    static String exact(Duration length, Texts t) {
        var parts = new ArrayList<String>();
        if (length.toHours() > 0) {
            parts.add(t.of("web.duration.hours", length.toHours()));
        }
        if (length.toMinutesPart() > 0) {
            parts.add(t.of("web.duration.minutes", length.toMinutesPart()));
        }
        if (length.toSecondsPart() > 0 || parts.isEmpty()) {
            parts.add(t.of("web.duration.seconds", length.toSecondsPart()));
        }
        return String.join(" ", parts);
    }

    private String text(Step step) {
        return t.of(step.key(), step.arguments().stream().map(this::argument).toArray());
    }

    private Object argument(Object argument) {
        return switch (argument) {
            case Instant instant -> minuteOrSecond(instant.atZone(zone));
            case Deadline deadline -> deadline(deadline.at(), zone);
            case LocalDate date -> date + " " + date.getDayOfWeek().getDisplayName(TextStyle.SHORT, t.locale());
            case Duration duration -> exact(duration, t);
            case Amount amount -> amount(amount.value(), amount.unit(), t);
            case Who who -> names.apply(who.actor());
            case PackId pack -> packs.apply(pack.id());
            case Label label -> label.in(t.locale());
            case PauseReason reason -> t.of("clock.pauseFor." + reason.name());
            case ExtensionReason reason -> t.of(reason);
            case DayKind kind -> t.of("calendar.dayKind." + kind.name());
            case Enum<?> constant -> t.of("clock." + enumName(constant) + "." + constant.name());
            default -> argument;
        };
    }

    private static String enumName(Enum<?> constant) {
        String name = constant.getDeclaringClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String minuteOrSecond(ZonedDateTime local) {
        return (local.getSecond() == 0 ? MINUTE : SECOND).format(local);
    }
}
