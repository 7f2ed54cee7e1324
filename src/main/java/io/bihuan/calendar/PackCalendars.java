package io.bihuan.calendar;

import io.bihuan.pack.Position;
import java.util.List;

/** The calendars of a pack. */
record PackCalendars(List<Entry> calendars) {
    static final PackCalendars NONE = new PackCalendars(List.of());

    record Entry(CalendarDefinition definition, Position position) {}

    PackCalendars {
        calendars = List.copyOf(calendars);
    }
}
