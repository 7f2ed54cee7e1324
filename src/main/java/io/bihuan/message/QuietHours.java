package io.bihuan.message;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours of the recipient in which nothing rings.
 *
 * @param from begins
 * @param to ends, usually on the next day; the same as {@code from}: there are none
 */
public record QuietHours(LocalTime from, LocalTime to) {
    /** When it may ring: now, or when they end. */
    Instant next(Instant now, ZoneId zone) {
        ZonedDateTime local = now.atZone(zone);
        LocalTime at = local.toLocalTime();
        boolean isQuiet = from.isBefore(to)
                ? !at.isBefore(from) && at.isBefore(to)
                : from.isAfter(to) && (!at.isBefore(from) || at.isBefore(to));
        if (!isQuiet) {
            return now;
        }
        ZonedDateTime end = local.with(to);
        return (at.isBefore(to) ? end : end.plusDays(1)).toInstant();
    }
}
