package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Alarms;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.message.Notices;
import io.bihuan.platform.Actor;
import io.bihuan.web.WaitingCounts;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BihuanTest
class NoticeFollowerTests {
    @Autowired
    WaitingCounts counts;

    @Autowired
    Complaints complaints;

    @Autowired
    Notices notices;

    @Autowired
    Alarms alarms;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    @AfterEach
    void now() {
        time.reset();
    }

    private List<String> told(UUID person, Complaint complaint) {
        return notices.of(person, null).stream()
                .map(Notices.Received::notice)
                .filter(notice -> notice.href().endsWith(complaint.number().digits()))
                .map(notice -> notice.key().substring("complaint.notice.".length()))
                .toList();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void theOwnerIsToldOfANewComplaintAndOfItsDeadlineOnce() {
        UUID owner = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(
                complaint.number(), null, new Command.TransferOwnership(owner, "休假"), Actor.staff(SomeComplaint.OWNER));
        time.advance(Duration.ofMinutes(31));
        alarms.fireDue();

        until(() -> {
            time.advance(Duration.ofSeconds(10));
            return told(owner, complaint).contains("clockPast");
        });
        assertThat(told(owner, complaint))
                .as("warn points that come together are told together")
                .containsOnlyOnce("owner", "clockPast")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void nobodyIsToldOfWhatHeDidHimself() {
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(
                complaint.number(),
                null,
                new Command.TransferOwnership(SomeComplaint.COLLEAGUE, "休假"),
                Actor.staff(SomeComplaint.COLLEAGUE));
        complaints.perform(complaint.number(), null, new Command.AddInformation("补充", List.of()), Actor.CUSTOMER);

        until(() -> told(SomeComplaint.COLLEAGUE, complaint).contains("information"));
        assertThat(told(SomeComplaint.COLLEAGUE, complaint)).doesNotContain("owner");
    }

    @Test
    void whatWasReadStaysRead() {
        // Somebody of this test's own: the others' notices are not among these.
        UUID owner = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(
                complaint.number(), null, new Command.TransferOwnership(owner, "休假"), Actor.staff(SomeComplaint.OWNER));
        until(() -> !told(owner, complaint).isEmpty());
        assertThat(counts.of(List.of(Notices.UNREAD), owner, null).getFirst()).isPositive();
        notices.read(owner, time.instant());
        assertThat(notices.of(owner, null))
                .filteredOn(received ->
                        received.notice().href().endsWith(complaint.number().digits()))
                .isNotEmpty()
                .allMatch(received -> received.readAt() != null);
    }

    @Test
    void theOwnerHearsWhateverOthersDoToTheEnd() {
        UUID owner = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        Actor colleague = Actor.staff(SomeComplaint.COLLEAGUE);
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(owner), Actor.staff(owner));
        complaints.perform(complaint.number(), null, new Command.Note("已联系师傅", List.of()), colleague);
        complaints.perform(complaint.number(), null, new Command.AskCustomer("请提供照片"), colleague);
        complaints.perform(complaint.number(), null, new Command.Note("我自己的备注", List.of()), Actor.staff(owner));

        until(() -> told(owner, complaint).contains("acted.CustomerAsked"));
        assertThat(told(owner, complaint)).containsOnlyOnce("acted.Noted", "acted.CustomerAsked");
    }
}
