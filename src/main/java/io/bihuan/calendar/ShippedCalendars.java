package io.bihuan.calendar;

import io.bihuan.pack.Pack;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.web.Phrase;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The calendars and holidays that come with the product; those of packs are {@link CalendarsOfPacks}. */
@Component
class ShippedCalendars {
    /** The edition of the product's own calendars: one more whenever one of them changes. */
    private static final int EDITION = 1;

    /** A calendar as the product or a pack has it; a higher edition is newer. */
    record Shipped(int edition, CalendarDefinition definition) {}

    private final List<Shipped> calendars;
    private final List<ShippedFacts> holidays;

    @Autowired
    ShippedCalendars(@Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this(all(zone, List.of()), List.of(ShippedFacts.cn()));
    }

    ShippedCalendars(List<Shipped> calendars, List<ShippedFacts> holidays) {
        this.calendars = List.copyOf(calendars);
        this.holidays = List.copyOf(holidays);
    }

    /** The product's calendars, then those of the packs. */
    static List<Shipped> all(ZoneId zone, Collection<Pack> packs) {
        var all = new ArrayList<Shipped>();
        all.add(new Shipped(EDITION, CalendarDefinition.always(zone)));
        all.add(new Shipped(EDITION, ShippedFacts.workdaysCn()));
        var first = new LinkedHashMap<String, PackCalendars.Entry>();
        for (Pack pack : packs) {
            PackCalendars found = pack.part(PackCalendars.class, PackCalendars.NONE);
            for (PackCalendars.Entry each : found.calendars()) {
                String name = each.definition().name();
                PackCalendars.Entry other = first.putIfAbsent(name, each);
                if (other == null) {
                    all.add(new Shipped(pack.version(), each.definition()));
                } else if (!other.definition().equals(each.definition())) {
                    throw new PackInvalid(List.of(new PackProblem(
                            each.position(), Phrase.of("calendar.problem.existsInOtherPack", name, other.position()))));
                }
            }
        }
        return all;
    }

    /** Those that others are built upon come first. */
    List<Shipped> calendars() {
        return calendars.stream()
                .sorted((a, b) -> Boolean.compare(
                        a.definition().over() != null, b.definition().over() != null))
                .toList();
    }

    List<ShippedFacts> holidays() {
        return holidays;
    }

    boolean isMissing(Map<String, WorkCalendar> present, Collection<String> presentHolidays) {
        return calendars.stream()
                        .anyMatch(each -> !present.containsKey(each.definition().name()))
                || holidays.stream()
                        .anyMatch(
                                set -> !presentHolidays.contains(set.holidays().name()));
    }
}
