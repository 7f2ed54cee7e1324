package io.bihuan.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.TestDatabase;
import io.bihuan.pack.Label;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Versions of calendars and facts: nothing old ever changes, every change is known everywhere soon, what is one's own stays. */
class CalendarsTests {
    private static final Actor ADMINISTRATOR = Actor.staff(new UUID(1, 1));
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Label NAME = new Label("日", "day");
    private static final LocalDate SOME_DAY = LocalDate.of(2026, 7, 1);

    private final DataSource database = TestDatabase.fresh().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private Instant now = Instant.parse("2026-11-22T00:00:00Z");
    private final InstantSource time = () -> now;
    private final Calendars calendars = node(TestCalendars.shipped());

    private Calendars node(ShippedCalendars shipped) {
        return TestCalendars.in(jdbc, time, transaction, shipped);
    }

    private static CalendarDefinition workdays(String hours) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        week.put(DayOfWeek.WEDNESDAY, List.of(Hours.parse(hours)));
        CalendarDefinition shipped = ShippedFacts.workdaysCn();
        return new CalendarDefinition(
                shipped.name(),
                shipped.label(),
                SHANGHAI,
                week,
                "cn",
                shipped.makeUp(),
                List.of(),
                new TreeMap<>(),
                null,
                Set.of());
    }

    private static CalendarDefinition nightDuty() {
        return new CalendarDefinition(
                "night-duty",
                NAME,
                SHANGHAI,
                Map.of(DayOfWeek.MONDAY, List.of(Hours.WHOLE_DAY)),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                "workdays-cn",
                Set.of("channel:PHONE"),
                new CalendarDefinition.Extra(
                        Map.of(DayOfWeek.WEDNESDAY, List.of(Hours.parse("18:00-22:00"))),
                        List.of(),
                        List.of(),
                        new TreeMap<>()));
    }

    private WorkCalendar publish(CalendarDefinition definition) {
        return transaction.execute(status -> calendars.publish(definition, ADMINISTRATOR, "because"));
    }

    private void publish(Holidays holidays) {
        transaction.executeWithoutResult(status -> calendars.publish(holidays, ADMINISTRATOR, "notice"));
    }

    private static Holidays with(Holidays holidays, int year) {
        return holidays.replacing(
                Set.of(year),
                new Holidays(
                        "cn",
                        Map.of(LocalDate.of(year, 1, 1), NAME, LocalDate.of(year, 5, 3), NAME),
                        Map.of(),
                        Set.of(year)));
    }

    @Test
    void theShippedCalendarsAreThere() {
        assertThat(calendars.all())
                .map(WorkCalendar::name)
                .containsExactlyElementsOf(new TreeSet<>(ShippedNames.CALENDARS));
        assertThat(calendars.holidays()).map(Holidays::name).containsExactlyElementsOf(ShippedNames.HOLIDAYS);
        assertThat(calendars.current("workdays-cn").version()).isEqualTo(1);
        Calendars another = node(TestCalendars.shipped());
        assertThat(another.current("workdays-cn").version()).isEqualTo(1);
    }

    @Test
    void aNewVersionLeavesTheOldOneAsItWasAndSaysWhoAndWhy() {
        WorkCalendar published = publish(workdays("10:00-12:00"));

        assertThat(published.version()).isEqualTo(2);
        assertThat(calendars.current("workdays-cn").hours(SOME_DAY)).containsExactly(Hours.parse("10:00-12:00"));
        assertThat(calendars.get("workdays-cn", 1).hours(SOME_DAY)).containsExactly(Hours.parse("09:00-18:00"));
        Calendars.Version newest = calendars.versions("workdays-cn").getFirst();
        assertThat(newest).isEqualTo(new Calendars.Version(2, 1, true, now, ADMINISTRATOR, "because"));
        assertThat(calendars.versions("workdays-cn").getLast().isOwn()).isFalse();
    }

    @Test
    void nothingIsPublishedWhenNothingChanges() {
        publish(workdays("10:00-12:00"));
        assertThat(publish(workdays("10:00-12:00")).version()).isEqualTo(2);
        publish(calendars.holidays("cn"));
        assertThat(calendars.holidaysVersion("cn")).isEqualTo(1);
        assertThat(calendars.current("workdays-cn").version()).isEqualTo(2);
    }

    @Test
    void whoLookedAtAnOlderVersionIsRefused() {
        publish(workdays("10:00-12:00"));

        assertThatThrownBy(() -> transaction.execute(
                        status -> calendars.publish(workdays("10:00-13:00"), 1, ADMINISTRATOR, "because")))
                .isInstanceOf(Refused.class);
        assertThat(calendars.current("workdays-cn").version()).isEqualTo(2);
    }

    @Test
    void whatIsTakenBackNobodySees() {
        transaction.executeWithoutResult(status -> {
            calendars.publish(workdays("10:00-12:00"), ADMINISTRATOR, "because");
            assertThat(calendars.current("workdays-cn").version()).isEqualTo(2);
            status.setRollbackOnly();
        });

        assertThat(calendars.current("workdays-cn").version()).isEqualTo(1);
        publish(workdays("11:00-12:00"));
        assertThat(calendars.get("workdays-cn", 2).hours(SOME_DAY)).containsExactly(Hours.parse("11:00-12:00"));
    }

    @Test
    void anotherNodeKnowsWithinFiveSeconds() {
        Calendars another = node(TestCalendars.shipped());
        assertThat(another.current("workdays-cn").version()).isEqualTo(1);
        publish(workdays("10:00-12:00"));

        now = now.plus(Calendars.KNOWN_FOR);

        assertThat(another.current("workdays-cn").version()).isEqualTo(2);
    }

    @Test
    void newFactsMakeANewVersionOfEveryCalendarThatFollowsThem() {
        publish(with(calendars.holidays("cn"), 2027));

        WorkCalendar workdays = calendars.current("workdays-cn");
        assertThat(workdays.version()).isEqualTo(2);
        assertThat(workdays.isAssumed(LocalDate.of(2027, 6, 1))).isFalse();
        assertThat(calendars.get("workdays-cn", 1).isAssumed(LocalDate.of(2027, 6, 1)))
                .isTrue();
        assertThat(calendars.current("always").version()).isEqualTo(1);
        assertThat(calendars.versions("workdays-cn").getFirst())
                .isEqualTo(new Calendars.Version(2, 2, false, now, ADMINISTRATOR, "notice"));
    }

    @Test
    void nightDutyChangesWithTheCalendarBelow() {
        publish(nightDuty());
        assertThat(calendars.current("workdays-cn", List.of("channel:PHONE")).hours(SOME_DAY))
                .containsExactly(Hours.parse("09:00-22:00"));

        publish(workdays("10:00-12:00"));

        assertThat(calendars.current("night-duty").hours(SOME_DAY))
                .containsExactly(Hours.parse("10:00-12:00"), Hours.parse("18:00-22:00"));
        assertThat(calendars.get("night-duty", 1).hours(SOME_DAY)).containsExactly(Hours.parse("09:00-22:00"));
        assertThat(calendars.current("workdays-cn", List.of("channel:WEB")).name())
                .isEqualTo("workdays-cn");
    }

    private static ShippedCalendars shipped(int edition, Holidays facts, CalendarDefinition workdays) {
        return new ShippedCalendars(
                List.of(
                        new ShippedCalendars.Shipped(1, CalendarDefinition.always(SHANGHAI)),
                        new ShippedCalendars.Shipped(edition, workdays)),
                List.of(new ShippedFacts(edition, facts)));
    }

    @Test
    void aNewerProductBringsItsFactsToAnOlderInstallation() {
        Holidays newer = with(ShippedFacts.cn().holidays(), 2027);

        Calendars after = node(shipped(2, newer, ShippedFacts.workdaysCn()));

        assertThat(after.holidays("cn")).isEqualTo(newer);
        assertThat(after.current("workdays-cn").version()).isEqualTo(2);
        // An older node that starts again while the others are new does not take them back.
        Calendars older = node(TestCalendars.shipped());
        assertThat(older.holidays("cn")).isEqualTo(newer);
        assertThat(older.current("workdays-cn").version()).isEqualTo(2);
    }

    @Test
    void whatAnAdministratorPublishedStaysWhenTheProductBringsMore() {
        Holidays own = with(calendars.holidays("cn"), 2026);
        publish(own);
        publish(workdays("10:00-12:00"));
        Holidays newer = with(ShippedFacts.cn().holidays(), 2027);

        Calendars after = node(shipped(2, newer, workdays("08:00-09:00")));

        assertThat(after.holidays("cn").of(2026)).isEqualTo(own.of(2026));
        assertThat(after.holidays("cn").of(2027)).isEqualTo(newer.of(2027));
        assertThat(after.current("workdays-cn").hours(SOME_DAY.withDayOfMonth(8)))
                .containsExactly(Hours.parse("10:00-12:00"));
    }

    @Test
    void aShippedCalendarFollowsTheProduct() {
        Calendars after = node(shipped(2, ShippedFacts.cn().holidays(), workdays("08:00-09:00")));

        assertThat(after.current("workdays-cn").version()).isEqualTo(2);
        assertThat(after.current("workdays-cn").hours(SOME_DAY)).containsExactly(Hours.parse("08:00-09:00"));
    }

    // ---- years without a notice ----

    private final YearTasks tasks = new YearTasks(jdbc, time);

    @Test
    void aDeadlineInAYearWithoutNoticeRaisesItsTaskOnce() {
        for (int i = 0; i < 3; i++) {
            transaction.executeWithoutResult(status -> calendars.needed("cn", 2028));
            node(TestCalendars.shipped()).needed("cn", 2028);
        }
        calendars.needed("cn", 2026);
        calendars.needed("nowhere", 2028);

        assertThat(tasks.open())
                .singleElement()
                .satisfies(task -> assertThat(task)
                        .isEqualTo(new YearTasks.Task(task.id(), "cn", 2028, YearTasks.Cause.DEADLINE, now)));
    }

    @Test
    void aTaskOfATransactionThatWasTakenBackIsRaisedByTheNextOne() {
        transaction.executeWithoutResult(status -> {
            calendars.needed("cn", 2028);
            status.setRollbackOnly();
        });
        assertThat(tasks.open()).isEmpty();

        transaction.executeWithoutResult(status -> calendars.needed("cn", 2028));

        assertThat(tasks.open()).hasSize(1);
    }

    @Test
    void nobodyWaitsForATransactionThatRaisesTheSame() {
        Calendars another = node(TestCalendars.shipped());
        transaction.executeWithoutResult(status -> {
            calendars.needed("cn", 2028);
            var meanwhile = new TransactionTemplate(new JdbcTransactionManager(database));
            meanwhile.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
            meanwhile.executeWithoutResult(inner -> another.needed("cn", 2028));
        });

        assertThat(tasks.open()).hasSize(1);
    }

    @Test
    void factsThatAnnounceTheYearCloseItsTask() {
        calendars.needed("cn", 2027);
        calendars.needed("cn", 2028);

        publish(with(calendars.holidays("cn"), 2027));

        assertThat(tasks.open()).map(YearTasks.Task::year).containsExactly(2028);
        calendars.needed("cn", 2027);
        assertThat(tasks.open()).hasSize(1);
    }

    @Test
    void aDraftIsPublishedAsAWholeOrNotAtAll() {
        var imports = new HolidayImports(jdbc, time, calendars);
        byte[] file = """
                {"holidays": {"2027-01-01": "a,元旦", "2027-02-06": "b,春节", "2027-05-01": "c,劳动节"},
                 "workdays": {"2027-02-20": "b,春节"}}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        UUID id = imports.read("cn", "2027.json", file, new UUID(1, 1));
        HolidayImports.Draft draft = imports.find("cn", id).orElseThrow();

        assertThat(calendars.holidaysVersion("cn")).isEqualTo(1);
        assertThat(imports.changes(draft, Set.of(2027))).singleElement().satisfies(change -> {
            assertThat(change.added().daysOff()).hasSize(3);
            assertThat(change.added().makeUpDays()).hasSize(1);
            assertThat(change.looksAnnounced()).isTrue();
        });
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> imports.publish(draft, Set.of(2030), ADMINISTRATOR, "notice")))
                .isInstanceOf(Refused.class);
        assertThat(calendars.holidaysVersion("cn")).isEqualTo(1);

        transaction.executeWithoutResult(status -> imports.publish(draft, Set.of(2027), ADMINISTRATOR, "notice"));

        assertThat(calendars.holidays("cn").announced()).contains(2026, 2027);
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> imports.publish(draft, Set.of(2027), ADMINISTRATOR, "notice")))
                .isInstanceOf(Refused.class);
    }
}
