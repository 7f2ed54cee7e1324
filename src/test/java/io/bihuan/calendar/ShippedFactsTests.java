package io.bihuan.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bihuan.pack.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The holidays that come with the product, against the notices and the counts made by hand from them. */
class ShippedFactsTests {
    private static final Holidays CN = ShippedFacts.cn().holidays();
    private static final WorkCalendar WORKDAYS = new WorkCalendar(ShippedFacts.workdaysCn(), 1, CN);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Label NAME = new Label("节", "day");

    @Test
    void theYear2026IsThatOfTheNotice() {
        Holidays year = CN.of(2026);

        assertThat(year.makeUpDays().keySet())
                .map(LocalDate::toString)
                .containsExactly("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10");
        assertThat(year.daysOff()).hasSize(33);
        assertThat(CN.name(LocalDate.of(2026, 2, 17))).isEqualTo(new Label("春节", "Spring Festival"));
        assertThat(CN.name(LocalDate.of(2026, 2, 28))).isEqualTo(new Label("春节调休上班", "Spring Festival make-up day"));
        assertThat(LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2027, 1, 1)).filter(WORKDAYS::isWorking))
                .hasSize(248);
    }

    @Test
    void everyYearSince2004IsAnnounced() {
        assertThat(CN.announced())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(2004, 2026).boxed().toList());
        assertThat(CN.years()).isEqualTo(CN.announced());
        for (int year : CN.announced()) {
            assertThat(CN.of(year).daysOff()).as("%s", year).hasSizeBetween(22, 33);
            assertThat(CN.of(year).makeUpDays()).as("%s", year).hasSizeBetween(5, 12);
        }
    }

    @Test
    void workingDaysAreCountedOverHolidaysAndMakeUpDays() {
        assertThat(workingDays("2026-09-28", 7)).isEqualTo("2026-10-14T00:00");
        assertThat(workingDays("2026-02-12", 7)).isEqualTo("2026-03-01T00:00");
        assertThat(workingDays("2026-04-30", 10)).isEqualTo("2026-05-19T00:00");
    }

    /** The midnight at which the limit ends, which is 24:00 of the day before. */
    private static String workingDays(String received, int days) {
        Instant start = LocalDate.parse(received).atTime(10, 0).atZone(SHANGHAI).toInstant();
        return LocalDateTime.ofInstant(new Limit(days, Limit.Unit.WORKING_DAY).end(WORKDAYS, start), SHANGHAI)
                .toString();
    }

    @Test
    void workingHoursAndCalendarDaysAreCountedToo() {
        Instant start = LocalDateTime.parse("2026-09-30T17:00").atZone(SHANGHAI).toInstant();

        assertThat(LocalDateTime.ofInstant(new Limit(2, Limit.Unit.WORKING_HOUR).end(WORKDAYS, start), SHANGHAI))
                .isEqualTo("2026-10-08T10:00");
        assertThat(LocalDateTime.ofInstant(new Limit(2, Limit.Unit.CALENDAR_DAY).end(WORKDAYS, start), SHANGHAI))
                .isEqualTo("2026-10-03T00:00");
    }

    @Test
    void theyAreThoseOfAnIndependentCollection() throws IOException {
        Path file =
                Path.of(System.getenv().getOrDefault("BIHUAN_DATA", "../shared/data"), "holidays", "chinese-days.json");
        assumeTrue(Files.exists(file), () -> file + " is not here");
        String text = Files.readString(file);

        assertThat(dates(text, "holidays")).isEqualTo(new TreeSet<>(CN.daysOff().keySet()));
        assertThat(dates(text, "workdays"))
                .isEqualTo(new TreeSet<>(CN.makeUpDays().keySet()));
    }

    /** Shares no code with the import: the dates between the key and the end of its object. */
    private static Set<LocalDate> dates(String text, String key) {
        int from = text.indexOf("\"" + key + "\"");
        String part = text.substring(from, text.indexOf('}', from));
        var dates = new TreeSet<LocalDate>();
        Pattern.compile("\"(\\d{4}-\\d{2}-\\d{2})\"")
                .matcher(part)
                .results()
                .forEach(found -> dates.add(LocalDate.parse(found.group(1))));
        return dates;
    }

    @Test
    void newerFactsAreTakenOverAndWhatAnAdministratorPublishedStays() {
        Holidays before = facts(2025, 2026);
        Holidays ships = facts(2025, 2026, 2027);
        Holidays own = facts(2025, 2026).replacing(Set.of(2026), holidays(Stream.of("2026-07-01"), Set.of(2026)));

        assertThat(before.with(ships, before)).isEqualTo(ships);
        assertThat(own.with(ships, before).of(2026)).isEqualTo(own.of(2026));
        assertThat(own.with(ships, before).of(2027)).isEqualTo(ships.of(2027));
        Holidays ownNotice = facts(2025, 2026).replacing(Set.of(2027), holidays(Stream.of("2027-03-08"), Set.of(2027)));
        assertThat(ownNotice.with(ships, before)).isEqualTo(ownNotice);
        Holidays onlyADay = facts(2025, 2026).replacing(Set.of(2027), holidays(Stream.of("2027-03-08"), Set.of()));
        assertThat(onlyADay.with(ships, before)).isEqualTo(ships);
    }

    private static Holidays facts(Integer... years) {
        return holidays(Stream.of(years).map(year -> year + "-10-01"), Set.of(years));
    }

    private static Holidays holidays(Stream<String> days, Set<Integer> announced) {
        return new Holidays(
                "cn",
                days.collect(java.util.stream.Collectors.toMap(LocalDate::parse, day -> NAME)),
                Map.of(),
                announced);
    }
}
