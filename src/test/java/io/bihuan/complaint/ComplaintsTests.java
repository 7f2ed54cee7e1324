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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

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

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), complaint.version(), command, AGENT);
    }

    /** As it was, but for what neighbours record when they follow it: that may come at any moment. */
    private void isStill(Complaint complaint) {
        assertThat(complaints.find(complaint.number()))
                .get()
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(complaint);
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
        isStill(complaint);
        assertThat(complaints.history(complaint.number(), 0, 100))
                .filteredOn(event -> !(event.event() instanceof ComplaintEvent.CaseEvent))
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
        isStill(solved);
    }

    @Test
    void aRefusedCommandLeavesNothing() {
        Complaint complaint = registered();
        List<HistoryEvent> before = complaints.history(complaint.number(), 0, 100);

        assertThatThrownBy(() -> perform(complaint, new Command.Solve(Outcome.REJECTED, "不受理", null)))
                .isInstanceOf(Refused.class);

        assertThat(complaints.history(complaint.number(), 0, 100)).hasSameSizeAs(before);
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
    }

    @Test
    void erasureMakesPersonalDataUnreadableAndTheChainStillVerifies() throws IOException {
        Complaint complaint = perform(registered(), new Command.Withdraw("不投诉了"));
        complaint = perform(complaint, new Command.Archive(null));
        complaint = perform(complaint, new Command.Erase("客户要求删除"));

        Complaint erased = complaints.find(complaint.number()).orElseThrow();
        isStill(complaint);
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
        // The loop of the application may be firing it just now, and what it holds is passed by.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        do {
            alarms.fireDue();
        } while (!warnings(complaint).contains("respond 100") && System.nanoTime() < end);
        alarms.fireDue();

        assertThat(warnings(complaint)).containsExactly("respond 75", "respond 100");
        assertThat(complaints.find(complaint.number()).orElseThrow().dueAt()).isEqualTo(complaint.dueAt());
    }

    private List<String> warnings(Complaint complaint) {
        return complaints.history(complaint.number(), 0, 100).stream()
                .map(HistoryEvent::event)
                .filter(ComplaintEvent.ClockWarned.class::isInstance)
                .map(ComplaintEvent.ClockWarned.class::cast)
                .map(event -> event.clock() + " " + event.level())
                .toList();
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
}
