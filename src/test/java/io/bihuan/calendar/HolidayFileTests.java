package io.bihuan.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.pack.Label;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holiday notices from files: what is understood, and with which line the rest is refused. */
class HolidayFileTests {
    private static final String JSON = """
            {
              "holidays": {
                "2027-01-01": "New Year's Day,元旦,1",
                "2027-02-06": "Spring Festival,春节,4",
                "2027-05-01": "Labour Day,劳动节,2"
              },
              "workdays": {"2027-02-20": "Spring Festival,春节,4"},
              "inLieuDays": {"2027-02-06": "Spring Festival,春节,4"}
            }
            """;

    private static String ics(String... events) {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//some//EN\r\n");
        for (String event : events) {
            text.append("BEGIN:VEVENT\r\n")
                    .append(event.strip().replace("\n", "\r\n"))
                    .append("\r\nEND:VEVENT\r\n");
        }
        return text.append("END:VCALENDAR\r\n").toString();
    }

    private static HolidayFile read(String text) {
        return HolidayFile.read("some file", text.getBytes(UTF_8));
    }

    private static List<String> problems(String text) {
        return problems(text.getBytes(UTF_8));
    }

    private static List<String> problems(byte[] content) {
        return catchThrowableOfType(HolidayFile.Unusable.class, () -> HolidayFile.read("some file", content))
                .problems()
                .stream()
                .map(problem -> problem.line() + " " + problem.key().replace("calendar.file.", ""))
                .toList();
    }

    private static LocalDate date(String text) {
        return LocalDate.parse(text);
    }

    @Test
    void jsonIsReadWithBothNames() {
        HolidayFile file = read(JSON);

        assertThat(file.daysOff().keySet()).containsExactly(date("2027-01-01"), date("2027-02-06"), date("2027-05-01"));
        assertThat(file.daysOff().get(date("2027-05-01"))).isEqualTo(new Label("劳动节", "Labour Day"));
        assertThat(file.makeUpDays())
                .containsExactly(Map.entry(date("2027-02-20"), new Label("春节调休上班", "Spring Festival make-up day")));
        assertThat(file.announced()).containsExactly(2027);
        assertThat(read("\uFEFF" + JSON)).isEqualTo(file);
    }

    @Test
    void aYearWithDaysOffInTwoMonthsIsNotTakenForAnnounced() {
        assertThat(read(JSON.replace("2027-05-01", "2027-02-07")).announced()).isEmpty();
    }

    @Test
    void brokenJsonIsRefusedWithItsLine() {
        assertThat(problems(JSON.replace("2027-05-01", "2027-05-32"))).containsExactly("5 noDate");
        assertThat(problems(JSON.replace("2027-05-01", "2027-02-06"))).containsExactly("5 twice");
        assertThat(problems(JSON.replace("2027-02-20", "2027-05-01"))).containsExactly("7 both");
        assertThat(problems(JSON.replace("\"New Year's Day,元旦,1\"", "1"))).containsExactly("3 noName");
        assertThat(problems(JSON.replace("inLieuDays", "others"))).containsExactly("8 unknownPart");
        assertThat(problems(JSON.replace("inLieuDays", "workdays"))).containsExactly("8 partTwice");
        assertThat(problems("{\"holidays\": []}")).containsExactly("1 noObject");
        assertThat(problems("{\"holidays\": {}}")).containsExactly("1 partMissing");
        assertThat(problems("{\"holidays\": {}, \"workdays\": {}}")).containsExactly("1 nothing");
        assertThat(problems(JSON.replace("\"Labour Day,劳动节,2\"", "\"Labour"))).containsExactly("5 brokenJson");
        assertThat(problems(JSON.substring(0, JSON.length() - 3))).hasSize(1);
        assertThat(problems(JSON + "x")).hasSize(1);
        assertThat(problems("Hello")).containsExactly("1 unknownKind");
        assertThat(problems("")).containsExactly("1 unknownKind");
    }

