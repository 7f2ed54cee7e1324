package io.bihuan.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.pack.Label;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Packs;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calendars as a pack writes them down, and what is said of those that are wrong. */
class CalendarsPartTests {
    private static final String PACK = """
            id: shop
            edition: first
            name: {zh: 商店, en: Shop}
            files: [all.yaml]
            """;
    private static final String ALL = """
            departments:
              - code: parts
                name: {zh: 配件部, en: Parts}
            calendars:
              - name: shop-hours
                label: {zh: 门店, en: Shop}
                zone: Europe/London
                week:
                  MONDAY: ["09:00-12:00", "13:00-18:00"]
                  SATURDAY: ["09:00-12:00"]
                holidays: cn
                makeUp: ["09:00-18:00"]
                onHolidays: ["10:00-12:00"]
                days:
                  - date: 2026-12-31
                    name: {zh: 盘点, en: Stocktaking}
                    hours: ["09:00-12:00"]
              - name: night-duty
                label: {zh: 夜班, en: Night duty}
                over: shop-hours
                for: ["department:parts", "channel:PHONE"]
                adds:
                  week:
                    MONDAY: ["18:00-22:00"]
                  onHolidays: ["12:00-14:00"]
            """;

    private static Packs load(String all) {
        var parts = new ArrayList<PackPart<?>>();
        Packs.ownParts().stream()
                .filter(part -> part.name().equals("departments"))
                .forEach(parts::add);
        parts.add(new CalendarsPart());
        return Packs.load(List.of(PackFolder.of("shop", Map.of("pack.yaml", PACK, "all.yaml", all))), parts, Map.of());
    }

