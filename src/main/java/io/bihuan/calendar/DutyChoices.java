package io.bihuan.calendar;

import io.bihuan.identity.DutyCalendars;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;
import org.springframework.stereotype.Component;

/** Offers the calendars as hours of duty; those that stand in for another, and the one that is always on, are no choice. */
@Component
class DutyChoices implements DutyCalendars {
    private final Calendars calendars;

    DutyChoices(Calendars calendars) {
        this.calendars = calendars;
    }

    @Override
    public List<Option> options(Texts t) {
        return calendars.all().stream()
                .filter(calendar ->
                        !calendar.isAlways() && calendar.definition().over() == null)
                .map(calendar -> new Option(calendar.name(), calendar.label().in(t.locale())))
                .toList();
    }
}
