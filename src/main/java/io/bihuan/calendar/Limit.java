package io.bihuan.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A plain limit on a calendar, for trying it out: no pauses, no roll forward, the day received not counted. What runs on a complaint is
 * counted by its policy.
 */
public record Limit(int amount, Unit unit) {
    /** What is counted. */
    public enum Unit {
        WORKING_DAY,
        WORKING_HOUR,
        CALENDAR_DAY
    }

    public static final int MOST = 3_650;

    private static final long HOUR = 3_600_000_000L;

    public Limit {
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException("a limit of " + amount);
        }
    }

    /** When it ends; a day ends at 24:00. */
    public Instant end(WorkCalendar calendar, Instant start) {
        LocalDate received = calendar.dateOf(start);
        return switch (unit) {
            case WORKING_HOUR ->
                Instant.EPOCH.plus(
                        calendar.reach(ChronoUnit.MICROS.between(Instant.EPOCH, start), amount * HOUR),
                        ChronoUnit.MICROS);
            case CALENDAR_DAY -> calendar.endOf(received.plusDays(amount));
            case WORKING_DAY -> {
                LocalDate day = received;
                while (!calendar.isWorking(day)) {
                    day = day.plusDays(1);
                }
                for (int left = amount; left > 0; left--) {
                    do {
                        day = day.plusDays(1);
                    } while (!calendar.isWorking(day));
                }
                yield calendar.endOf(day);
            }
        };
    }
}
