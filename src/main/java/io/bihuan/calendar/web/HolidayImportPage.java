package io.bihuan.calendar.web;

import io.bihuan.web.FieldErrors;
import java.util.List;
import java.util.UUID;

/** What a file would change, before anybody says yes. */
public record HolidayImportPage(
        UUID id,
        String set,
        String label,
        String file,
        List<YearChange> years,
        List<String> leftOut,
        int leftOutCount,
        String reason,
        FieldErrors errors) {
    /** A year of the file. */
    public record YearChange(
            int year,
            boolean wasAnnounced,
            boolean isTicked,
            boolean looksAnnounced,
            int daysOff,
            int makeUpDays,
            List<HolidaysPage.DayLine> days,
            List<HolidaysPage.DayLine> added,
            List<HolidaysPage.DayLine> removed) {}
}
