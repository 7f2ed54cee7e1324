package io.bihuan.calendar.web;

import io.bihuan.calendar.Limit;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One calendar: what it says, its year, its versions, a new version, a calculator.
 *
 * @param isPreview whether it shows a version that nobody has published yet
 */
public record CalendarPage(
        String name,
        String label,
        String zone,
        int version,
        @Nullable Link holidays,
        @Nullable Link over,
        String appliesTo,
        boolean adds,
        List<WeekLine> week,
        String makeUp,
        String onHolidays,
        List<Link> overlays,
        YearPicture picture,
        List<VersionLine> versions,
        CalendarForm form,
        Calculator calculator,
        List<CalendarsPage.TaskLine> tasks,
        boolean mayChange,
        boolean isPreview,
        FieldErrors errors) {
    public record Link(String text, String href, String detail) {}

    public record WeekLine(DayOfWeek day, String hours) {}

    /** A version: who, when, why, and what it changed. */
    public record VersionLine(int version, Instant at, String who, String why, List<String> changes) {}

    /** What is asked of the calculator and what it says. */
    public record Calculator(
            String start,
            String amount,
            Limit.Unit unit,
            List<Option> units,
            @Nullable String due,
            @Nullable String assumed,
            FieldErrors errors) {}
}
