package io.bihuan.calendar;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Calendars and holidays as they are stored. */
final class CalendarCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private CalendarCodec() {}

    static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    static CalendarDefinition calendar(String json) {
        return JSON.readValue(json, CalendarDefinition.class);
    }

    static Holidays holidays(String json) {
        return JSON.readValue(json, Holidays.class);
    }

    static HolidayFile file(String json) {
        return JSON.readValue(json, HolidayFile.class);
    }
}