    private static CalendarDefinition definition(String name) {
        return ShippedCalendars.all(ZoneOffset.UTC, load(ALL).all()).stream()
                .map(ShippedCalendars.Shipped::definition)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> problems(String sound, String broken) {
        assertThat(ALL).contains(sound);
        return problems(ALL.replace(sound, broken));
    }

    private static List<String> problems(String all) {
        return catchThrowableOfType(PackInvalid.class, () -> load(all)).problems().stream()
                .map(PackProblem::toString)
                .toList();
    }

    @Test
    void aPackSaysEverythingOfACalendar() {
        CalendarDefinition shop = definition("shop-hours");

        assertThat(shop.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(shop.hours(DayOfWeek.MONDAY)).containsExactly(new Hours(540, 720), new Hours(780, 1080));
        assertThat(shop.hours(DayOfWeek.SUNDAY)).isEmpty();
        assertThat(shop.holidays()).isEqualTo("cn");
        assertThat(shop.makeUp()).containsExactly(new Hours(540, 1080));
        assertThat(shop.onHolidays()).containsExactly(new Hours(600, 720));
        assertThat(shop.days())
                .containsExactly(Map.entry(
                        LocalDate.of(2026, 12, 31),
                        new CalendarDefinition.SpecialDay(
                                new Label("盘点", "Stocktaking"), List.of(new Hours(540, 720)))));
    }

    @Test
    void nightDutyAddsToTheHoursBelow() {
        CalendarDefinition night = definition("night-duty");

        assertThat(night.over()).isEqualTo("shop-hours");
        assertThat(night.appliesTo()).containsExactlyInAnyOrder("department:parts", "channel:PHONE");
        assertThat(night.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(night.hours(DayOfWeek.MONDAY)).containsExactly(new Hours(540, 720), new Hours(780, 1320));
        assertThat(night.hours(DayOfWeek.SATURDAY)).containsExactly(new Hours(540, 720));
        assertThat(night.onHolidays()).containsExactly(new Hours(600, 840));
        assertThat(night.makeUp()).containsExactly(new Hours(540, 1080));
        assertThat(night.days()).containsKey(LocalDate.of(2026, 12, 31));
    }

    @Test
    void aPackNeedsNoCalendars() {
        assertThat(load(ALL.substring(0, ALL.indexOf("calendars:")))
                        .get("shop")
                        .part(PackCalendars.class, PackCalendars.NONE))
                .isEqualTo(PackCalendars.NONE);
    }

    @Test
    void aWrongCalendarIsRefusedWithItsPlaceAndWhatToDo() {
        assertThat(problems("\"13:00-18:00\"", "\"11:30-18:00\""))
                .containsExactly(
                        "packs/shop/all.yaml:9:31 `11:30-18:00` overlaps `09:00-12:00`: join them, or move one");
        assertThat(problems("\"13:00-18:00\"", "\"18:00-13:00\""))
                .singleElement()
                .asString()
                .startsWith("packs/shop/all.yaml:9:31 `18:00-13:00` ends before it begins: an interval that runs");
        assertThat(problems("\"13:00-18:00\"", "\"one\""))
                .containsExactly("packs/shop/all.yaml:9:31 `one` is no interval: write it as 09:00-12:00");
        assertThat(problems("Europe/London", "Europe/Londn"))
                .containsExactly(
                        "packs/shop/all.yaml:7:11 unknown time zone `Europe/Londn`: use a name such as Asia/Shanghai or"
                                + " Europe/London");
        assertThat(problems("holidays: cn", "holidays: xx"))
                .containsExactly("packs/shop/all.yaml:11:15 unknown holiday set `xx`: use one of cn");
        assertThat(problems("SATURDAY:", "SATURDAI:"))
                .containsExactly("packs/shop/all.yaml:10:7 unknown key `SATURDAI`: did you mean `SATURDAY`?");
        assertThat(problems("2026-12-31", "2026-02-30"))
                .containsExactly("packs/shop/all.yaml:15:15 `2026-02-30` is no date: write it as 2026-12-31");
        assertThat(problems("\"department:parts\"", "\"department:part\""))
                .containsExactly("packs/shop/all.yaml:21:11 unknown department `part`: did you mean `parts`?");
        assertThat(problems("\"channel:PHONE\"", "\"PHONE\""))
                .containsExactly("packs/shop/all.yaml:21:31 `PHONE` names nobody: write department:…, channel:… or"
                        + " outlet:…");
        assertThat(problems("over: shop-hours", "over: shop-hour"))
                .containsExactly("packs/shop/all.yaml:20:11 unknown calendar `shop-hour`: did you mean `shop-hours`?");
        assertThat(problems("name: shop-hours", "name: workdays-cn"))
                .contains("packs/shop/all.yaml:5:11 `workdays-cn` comes with the product: give this calendar another"
                        + " name");
        assertThat(problems("    makeUp: [\"09:00-18:00\"]\n", ""))
                .containsExactly("packs/shop/all.yaml:5:5 `makeUp` is missing: add it");
        assertThat(problems("    adds:\n", "    zone: Asia/Shanghai\n    adds:\n"))
                .containsExactly("packs/shop/all.yaml:22:11 comes from the calendar below: leave it out, or leave out"
                        + " `adds`");
    }

    @Test
    void aCalendarWithoutHoursIsRefused() {
        assertThat(problems(
                        "MONDAY: [\"09:00-12:00\", \"13:00-18:00\"]\n      SATURDAY: [\"09:00-12:00\"]", "MONDAY: []"))
                .containsExactly("packs/shop/all.yaml:9:7 has no working hours: give at least one weekday some, such as"
                        + " MONDAY: [\"09:00-18:00\"]");
    }

    @Test
    void aSpecialDayStandsOnce() {
        assertThat(problems(
                        "        hours: [\"09:00-12:00\"]\n  - name: night",
                        "        hours: [\"09:00-12:00\"]\n      - {date: 2026-12-31, name: {zh: 一, en: one}, hours: []}\n"
                                + "  - name: night"))
                .containsExactly("packs/shop/all.yaml:18:16 `2026-12-31` is a special day already: keep one");
    }

    @Test
    void twoCalendarsDoNotStandInForTheSamePeople() {
        assertThat(problems(ALL + """
                  - name: day-duty
                    label: {zh: 日班, en: Day duty}
                    over: shop-hours
                    for: ["channel:PHONE"]
                    adds: {week: {SUNDAY: ["09:00-12:00"]}}
                """))
                .containsExactly("packs/shop/all.yaml:29:10 `night-duty` stands in for `shop-hours` for channel:PHONE"
                        + " already: only one calendar can");
        assertThat(problems(ALL + """
                  - name: day-duty
                    label: {zh: 日班, en: Day duty}
                    over: night-duty
                    for: ["channel:PHONE"]
                    adds: {week: {SUNDAY: ["09:00-12:00"]}}
                """))
                .containsExactly(
                        "packs/shop/all.yaml:28:11 `night-duty` stands in for another calendar itself: name that one");
    }
}
