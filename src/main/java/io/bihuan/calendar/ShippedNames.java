package io.bihuan.calendar;

import java.util.Set;

/** The calendars and holiday sets that every installation has and every pack may name. */
public final class ShippedNames {
    public static final Set<String> CALENDARS = Set.of(WorkCalendar.ALWAYS, ShippedFacts.WORKDAYS_CN);
    public static final Set<String> HOLIDAYS = Set.of(ShippedFacts.CN);

    private ShippedNames() {}
}
