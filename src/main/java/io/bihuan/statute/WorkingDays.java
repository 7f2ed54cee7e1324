package io.bihuan.statute;

import io.bihuan.calendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.function.Predicate;

/**
 * Which days are working days.
 *
 * @param knowsHolidays false where only weekends are known
 */
public record WorkingDays(Predicate<LocalDate> isWorking, boolean knowsHolidays) {
    /** Monday to Friday, for want of a calendar. */
    public static final WorkingDays MONDAY_TO_FRIDAY = new WorkingDays(
            day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY, false);

    public static WorkingDays of(WorkCalendar calendar) {
        return new WorkingDays(calendar::isWorking, true);
    }

    /** The last of so many working days; the first day does not count. */
    LocalDate after(LocalDate first, int amount) {
        var day = first;
        // no calendar is without a working day for ten years
        var patience = 3_660;
        for (var left = amount; left > 0 && patience > 0; patience--) {
            day = day.plusDays(1);
            if (isWorking.test(day)) {
                left--;
            }
        }
        return day;
    }
}
