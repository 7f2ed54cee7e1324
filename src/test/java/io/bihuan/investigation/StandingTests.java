package io.bihuan.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.message.Notices;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever colleagues do at the same time, the row that rules ask says what the history adds up to. */
@BihuanTest
class StandingTests {
    private static final int PEOPLE = 3;
    private static final int DEEDS = 40;

    @Autowired
    Complaints complaints;

    @Autowired
    Investigations investigations;

    @Autowired
    Standing standing;

    @Autowired
    Staff staff;

    @Autowired
    Notices notices;

    @Autowired
    MovableTime time;

    @Autowired
    StepsDue stepsDue;

    @AfterEach
    void now() {
        time.reset();
    }

    private UUID person() {
        return staff.create(
                "inv-" + UUID.randomUUID(), "Correct-horse-7", false, StaffDetails.of("何静", null, Role.AGENT));
    }

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    @Test
    void theRowIsWhatTheHistoryAddsUpTo() throws Exception {
        Complaint complaint = registered();
        List<UUID> people = IntStream.range(0, PEOPLE).mapToObj(i -> person()).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Integer>>();
            for (UUID person : people) {
                work.add(() -> act(complaint, person, people));
            }
            int done = 0;
            for (var each : threads.invokeAll(work)) {
                done += each.get();
            }
            assertThat(done).as("deeds that were allowed").isGreaterThan(DEEDS);
        }

        Investigation sum = investigations.of(complaint.number());
        Standing.Row row = standing.of(complaint.id());
        Set<UUID> open = sum.steps().stream()
                .filter(Investigation.Step::isOpen)
                .map(Investigation.Step::owner)
                .collect(Collectors.toSet());
        assertThat(row.settled()).isEqualTo(sum.settled());
        assertThat(row.people()).isEqualTo(open);
        assertThat(row.openSteps())
                .isEqualTo(
                        sum.steps().stream().filter(Investigation.Step::isOpen).count());
        assertThat(row.openedAt() != null).isEqualTo(sum.isOpened());
        assertThat(sum.responsibility().map(Investigation.Decision::kind))
                .isEqualTo(java.util.Optional.ofNullable(row.responsibility()).map(ResponsibilityDecision::kind));
    }

    private int act(Complaint complaint, UUID person, List<UUID> people) {
        var random = new Random(person.getLeastSignificantBits());
        int done = 0;
        for (int i = 0; i < DEEDS; i++) {
            try {
                investigations.perform(complaint.number(), deed(complaint, random, people), Actor.staff(person));
                done++;
            } catch (Refused refused) {
                assertThat(refused.key()).startsWith("investigation.refused.");
            }
        }
        return done;
    }

    private Deed deed(Complaint complaint, Random random, List<UUID> people) {
        List<PlaybookLine> lines = investigations.lines(complaint);
        PlaybookLine line = lines.get(random.nextInt(lines.size()));
        List<Investigation.Step> steps = investigations.of(complaint.number()).steps();
        UUID step = steps.isEmpty()
                ? UUID.randomUUID()
                : steps.get(random.nextInt(steps.size())).id();
        Side side = random.nextBoolean() ? Side.CUSTOMER : Side.OTHER_SIDE;
        var due = time.instant().plus(Duration.ofHours(1 + random.nextInt(50)));
        UUID owner = people.get(random.nextInt(people.size()));
        return switch (random.nextInt(8)) {
            case 0 -> new Deed.Answer(line.key(), CheckResult.IN_ORDER, "答复");
            case 1 -> new Deed.ExcuseEvidence(line.key(), "没有");
            case 2 -> new Deed.PlanStep("核对", owner, due);
            case 3 -> new Deed.CompleteStep(step, null);
            case 4 -> new Deed.MoveStep(step, owner, due, "改期");
            case 5 -> new Deed.TakeStatement(side, "某人", "说了", time.instant());
            case 6 -> new Deed.ExcuseStatement(side, "拒绝");
            default -> new Deed.DecideResponsibility(anyOf(random), 1 + random.nextInt(99), "依据", "修改");
        };
    }

    private static Responsibility anyOf(Random random) {
        List<Responsibility> all = List.of(Responsibility.values());
        return all.get(random.nextInt(all.size()));
    }

    @Test
    void whoHasAStepIsRemindedOnceWhenItIsDue() {
        Complaint complaint = registered();
        UUID person = person();
        investigations.perform(
                complaint.number(),
                new Deed.PlanStep("调取录音", person, time.instant().plusSeconds(600)),
                Actor.staff(person));
        stepsDue.remind();
        assertThat(notices.of(person, null)).isEmpty();

        time.advance(Duration.ofMinutes(11));
        // The schedule of the application may be about to tell it, and what it holds is passed by.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        do {
            stepsDue.remind();
        } while (notices.of(person, null).isEmpty() && System.nanoTime() < end);
        stepsDue.remind();

        assertThat(notices.of(person, null))
                .singleElement()
                .satisfies(each -> assertThat(each.notice().key()).isEqualTo("investigation.notice.due"));
    }

    @Test
    void whoIsGivenAStepIsTold() throws InterruptedException {
        Complaint complaint = registered();
        UUID planner = person();
        UUID colleague = person();
        investigations.perform(
                complaint.number(),
                new Deed.PlanStep("调取录音", colleague, time.instant().plusSeconds(3600)),
                Actor.staff(planner));
        investigations.perform(
                complaint.number(),
                new Deed.PlanStep("复核收费", planner, time.instant().plusSeconds(3600)),
                Actor.staff(planner));

        for (int tries = 0; tries < 600 && notices.of(colleague, null).isEmpty(); tries++) {
            Thread.sleep(50);
        }
        assertThat(notices.of(colleague, null))
                .singleElement()
                .satisfies(each -> assertThat(each.notice().key()).isEqualTo("investigation.notice.step"));
        assertThat(notices.of(planner, null)).isEmpty();
    }
}
