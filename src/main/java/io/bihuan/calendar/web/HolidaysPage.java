package io.bihuan.calendar.web;

import io.bihuan.web.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A holiday set: its years, the days of one of them, its versions, and how new facts come in. */
public record HolidaysPage(
        String name,
        String label,
        int version,
        List<YearLine> years,
        int year,
        boolean isAnnounced,
        List<DayLine> days,
        List<CalendarPage.Link> calendars,
        List<CalendarPage.VersionLine> versions,
        List<CalendarsPage.TaskLine> tasks,
        boolean mayChange,
        @Nullable String file,
        List<ProblemLine> problems,
        FieldErrors errors) {
    public record YearLine(int year, boolean isAnnounced, boolean isHere) {}

    /** Days in a row with one name. */
    public record DayLine(String days, String kind, String css, String name, int count) {}

    public record ProblemLine(String where, String what) {}
}