    @Test
    void applesMarksTellWorkingDaysFromDaysOff() {
        HolidayFile file = read(ics(
                "DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270104\nSUMMARY;LANGUAGE=zh_CN:元旦（休）\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY",
                "DTSTART;VALUE=DATE:20270109\nDTEND;VALUE=DATE:20270110\nSUMMARY;LANGUAGE=zh_CN:元旦（班）\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY",
                "DTSTART;VALUE=DATE:20270214\nSUMMARY:情人节"));

        assertThat(file.daysOff().keySet()).containsExactly(date("2027-01-01"), date("2027-01-02"), date("2027-01-03"));
        assertThat(file.daysOff().get(date("2027-01-01"))).isEqualTo(new Label("元旦", "New Year"));
        assertThat(file.makeUpDays())
                .containsExactly(Map.entry(date("2027-01-09"), new Label("元旦调休上班", "New Year make-up day")));
        assertThat(file.leftOut()).containsExactly("情人节");
    }

    @ParameterizedTest
    @CsvSource({
        "春节 补班, true",
        "国庆节（班）, true",
        "国庆节调休上班, true",
        "Spring Festival make-up working day, true",
        "National Day (work), true",
        "Working day, true",
        "Labour Day, false",
        "International Workers' Day, false",
        "国庆节, false",
        "班禅日, false"
    })
    void aNameTellsAWorkingDay(String name, boolean isWork) {
        HolidayFile file = read(ics("DTSTART;VALUE=DATE:20270101\nSUMMARY:" + name));

        assertThat(file.makeUpDays().isEmpty()).isEqualTo(!isWork);
        assertThat(file.daysOff().isEmpty()).isEqualTo(isWork);
    }

    @Test
    void whereDaysOffAreMarkedTheOthersAreLeftOut() {
        HolidayFile file =
                read(ics("DTSTART;VALUE=DATE:20270101\nSUMMARY:元旦 休", "DTSTART;VALUE=DATE:20270105\nSUMMARY:小寒"));

        assertThat(file.daysOff().keySet()).containsExactly(date("2027-01-01"));
        assertThat(file.leftOut()).containsExactly("小寒");
    }

    @Test
    void recurrencesThatEndAreLaidOut() {
        HolidayFile file = read(ics("""
                DTSTART;VALUE=DATE:20270501
                DURATION:P2D
                RRULE:FREQ=YEARLY;UNTIL=20290501T000000Z
                EXDATE;VALUE=DATE:20280501
                RDATE;VALUE=DATE:20280601
                SUMMARY:Some long name that goes on
                  and on
                """));

        assertThat(file.daysOff().keySet())
                .map(LocalDate::toString)
                .containsExactly("2027-05-01", "2027-05-02", "2028-06-01", "2028-06-02", "2029-05-01", "2029-05-02");
        assertThat(file.daysOff().firstEntry().getValue().en()).isEqualTo("Some long name that goes on and on");
    }

    @Test
    void aWholeDayMayBeWrittenAsMidnight() {
        assertThat(read(ics("DTSTART;TZID=Asia/Shanghai:20270101T000000\nDTEND:20270103T000000\nSUMMARY:a"))
                        .daysOff()
                        .keySet())
                .containsExactly(date("2027-01-01"), date("2027-01-02"));
    }

    @Test
    void cancelledEventsDoNotCount() {
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nSTATUS:CANCELLED\nSUMMARY:a")))
                .containsExactly("1 nothing");
    }

