package io.bihuan.calendar;

import io.bihuan.pack.Pack;
import io.bihuan.pack.PackPreparation;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Writes down the calendars of a pack before a deadline can be counted by them. They are facts of the company, not of a version: one that
 * changes changes for all that runs, when the pack comes into force.
 */
@Component
class CalendarsOfPacks implements PackPreparation {
    private final Calendars calendars;

    CalendarsOfPacks(Calendars calendars) {
        this.calendars = calendars;
    }

    @Override
    public void prepare(Activating activating) {
        var all = new ArrayList<>(activating.others());
        all.addAll(activating.packs());
        ShippedCalendars.all(ZoneId.of("UTC"), all); // refuses two that say something else under one name
        for (Pack pack : activating.packs()) {
            calendars.ship(of(pack), activating.isPlanned());
        }
    }

    @Override
    public void inForce(Pack pack) {
        List<ShippedCalendars.Shipped> changed = of(pack).stream()
                .filter(each -> !calendars.isShipped(each.definition()))
                .toList();
        calendars.ship(changed, false);
    }

    /** Those that others are built upon come first. */
    private static List<ShippedCalendars.Shipped> of(Pack pack) {
        return pack.part(PackCalendars.class, PackCalendars.NONE).calendars().stream()
                .map(each -> new ShippedCalendars.Shipped(pack.version(), each.definition()))
                .sorted(Comparator.comparing(each -> each.definition().over() != null))
                .toList();
    }
}
