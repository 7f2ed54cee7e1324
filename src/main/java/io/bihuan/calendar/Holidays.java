package io.bihuan.calendar;

import io.bihuan.pack.Label;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an authority announced: days off and the working days that make up for them.
 *
 * @param name such as {@code cn}
 * @param announced the years whose official notice is in here; a day of any other year is only assumed to be what its weekday is
 */
public record Holidays(
        String name,
        NavigableMap<LocalDate, Label> daysOff,
        NavigableMap<LocalDate, Label> makeUpDays,
        NavigableSet<Integer> announced) {
    public Holidays(
            String name, Map<LocalDate, Label> daysOff, Map<LocalDate, Label> makeUpDays, Set<Integer> announced) {
        this(
                name,
                Collections.unmodifiableNavigableMap(new TreeMap<>(daysOff)),
                Collections.unmodifiableNavigableMap(new TreeMap<>(makeUpDays)),
                Collections.unmodifiableNavigableSet(new TreeSet<>(announced)));
    }

    /** What is said of one year. */
    public Holidays of(int year) {
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate last = LocalDate.of(year, 12, 31);
        return new Holidays(
                name,
                daysOff.subMap(first, true, last, true),
                makeUpDays.subMap(first, true, last, true),
                announced.contains(year) ? Set.of(year) : Set.of());
    }

    /** The years of which anything is said. */
    public NavigableSet<Integer> years() {
        var years = new TreeSet<>(announced);
        daysOff.keySet().forEach(date -> years.add(date.getYear()));
        makeUpDays.keySet().forEach(date -> years.add(date.getYear()));
        return years;
    }

    /** These with other words on the given years. */
    Holidays replacing(Set<Integer> years, Holidays other) {
        var off = new TreeMap<>(daysOff);
        var work = new TreeMap<>(makeUpDays);
        var told = new TreeSet<>(announced);
        off.keySet().removeIf(date -> years.contains(date.getYear()));
        work.keySet().removeIf(date -> years.contains(date.getYear()));
        told.removeAll(years);
        for (int year : years) {
            Holidays said = other.of(year);
            off.putAll(said.daysOff());
            work.putAll(said.makeUpDays());
            told.addAll(said.announced());
        }
        return new Holidays(name, off, work, told);
    }

    /**
     * These, brought up to what ships now. A year that stands as it shipped before follows; one that an administrator changed stays,
     * unless only the new ones have its notice.
     */
    Holidays with(Holidays ships, Holidays shippedBefore) {
        var follow = new TreeSet<>(ships.years());
        follow.addAll(shippedBefore.years());
        follow.removeIf(year -> !of(year).equals(shippedBefore.of(year))
                && (announced.contains(year) || !ships.announced().contains(year)));
        return replacing(follow, ships);
    }

    boolean isAnnounced(LocalDate date) {
        return announced.contains(date.getYear()) || daysOff.containsKey(date) || makeUpDays.containsKey(date);
    }

    public boolean isDayOff(LocalDate date) {
        return daysOff.containsKey(date);
    }

    public boolean isMakeUp(LocalDate date) {
        return makeUpDays.containsKey(date);
    }

    @Nullable
    Label name(LocalDate date) {
        Label name = daysOff.get(date);
        return name != null ? name : makeUpDays.get(date);
    }
}