    @Test
    void brokenEventsAreRefusedWithTheirLine() {
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY\nSUMMARY:a")))
                .containsExactly("6 noEnd");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=SOMETIMES;COUNT=2\nSUMMARY:a")))
                .containsExactly("6 brokenRule");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY;COUNT=2001\nSUMMARY:a")))
                .containsExactly("6 tooManyRepeats");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY;UNTIL=99991231\nSUMMARY:a")))
                .containsExactly("6 outOfReach");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270303\nSUMMARY:a")))
                .containsExactly("6 tooLong");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20261231\nSUMMARY:a")))
                .containsExactly("6 endsBefore");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nDURATION:PT5H\nSUMMARY:a")))
                .containsExactly("6 noLength");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270230\nSUMMARY:a"))).containsExactly("5 noDate");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20271301\nSUMMARY:a"))).containsExactly("5 noDate");
        assertThat(problems(ics("DTSTART:tomorrow\nSUMMARY:a"))).containsExactly("5 noDate");
        assertThat(problems(ics("DTSTART:20270101T090000\nSUMMARY:a"))).containsExactly("5 notWholeDay");
        assertThat(problems(ics("DTSTART:20270101T000000Z\nSUMMARY:a"))).containsExactly("5 notWholeDay");
        assertThat(problems(ics("SUMMARY:a"))).containsExactly("4 noStart");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101"))).containsExactly("4 noSummary");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nno colon\nSUMMARY:a")))
                .containsExactly("6 brokenLine");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nRECURRENCE-ID:20270101\nSUMMARY:a")))
                .containsExactly("6 recurrenceId");
        assertThat(problems(ics("DTSTART;VALUE=DATE:20270101\nSUMMARY:a", "DTSTART;VALUE=DATE:20270101\nSUMMARY:a（班）")))
                .containsExactly("9 both");
        assertThat(problems("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\n"))
                .containsExactly("3 cutOff");
        assertThat(problems("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")).containsExactly("1 nothing");
    }

    @Test
    void tooManyEventsAreRefusedAtTheFirstThatIsTooMany() {
        String event = "DTSTART;VALUE=DATE:20270101\nSUMMARY:a";
        assertThat(problems(ics(java.util.Collections.nCopies(10_000, event).toArray(String[]::new))))
                .containsExactly(3 + 4 * 2_000 + 1 + " tooMany");
        assertThat(read(ics(java.util.Collections.nCopies(2_000, event).toArray(String[]::new)))
                        .daysOff())
                .hasSize(1);
    }

    @Test
    void whatIsNoTextIsRefused() {
        byte[] gbk = JSON.getBytes(Charset.forName("GBK"));
        assertThat(problems(gbk)).containsExactly("3 encoding");
        assertThat(problems(JSON.getBytes(java.nio.charset.StandardCharsets.UTF_16)))
                .containsExactly("1 encoding");
        assertThat(problems(new byte[HolidayFile.LONGEST + 1])).containsExactly("1 tooLarge");
        assertThat(problems(new byte[100])).containsExactly("1 encoding");
    }

    @Test
    void aTickedYearIsReplacedAndAnotherOneOnlyGetsTheDays() {
        Label old = new Label("旧", "old");
        var present = new Holidays(
                "cn",
                Map.of(date("2027-03-08"), old, date("2027-02-20"), old, date("2026-10-01"), old),
                Map.of(date("2027-05-01"), old),
                Set.of(2026));

        Holidays replaced = read(JSON).into(present, new TreeSet<>(Set.of(2027)));
        assertThat(replaced.announced()).containsExactly(2026, 2027);
        assertThat(replaced.of(2026)).isEqualTo(present.of(2026));
        assertThat(replaced.isDayOff(date("2027-03-08"))).isFalse();
        assertThat(replaced.isMakeUp(date("2027-02-20"))).isTrue();

        Holidays added = read(JSON).into(present, new TreeSet<>());
        assertThat(added.announced()).containsExactly(2026);
        assertThat(added.isDayOff(date("2027-03-08"))).isTrue();
        assertThat(added.isDayOff(date("2027-05-01"))).isTrue();
        assertThat(added.isMakeUp(date("2027-05-01"))).isFalse();
        assertThat(added.isDayOff(date("2027-02-20"))).isFalse();
    }
}
