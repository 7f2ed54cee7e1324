package io.bihuan.calendar;

import io.bihuan.pack.Label;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The holidays that come with the product, read from {@code holidays/<set>.txt}. That file says how it is written and where its facts
 * are from.
 *
 * @param edition a higher one is newer
 */
record ShippedFacts(int edition, Holidays holidays) {
    /** The holidays of the People's Republic of China. */
    static final String CN = "cn";

    static final String WORKDAYS_CN = "workdays-cn";

    static ShippedFacts cn() {
        String path = "/holidays/" + CN + ".txt";
        try (InputStream in = Objects.requireNonNull(ShippedFacts.class.getResourceAsStream(path))) {
            return read(CN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Monday to Friday from nine to six, on make-up days too. */
    static CalendarDefinition workdaysCn() {
        List<Hours> hours = List.of(new Hours(9 * 60, 18 * 60));
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(DayOfWeek.SATURDAY) < 0) {
                week.put(day, hours);
            }
        }
        return new CalendarDefinition(
                WORKDAYS_CN,
                new Label("法定工作日", "PRC working days"),
                ZoneId.of("Asia/Shanghai"),
                week,
                CN,
                hours,
                List.of(),
                new TreeMap<>(),
                null,
                Set.of());
    }

    static ShippedFacts read(String set, String text) {
        var names = new HashMap<String, Label>();
        var daysOff = new TreeMap<LocalDate, Label>();
        var makeUpDays = new TreeMap<LocalDate, Label>();
        var announced = new TreeSet<Integer>();
        int edition = 0;
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", 2);
            String rest = words[1];
            switch (words[0]) {
                case "edition" -> edition = Integer.parseInt(rest);
                case "year" -> announced.add(Integer.parseInt(rest));
                case "name" -> {
                    String[] name = rest.split(": | \\| ", -1);
                    names.put(name[0], new Label(name[1], name[2]));
                }
                default -> {
                    Label name = Objects.requireNonNull(names.get(words[0].replace(":", "")), line);
                    String[] days = rest.split("\\s*work ", -1);
                    add(daysOff, announced.last(), days[0], name);
                    if (days.length > 1) {
                        add(makeUpDays, announced.last(), days[1], makeUpFor(name));
                    }
                }
            }
        }
        return new ShippedFacts(edition, new Holidays(set, daysOff, makeUpDays, announced));
    }

    /** What the working day is called that makes up for that holiday. */
    static Label makeUpFor(Label holiday) {
        return new Label(holiday.zh() + "调休上班", holiday.en() + " make-up day");
    }

    private static void add(Map<LocalDate, Label> days, int year, String text, Label name) {
        if (text.equals("-")) {
            return;
        }
        for (String range : text.split(" ", -1)) {
            String[] ends = range.split("\\.\\.", -1);
            LocalDate last = date(year, ends[ends.length - 1]);
            for (LocalDate date = date(year, ends[0]); !date.isAfter(last); date = date.plusDays(1)) {
                days.put(date, name);
            }
        }
    }

    private static LocalDate date(int year, String monthAndDay) {
        return LocalDate.parse(year + "-" + monthAndDay);
    }
}
