package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Hours;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Counting;
import io.bihuan.clock.Dispatch;
import io.bihuan.clock.ExtensionStep;
import io.bihuan.clock.Grade;
import io.bihuan.clock.Owed;
import io.bihuan.clock.PauseReason;
import io.bihuan.clock.Policies;
import io.bihuan.clock.Unit;
import io.bihuan.clock.WarnPoint;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Notices;
import io.bihuan.pack.Expression;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.pack.Source;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Legal deadlines on complaints, from the command to the row: pauses that must be told, extensions, new facts, a holiday notice that comes
 * late, a policy that changes. Everything is then counted once more from the history. Happens in 2046, where no other test looks.
 */
@BihuanTest
class DeadlinesOfComplaintsTests {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Actor AGENT = Actor.staff(SomeComplaint.OWNER);
    /** A Thursday. */
    private static final Instant RECEIVED = at("2046-03-01T10:00");

    @Autowired
    Complaints complaints;

    @Autowired
    Clocks clocks;

    @Autowired
    Policies policies;

    @Autowired
    Calendars calendars;

    @Autowired
    Packs packs;

    @Autowired
    ComplaintCorrections corrections;

    @Autowired
    DailyCheck daily;

    @Autowired
    StoredHistory stored;

    @Autowired
    Notices notices;

