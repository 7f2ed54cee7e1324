package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The main job on a real database: one complaint from registration to the archive, and what is refused on the way. */
@BihuanTest
class ComplaintsTests {
    private static final Actor AGENT = Actor.staff(SomeComplaint.OWNER);

    @Autowired
    Complaints complaints;

    @Autowired
    StoredHistory stored;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), complaint.version(), command, AGENT);
    }

    private Complaint assessed() {
        Complaint owned = perform(registered(), new Command.ConfirmOwnership(SomeComplaint.OWNER));
        return perform(owned, assessment(Severity.GENERAL));
    }

    private static Command.Assess assessment(Severity severity) {
        return new Command.Assess(
                Kind.COMPLAINT, "repeated-repair", severity, Priority.MEDIUM, "technical-support", null, null);
    }

    @Test
    void aComplaintGoesThroughFiveStagesIntoTheArchive() throws IOException {
        Complaint complaint = registered();
        assertThat(complaint.stage()).isEqualTo(Stage.ACCEPT);
        assertThat(complaint.runningClocks()).containsOnlyKeys("respond", "solve", "duty-refusal");
        assertThat(complaint.dueClock()).isEqualTo("respond");

        complaint = perform(complaint, new Command.ConfirmOwnership(SomeComplaint.OWNER));
        assertThat(complaint.runningClocks()).containsOnlyKeys("solve", "duty-refusal");
        complaint = perform(complaint, assessment(Severity.URGENT));
        assertThat(complaint.stage()).isEqualTo(Stage.VERIFY);
        assertThat(complaint.runningClocks())
                .containsOnlyKeys("solve", "duty-refusal", "progress-1", "progress-2", "progress-3")
                .containsEntry("solve", complaint.receivedAt().plus(Duration.ofHours(8)));
        complaint = perform(complaint, new Command.Verify(Finding.SUBSTANTIATED, "铜管接口漏氟，三次都没有修好。"));
        complaint = perform(complaint, new Command.Solve(Outcome.ACCEPTED, "更换铜管，退还280元。", null));
        assertThat(complaint.runningClocks()).containsOnlyKeys("tell");
        complaint = perform(complaint, new Command.TellResult(Contact.PHONE, "已更换铜管并退款。"));
        assertThat(complaint.runningClocks()).isEmpty();
        complaint = perform(complaint, new Command.Confirm("满意", 5));
        complaint = perform(complaint, new Command.Archive("安装工艺"));

        assertThat(complaint.stage()).isEqualTo(Stage.ARCHIVE);
        assertThat(complaint.isOpen()).isFalse();
        assertThat(complaints.find(complaint.number())).contains(complaint);
        assertThat(complaints.history(complaint.number(), 0, 100))
                .extracting(HistoryEvent::type)
                .containsExactly(
                        "Registered",
                        "Acknowledged",
                        "OwnershipConfirmed",
                        "Assessed",
                        "Verified",
                        "Solved",
                        "ResultTold",
                        "Confirmed",
                        "Archived");
        assertThat(HistoryCheck.of(stored).details()).isEmpty();
    }

    @Test
    void whoDecidedOnAnOldPageIsToldWhoChangedWhat() {
        Complaint complaint = registered();
        perform(complaint, new Command.ConfirmOwnership(SomeComplaint.OWNER));

        assertThatThrownBy(() -> complaints.perform(
                        complaint.number(),
                        complaint.version(),
                        new Command.Withdraw("不投诉了"),
                        Actor.staff(SomeComplaint.COLLEAGUE)))
                .isInstanceOfSatisfying(Complaints.Changed.class, changed -> {
                    assertThat(changed.since()).extracting(HistoryEvent::type).containsExactly("OwnershipConfirmed");
                    assertThat(changed.since().getFirst().actor()).isEqualTo(AGENT);
                });
    }

    @Test
    void anUntoldResultKeepsTheComplaintOpen() {
        Complaint verified = perform(assessed(), new Command.Verify(Finding.SUBSTANTIATED, "属实"));
        Complaint solved = perform(verified, new Command.Solve(Outcome.ACCEPTED, "更换", null));

        assertThatThrownBy(() -> perform(solved, new Command.Confirm(null, null)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("complaint.refused.untold"));
        assertThat(complaints.find(solved.number())).contains(solved);
    }

    @Test
    void aRefusedCommandLeavesNothing() {
        Complaint complaint = registered();
        long events = count("complaint.event");

        assertThatThrownBy(() -> perform(complaint, new Command.Solve(Outcome.REJECTED, "不受理", null)))
                .isInstanceOf(Refused.class);

        assertThat(count("complaint.event")).isEqualTo(events);
        assertThat(complaints.find(complaint.number())).contains(complaint);
    }

    @Test
    void whileTheCustomerIsAskedTheClockStands() {
        Complaint complaint = assessed();
        Complaint asked = perform(complaint, new Command.AskCustomer("请提供购买发票照片"));
        assertThat(asked.runningClocks())
                .as("neither the law waits nor who wants to hear of it")
                .containsOnlyKeys("duty-refusal", "progress-1", "progress-2", "progress-3");

        time.advance(Duration.ofHours(5));
        Complaint answered = complaints.perform(
                asked.number(), null, new Command.AddInformation("发票见附件", List.of()), Actor.CUSTOMER);

        Duration stood = Duration.between(asked.updatedAt(), answered.updatedAt());
        assertThat(answered.runningClocks().get("solve"))
                .isEqualTo(Objects.requireNonNull(complaint.runningClocks().get("solve"))
                        .plus(stood));
        time.reset();
    }

    @Test
    void erasureMakesPersonalDataUnreadableAndTheChainStillVerifies() throws IOException {
        Complaint complaint = perform(registered(), new Command.Withdraw("不投诉了"));
        complaint = perform(complaint, new Command.Archive(null));
        complaint = perform(complaint, new Command.Erase("客户要求删除"));

        Complaint erased = complaints.find(complaint.number()).orElseThrow();
        assertThat(erased).isEqualTo(complaint);
        assertThat(erased.customer()).isEqualTo(Customer.UNKNOWN);
        assertThat(erased.content().value()).isNull();
        assertThat(complaints.history(complaint.number(), 0, 100).getFirst().event())
                .isInstanceOfSatisfying(
                        ComplaintEvent.Registered.class,
                        registered -> assertThat(Personal.text(registered.customerPhone()))
                                .isEmpty());
        assertThat(HistoryCheck.of(stored).details()).isEmpty();
    }

    @Test
    void aDueAlarmBecomesHistoryExactlyOnce() {
        Complaint complaint = registered();
        time.advance(Duration.ofMinutes(31));
        alarms.fireDue();
        alarms.fireDue();

        Complaint warned = complaints.find(complaint.number()).orElseThrow();
        assertThat(complaints.history(complaint.number(), 0, 100).stream()
                        .map(HistoryEvent::event)
                        .filter(ComplaintEvent.ClockWarned.class::isInstance)
                        .map(ComplaintEvent.ClockWarned.class::cast)
                        .map(event -> event.clock() + " " + event.level()))
                .containsExactly("respond 75", "respond 100");
        assertThat(warned.dueAt()).isEqualTo(complaint.dueAt());
        time.reset();
    }

    @Autowired
    io.bihuan.clock.Alarms alarms;

    @Autowired
    io.bihuan.clock.Clocks clocks;

    @Test
    void clocksOfAnArchivedComplaintAreAllAtRest() {
        Complaint complaint = perform(assessed(), new Command.Withdraw("不投诉了"));
        assertThat(complaint.runningClocks()).isEmpty();
        assertThat(clocks.of(complaint.id()))
                .extracting(Clock::state)
                .doesNotContain(ClockState.RUNNING, ClockState.PAUSED);
    }

    @Test
    void aCaseThatWasClosedElsewhereStartsNoClock() throws IOException {
        Registration live = SomeComplaint.receivedAt(time.instant().minus(Duration.ofDays(40)));
        Complaint archived = complaints.register(
                new Registration(
                        live.businessLine(),
                        Channel.IMPORT,
                        live.kind(),
                        live.category(),
                        live.severity(),
                        live.priority(),
                        live.department(),
                        1,
                        live.title(),
                        live.content(),
                        Customer.UNKNOWN,
                        live.product(),
                        null,
                        "import:旧系统",
                        "A-" + UUID.randomUUID(),
                        null,
                        live.receivedAt(),
                        false,
                        SomeComplaint.OWNER,
                        false,
                        List.of(),
                        new Registration.Archive(
                                Personal.of("已处理"), live.receivedAt().plus(Duration.ofDays(11)))),
                Actor.SYSTEM);
        assertThat(archived.isOpen()).isFalse();
        assertThat(archived.runningClocks()).isEmpty();
        assertThat(clocks.of(archived.id())).isEmpty();
        assertThat(HistoryCheck.of(stored).details()).isEmpty();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
