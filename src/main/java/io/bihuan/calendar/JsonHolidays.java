package io.bihuan.calendar;

import io.bihuan.calendar.HolidayFile.Reading;
import io.bihuan.pack.Label;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code {"holidays": {"2026-01-01": "New Year's Day,元旦,1"}, "workdays": {…}, "inLieuDays": {…}}}; the days in lieu are days off,
 * mostly listed among the holidays too.
 */
final class JsonHolidays {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> PARTS = Set.of("holidays", "workdays", "inLieuDays");
    private static final int LONGEST_NAME = 60;

    private JsonHolidays() {}

    static void read(String text, Reading reading) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            var parts = new HashMap<String, Integer>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String part = parser.currentName();
                int line = line(parser);
                if (!PARTS.contains(part)) {
                    reading.problem(line, "calendar.file.unknownPart", shortened(part));
                    return;
                }
                if (parts.putIfAbsent(part, line) != null) {
                    reading.problem(line, "calendar.file.partTwice", part, parts.getOrDefault(part, line));
                    return;
                }
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    reading.problem(line(parser), "calendar.file.noObject", part);
                    return;
                }
                if (!days(parser, part, reading)) {
                    return;
                }
            }
            if (parser.nextToken() != null) {
                reading.problem(line(parser), "calendar.file.brokenJson", 1);
            }
            for (String part : List.of("holidays", "workdays")) {
                if (!parts.containsKey(part)) {
                    reading.problem(1, "calendar.file.partMissing", part);
                }
            }
        } catch (JacksonException e) {
            reading.problem(
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()),
                    "calendar.file.brokenJson",
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr()));
        }
    }

    /** Whether to read on. */
    private static boolean days(JsonParser parser, String part, Reading reading) {
        Map<LocalDate, Integer> lines = new TreeMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            int line = line(parser);
            if (lines.size() == HolidayFile.MOST_EVENTS) {
                reading.problem(line, "calendar.file.tooMany", HolidayFile.MOST_EVENTS);
                return false;
            }
            LocalDate date = HolidayFile.date(key);
            Label name = parser.nextToken() == JsonToken.VALUE_STRING ? name(parser.getString()) : null;
            if (date == null) {
                reading.problem(line, "calendar.file.noDate", shortened(key));
            } else if (name == null) {
                reading.problem(line, "calendar.file.noName", key);
                parser.skipChildren();
            } else if (lines.putIfAbsent(date, line) != null) {
                reading.problem(line, "calendar.file.twice", date, lines.getOrDefault(date, line));
            } else if (part.equals("workdays")) {
                reading.makeUpDay(line, date, ShippedFacts.makeUpFor(name));
            } else {
                reading.dayOff(line, date, name);
            }
            if (reading.isFull()) {
                return false;
            }
        }
        return true;
    }

    /** {@code English,中文,days}; a single name is that in both languages. */
    private static @Nullable Label name(String text) {
        String[] parts = text.split(",", -1);
        String english = parts[0].strip();
        String chinese = parts.length > 1 ? parts[1].strip() : english;
        if (english.isEmpty()
                || chinese.isEmpty()
                || english.length() > LONGEST_NAME
                || chinese.length() > LONGEST_NAME) {
            return null;
        }
        return new Label(chinese, english);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