    @Autowired
    Staff staff;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DataSource database;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }

    @BeforeEach
    void inTheYear2046() {
        time.set(RECEIVED);
        calendars.forget();
        policies.forget();
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, day.getValue() < 6 ? List.of(Hours.parse("09:00-17:00")) : List.of());
        }
        publish(Set.of(2045, 2046), Map.of(LocalDate.of(2046, 4, 5), new Label("清明节", "Tomb-sweeping Day")));
        if (calendars.find("bank").isEmpty()) {
            calendars.publish(
                    new CalendarDefinition(
                            "bank",
                            new Label("银行工作日", "Bank days"),
                            SHANGHAI,
                            week,
                            "zz",
                            List.of(Hours.parse("09:00-17:00")),
                            List.of(),
                            new TreeMap<>(),
                            null,
                            Set.of()),
                    AGENT,
                    "test");
        }
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private void publish(Set<Integer> announced, Map<LocalDate, Label> daysOff) {
        calendars.publish(new Holidays("zz", daysOff, Map.of(), announced), AGENT, "test");
    }

    /** The limits of the bank rule (Order 3 of 2020 of the CBIRC, Art. 18): 15 days, to 30 and by 30 more with approval. */
    private static ClockPolicy bank(Unit unit, int amount) {
        Counting counting = Counting.of(unit);
        return new ClockPolicy(
                "solve",
                new Label("处理完成", "Solve"),
                "REGISTERED",
                Set.of("SOLVED"),
                Set.of("FACTS_ADDED"),
                counting,
                "bank",
                Map.of(Severity.GENERAL, amount, Severity.URGENT, amount, Severity.MAJOR, amount),
                Grade.LEGAL,
                List.of(WarnPoint.percent(50), WarnPoint.parse("-1d"), WarnPoint.percent(100)),
                List.of(new PauseReason("APPRAISAL", true), new PauseReason("MEDIATION", false)),
                List.of(new ExtensionStep(15, "MANAGER", true, 1), new ExtensionStep(30, "MANAGER", true, 1)),
                Dispatch.SENT,
                null,
                null,
                Source.text("银行业保险业消费投诉处理管理办法"));
    }

    /** The last to be published: what other tests published begins within the same seconds, and holds only where it came later. */
    private void inForce(ClockPolicy policy) {
        policies.forget();
        try {
            policies.publish(pack(), policy, time.instant(), AGENT, "test");
        } catch (Refused refused) {
            // The test before published the same; it begins within these seconds.
            assertThat(refused.key()).isEqualTo("clock.refused.unchanged");
        }
        time.advance(Policies.SOONEST);
        policies.forget();
    }

    private Pack pack() {
        return packs.get("appliance");
    }

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), null, command, AGENT);
    }

    private Clock solve(Complaint complaint) {
        return clocks.of(complaint.id()).stream()
                .filter(clock -> clock.name().equals("solve") && clock.isOpen())
                .findFirst()
                .orElseThrow();
    }

    private void isIntact(Complaint complaint) throws IOException {
        assertThat(HistoryCheck.of(stored).details())
                .filteredOn(finding -> finding.contains(complaint.id().toString()))
                .isEmpty();
    }

    @Test
    void theBankRuleWithPausesExtensionsAndNewFacts() throws IOException {
        inForce(bank(Unit.CALENDAR_DAY, 15));
        Complaint complaint = registered();
        assertThat(solve(complaint).dueAt()).isEqualTo(at("2046-03-17T00:00"));

        time.set(at("2046-03-05T09:00"));
        assertThatThrownBy(() -> perform(complaint, new Command.PauseClocks("APPRAISAL", "送检", null)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("complaint.refused.pause-untold"));
        Complaint paused = perform(complaint, new Command.PauseClocks("APPRAISAL", "送检", Contact.PHONE));
        assertThat(paused.standing()).containsExactly("APPRAISAL");
        assertThat(paused.runningClocks()).doesNotContainKey("solve");

        // Mediation begins before the report is there: the clock stands until both are over.
        time.set(at("2046-03-07T09:00"));
        perform(complaint, new Command.PauseClocks("MEDIATION", "双方调解", null));
        time.set(at("2046-03-08T09:00"));
        perform(complaint, new Command.ResumeClocks("APPRAISAL", "报告已出"));
        assertThat(solve(complaint).state()).isEqualTo(ClockState.PAUSED);
        time.set(at("2046-03-10T09:00"));
        perform(complaint, new Command.ResumeClocks("MEDIATION", "调解结束"));
        assertThat(solve(complaint).dueAt()).as("five nights stood still").isEqualTo(at("2046-03-22T00:00"));

        perform(complaint, new Command.ExtendClock("solve", "COMPLEX", "情况复杂", Contact.LETTER));
        assertThat(solve(complaint).dueAt()).isEqualTo(at("2046-04-06T00:00"));
        perform(complaint, new Command.ExtendClock("solve", "COMPLEX", "情况特别复杂", Contact.LETTER));
        assertThat(solve(complaint).dueAt()).isEqualTo(at("2046-05-06T00:00"));
        assertThatThrownBy(() -> perform(complaint, new Command.ExtendClock("solve", "COMPLEX", "再延", Contact.LETTER)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("complaint.refused.no-extension"));

        time.set(at("2046-03-20T15:00"));
        Complaint anew = perform(complaint, new Command.AddFacts("客户提供了新的录音"));
        assertThat(anew.runningClocks()).containsEntry("solve", at("2046-04-05T00:00"));
        assertThat(clocks.of(complaint.id()))
                .filteredOn(clock -> clock.name().equals("solve"))
                .extracting(Clock::state)
                .containsExactly(ClockState.CANCELLED, ClockState.RUNNING);
        isIntact(complaint);
    }

    @Test
    void aClockWithAConditionStartsOnlyWhereItHolds() throws IOException {
        inForce(bankWhen("customersAffected > 1000 or channel = 'REGULATOR'"));
        Complaint elsewhere = registered();
        assertThat(clocks.of(elsewhere.id())).extracting(Clock::name).doesNotContain("solve");
        assertThat(elsewhere.runningClocks()).doesNotContainKey("solve");
        isIntact(elsewhere);

        policies.forget();
        time.advance(Duration.ofMinutes(1));
        inForce(bankWhen("not (customersAffected > 1000) and severity in ['GENERAL', 'URGENT', 'MAJOR']"));
        Complaint here = registered();
        assertThat(solve(here).dueAt()).isEqualTo(at("2046-03-17T00:00"));
        assertThat(solve(here).policy().terms().when())
                .hasToString("not (customersAffected > 1000) and severity in ['GENERAL', 'URGENT', 'MAJOR']");
        isIntact(here);
    }

    private static ClockPolicy bankWhen(String condition) {
        ClockPolicy always = bank(Unit.CALENDAR_DAY, 15);
        return new ClockPolicy(
                always.name(),
                always.label(),
                always.startOn(),
                always.stopOn(),
                always.restartOn(),
                always.counting(),
                always.calendar(),
                always.amount(),
                always.grade(),
                always.warnAt(),
                always.pausable(),
                always.extensions(),
                always.doneWhen(),
                always.breach(),
                always.escalation(),
                always.source(),
                Expression.parse(condition),
                false,
                Owed.CUSTOMER);
    }

    @Test
    void anExtensionAfterTheDeadlineIsRefused() throws IOException {
        inForce(bank(Unit.CALENDAR_DAY, 15));
        Complaint complaint = registered();
        time.set(at("2046-03-17T00:01"));

        assertThatThrownBy(() -> perform(complaint, new Command.ExtendClock("solve", "COMPLEX", "晚了", Contact.LETTER)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("complaint.refused.extension-late"));
        isIntact(complaint);
    }

    @Test
    void aHolidayNoticeThatComesLateMovesWhatDependsOnItAndSaysSo() throws IOException {
        inForce(bank(Unit.WORKING_DAY, 10));
        time.set(at("2046-12-24T10:00"));
        calendars.forget();
        Complaint complaint = registered();
        Clock before = solve(complaint);
        assertThat(before.assumedYear()).isEqualTo(2047);
        assertThat(before.dueAt()).isEqualTo(at("2047-01-08T00:00"));

        publish(
                Set.of(2045, 2046, 2047),
                Map.of(
                        LocalDate.of(2046, 4, 5), new Label("清明节", "Tomb-sweeping Day"),
                        LocalDate.of(2047, 1, 1), new Label("元旦", "New Year's Day"),
                        LocalDate.of(2047, 1, 2), new Label("元旦", "New Year's Day")));
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            assertThat(corrections.correct(List.of(complaint.id()), writes, time.instant()))
                    .isEqualTo(1);
            writes.send(database);
        });

        Clock corrected = solve(complaint);
        assertThat(corrected.assumedYear()).isNull();
        assertThat(corrected.dueAt()).isEqualTo(at("2047-01-10T00:00"));
        List<HistoryEvent> history = complaints.history(complaint.number(), 0, 100);
        assertThat(history.getLast().event()).isInstanceOf(ComplaintEvent.DeadlineCorrected.class);
        assertThat(history.getLast().clocks())
                .extracting(ClockChange::name, ClockChange::dueAt)
                .containsExactly(tuple("solve", corrected.dueAt()));
        assertThat(complaints.find(complaint.number()).orElseThrow().runningClocks())
                .containsEntry("solve", corrected.dueAt());
        isIntact(complaint);
    }

    @Test
    void aNewPolicyChangesARunningClockOnlyWhenSomebodySaysSo() throws IOException {
        inForce(bank(Unit.CALENDAR_DAY, 15));
        Complaint complaint = registered();
        Instant due = solve(complaint).dueAt();
        assertThatThrownBy(() -> perform(complaint, new Command.ReplacePolicy("solve", "新规")))
                .isInstanceOf(Refused.class);

        time.set(at("2046-03-11T10:00"));
        inForce(bank(Unit.WORKING_DAY, 10));
        assertThat(solve(complaint).dueAt()).isEqualTo(due);

        perform(complaint, new Command.ReplacePolicy("solve", "新规施行"));
        // Ten days have ended under the old rule (2 to 11 March is not over): nine are counted, one working day is
        // left.
        assertThat(solve(complaint).dueAt()).isEqualTo(at("2046-03-13T00:00"));
        isIntact(complaint);
    }

    @Test
    void aClockThatIsListedElsewhereThanItsComplaintIsFound() throws IOException {
        Complaint complaint = registered();
        jdbc.sql("update clock.clock set department = 'nowhere' where subject_id = ? and name = 'solve'")
                .param(complaint.id())
                .update();
        try {
            assertThat(HistoryCheck.of(stored).details())
                    .anyMatch(detail ->
                            detail.contains(complaint.id().toString()) && detail.contains("clock solve: subject is"));
        } finally {
            jdbc.sql("update clock.clock set department = null where subject_id = ? and name = 'solve'")
                    .param(complaint.id())
                    .update();
        }
        isIntact(complaint);
    }

    @Test
    void theNightlyCheckFindsADeadlineThatIsNotTheOneCounted() {
        inForce(bank(Unit.CALENDAR_DAY, 15));
        StaffMember administrator = staff.withRole(Role.ADMINISTRATOR, null).getFirst();
        Complaint complaint = registered();
        jdbc.sql("update clock.clock set due_at = due_at + interval '1 second' where subject_id = ? and name = 'solve'")
                .param(complaint.id())
                .update();
        LocalDate day = LocalDate.of(2046, 3, 2);
        try {
            assertThat(daily.check(day)).isTrue();
            assertThat(daily.check(day)).as("once a day").isFalse();
        } finally {
            jdbc.sql(
                            "update clock.clock set due_at = due_at - interval '1 second' where subject_id = ? and name = 'solve'")
                    .param(complaint.id())
                    .update();
        }
        DailyCheck.Run run = daily.runs().stream()
                .filter(each -> each.day().equals(day))
                .findFirst()
                .orElseThrow();
        assertThat(run.details())
                .anyMatch(
                        detail -> detail.contains(complaint.id().toString()) && detail.contains("clock solve: due is"));
        assertThat(run.finishedAt()).isNotNull();
        assertThat(notices.of(administrator.id(), null))
                .anyMatch(received -> received.notice().key().equals("complaint.notice.check"));
    }
}
