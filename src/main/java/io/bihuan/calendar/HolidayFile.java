package io.bihuan.calendar;

import io.bihuan.pack.Label;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of holidays: a JSON object of {@code holidays}, {@code workdays} and {@code inLieuDays}, or iCalendar (RFC 5545).
 * Read as a whole or refused as a whole.
 *
 * @param leftOut names of events that are neither a day off nor a working day
 */
public record HolidayFile(
        NavigableMap<LocalDate, Label> daysOff, NavigableMap<LocalDate, Label> makeUpDays, List<String> leftOut) {
    public static final int LONGEST = 1 << 20;
    static final int MOST_EVENTS = 2_000;
    static final int MOST_DAYS = 60;
    static final int FIRST_YEAR = 1970;
    static final int LAST_YEAR = 2100;

    /** A year has its official notice in here when it has days off in so many months. */
    private static final int MONTHS_OF_A_NOTICE = 3;

    private static final int MOST_PROBLEMS = 20;

    /** What is wrong with a line of the file; the key names a text. */
    public record Problem(int line, String key, List<Object> arguments) {}

    /** A file that is not taken in, with the first things that are wrong in it. */
    public static final class Unusable extends RuntimeException {
        private final String file;
        private final transient List<Problem> problems;

        Unusable(String file, List<Problem> problems) {
            super(file + " " + problems);
            this.file = file;
            this.problems = List.copyOf(problems);
        }

        public String file() {
            return file;
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /** Gathers what the file says, and notes what is wrong with it. */
    static final class Reading {
        private final TreeMap<LocalDate, Label> daysOff = new TreeMap<>();
        private final TreeMap<LocalDate, Label> makeUpDays = new TreeMap<>();
        private final Map<LocalDate, Integer> lines = new HashMap<>();
        private final List<String> leftOut = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        /** Notes what is wrong; whether to go on looking for more. */
        boolean problem(int line, String key, Object... arguments) {
            problems.add(new Problem(line, key, List.of(arguments)));
            return problems.size() < MOST_PROBLEMS;
        }

        boolean isFull() {
            return problems.size() >= MOST_PROBLEMS;
        }

        void dayOff(int line, LocalDate date, Label name) {
            add(line, date, name, daysOff, makeUpDays);
        }

        void makeUpDay(int line, LocalDate date, Label name) {
            add(line, date, name, makeUpDays, daysOff);
        }

        void leftOut(String name) {
            leftOut.add(name);
        }

        private void add(
                int line, LocalDate date, Label name, Map<LocalDate, Label> days, Map<LocalDate, Label> others) {
            if (others.containsKey(date)) {
                problem(line, "calendar.file.both", date, lines.getOrDefault(date, line));
            } else if (days.putIfAbsent(date, name) == null) {
                lines.put(date, line);
            }
        }

        HolidayFile done(String file) {
            if (problems.isEmpty() && daysOff.isEmpty() && makeUpDays.isEmpty()) {
                problem(1, "calendar.file.nothing");
            }
            if (!problems.isEmpty()) {
                throw new Unusable(file, problems);
            }
            return new HolidayFile(daysOff, makeUpDays, List.copyOf(leftOut));
        }
    }

    /** Reads a file by its content, whatever it is called; {@link Unusable} with what is wrong and where. */
    public static HolidayFile read(String file, byte[] content) {
        if (content.length > LONGEST) {
            throw unusable(file, 1, "calendar.file.tooLarge", content.length / 1024, LONGEST / 1024);
        }
        String text = text(file, content);
        String beginning = text.stripLeading();
        var reading = new Reading();
        if (beginning.startsWith("{")) {
            JsonHolidays.read(text, reading);
        } else if (beginning.toUpperCase(Locale.ROOT).startsWith("BEGIN:VCALENDAR")) {
            try {
                IcsHolidays.read(text, reading);
            } catch (IOException e) {
                throw new IllegalStateException("reading from memory failed", e);
            }
        } else {
            reading.problem(1, "calendar.file.unknownKind");
        }
        return reading.done(file);
    }

    private static String text(String file, byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.indexOf(0) >= 0) {
                throw unusable(file, line(content, text.indexOf(0)), "calendar.file.encoding");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unusable(file, firstBadLine(content), "calendar.file.encoding");
        }
    }

    private static int firstBadLine(byte[] content) {
        var left = ByteBuffer.wrap(content);
        var ignored = java.nio.CharBuffer.allocate(content.length + 1);
        StandardCharsets.UTF_8.newDecoder().decode(left, ignored, true);
        return line(content, left.position());
    }

    private static int line(byte[] content, int end) {
        int line = 1;
        for (int i = 0; i < end && i < content.length; i++) {
            if (content[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    private static Unusable unusable(String file, int line, String key, Object... arguments) {
        return new Unusable(file, List.of(new Problem(line, key, List.of(arguments))));
    }

    /** Null when the text is no date of a calendar, or one that no deadline reaches. */
    static @Nullable LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            return isInReach(date) ? date : null;
        } catch (java.time.DateTimeException e) {
            return null;
        }
    }

    static boolean isInReach(LocalDate date) {
        return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
    }

    /** The years of which the file says anything. */
    public NavigableSet<Integer> years() {
        return asHolidays("").years();
    }

    /** The years whose official notice seems to be in here. */
    public NavigableSet<Integer> announced() {
        var years = new TreeSet<Integer>();
        for (int year : years()) {
            long months = daysOff.keySet().stream()
                    .filter(date -> date.getYear() == year)
                    .map(LocalDate::getMonth)
                    .distinct()
                    .count();
            if (months >= MONTHS_OF_A_NOTICE) {
                years.add(year);
            }
        }
        return years;
    }

    /**
     * The set with what the file says: it replaces the years that are announced with it, and adds its days to the others.
     *
     * @param confirmed the years of the file that an administrator calls announced
     */
    Holidays into(Holidays present, NavigableSet<Integer> confirmed) {
        var more = new TreeSet<>(present.announced());
        more.addAll(confirmed);
        Holidays rest = present.replacing(confirmed, asHolidays(present.name()));
        var off = new TreeMap<>(rest.daysOff());
        var work = new TreeMap<>(rest.makeUpDays());
        work.keySet().removeAll(daysOff.keySet());
        off.keySet().removeAll(makeUpDays.keySet());
        off.putAll(daysOff);
        work.putAll(makeUpDays);
        return new Holidays(present.name(), off, work, more);
    }

    private Holidays asHolidays(String name) {
        return new Holidays(name, daysOff, makeUpDays, new TreeSet<>());
    }
}
