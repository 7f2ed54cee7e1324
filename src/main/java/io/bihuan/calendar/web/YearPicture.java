package io.bihuan.calendar.web;

import io.bihuan.calendar.DayKind;
import io.bihuan.calendar.Hours;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import io.bihuan.web.Texts;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A year of a calendar, month by month, every day with its kind. */
public record YearPicture(int year, List<MonthPicture> months, int workingDays, boolean isAssumed) {
    private static final int FIRST = 1970;
    private static final int LAST = 2100;

    /** A month whose weeks begin on Monday. */
    public record MonthPicture(String name, int workingDays, List<List<Cell>> weeks, List<Note> notes) {}

    /**
     * A day; number 0 is none.
     *
     * @param mark a sign, so that nobody needs to see colours; empty for usual days
     * @param said everything about the day in words
     */
    public record Cell(int day, String css, String mark, String said) {
        static final Cell NONE = new Cell(0, "none", "", "");
    }

    /** Days in a row that have a name, such as {@code 1–7 National Day}. */
    public record Note(String days, String mark, String css, String name) {}

    static boolean hasYear(int year) {
        return year >= FIRST && year <= LAST;
    }

    static YearPicture of(WorkCalendar calendar, int year, Texts t) {
        var months = new ArrayList<MonthPicture>();
        int workingDays = 0;
        boolean isAssumed = false;
        for (Month month : Month.values()) {
            MonthPicture picture = month(calendar, YearMonth.of(year, month), t);
            months.add(picture);
            workingDays += picture.workingDays();
        }
        for (LocalDate date = LocalDate.of(year, 1, 1); date.getYear() == year && !isAssumed; date = date.plusDays(1)) {
            isAssumed = calendar.isAssumed(date);
        }
        return new YearPicture(year, months, workingDays, isAssumed);
    }

    private static MonthPicture month(WorkCalendar calendar, YearMonth month, Texts t) {
        var weeks = new ArrayList<List<Cell>>();
        var week = new ArrayList<Cell>();
        for (int i = 1; i < month.atDay(1).getDayOfWeek().getValue(); i++) {
            week.add(Cell.NONE);
        }
        int workingDays = 0;
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            LocalDate date = month.atDay(day);
            week.add(cell(calendar, date, t));
            if (date.getDayOfWeek() == DayOfWeek.SUNDAY) {
                weeks.add(List.copyOf(week));
                week.clear();
            }
            workingDays += calendar.isWorking(date) ? 1 : 0;
        }
        if (!week.isEmpty()) {
            while (week.size() < DayOfWeek.values().length) {
                week.add(Cell.NONE);
            }
            weeks.add(List.copyOf(week));
        }
        return new MonthPicture(
                month.getMonth().getDisplayName(TextStyle.FULL, t.locale()),
                workingDays,
                weeks,
                notes(calendar, month, t));
    }

    private static Cell cell(WorkCalendar calendar, LocalDate date, Texts t) {
        DayKind kind = calendar.kind(date);
        Label name = calendar.nameOf(date);
        boolean isAssumed = calendar.isAssumed(date);
        var said = new ArrayList<String>();
        said.add(t.of(kind));
        if (name != null) {
            said.add(name.in(t.locale()));
        }
        List<Hours> hours = calendar.hours(date);
        if (!hours.isEmpty()) {
            said.add(hours(hours, t));
        }
        if (isAssumed) {
            said.add(t.of("calendar.assumed"));
        }
        return new Cell(
                date.getDayOfMonth(),
                css(kind, hours.isEmpty()) + (isAssumed ? " assumed" : ""),
                mark(kind, t),
                String.join(t.of("calendar.comma"), said));
    }

    static String css(DayKind kind, boolean isOff) {
        return switch (kind) {
            case WORKING_DAY -> "working";
            case DAY_OFF -> "off";
            case HOLIDAY -> "holiday";
            case MAKE_UP_DAY -> "makeup";
            case SPECIAL_DAY -> isOff ? "special free" : "special";
        };
    }

    static String mark(DayKind kind, Texts t) {
        return switch (kind) {
            case WORKING_DAY, DAY_OFF -> "";
            case HOLIDAY, MAKE_UP_DAY, SPECIAL_DAY -> t.of("calendar.mark." + kind.name());
        };
    }

    static String hours(List<Hours> hours, Texts t) {
        return hours.stream().map(Hours::toString).collect(Collectors.joining(t.of("calendar.comma")));
    }

    private static List<Note> notes(WorkCalendar calendar, YearMonth month, Texts t) {
        var notes = new ArrayList<Note>();
        int from = 0;
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            LocalDate date = month.atDay(day);
            Label name = calendar.nameOf(date);
            if (name == null) {
                from = 0;
                continue;
            }
            boolean goesOn = from > 0 && isSame(calendar, date.minusDays(1), date, name);
            if (goesOn) {
                notes.removeLast();
            } else {
                from = day;
            }
            DayKind kind = calendar.kind(date);
            List<Hours> hours = calendar.hours(date);
            String text = name.in(t.locale());
            notes.add(new Note(
                    from == day ? Integer.toString(day) : from + "–" + day,
                    mark(kind, t),
                    css(kind, hours.isEmpty()),
                    kind == DayKind.SPECIAL_DAY && !hours.isEmpty() ? text + " " + hours(hours, t) : text));
        }
        return notes;
    }

    private static boolean isSame(WorkCalendar calendar, LocalDate before, LocalDate date, Label name) {
        return calendar.kind(before) == calendar.kind(date)
                && name.equals(calendar.nameOf(before))
                && calendar.hours(before).equals(calendar.hours(date));
    }

    /** The weekdays from Monday on: short, and in full. */
    public static List<DayOfWeek> weekdays() {
        return List.of(DayOfWeek.values());
    }
}
