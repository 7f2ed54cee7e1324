package io.bihuan.teamwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskTests {
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant DUE = NOW.plusSeconds(86_400);

    private final By giver = new By(new UUID(1, 1), "customer-service", false);
    private final By worker = new By(new UUID(1, 2), "technical-support", false);
    private final By colleague = new By(new UUID(1, 3), "technical-support", false);
    private final By stranger = new By(new UUID(1, 4), "parts", false);
    private final By manager = new By(new UUID(1, 5), null, true);

    private Task given(@Nullable String department, @Nullable By to, String... items) {
        return Task.first(
                new UUID(0, 1),
                new TaskEvent.TaskGiven(
                        new UUID(0, 2),
                        Task.Kind.WORK,
                        Personal.of("上门检测"),
                        null,
                        department,
                        to == null ? null : to.id(),
                        giver.id(),
                        DUE,
                        List.of(items).stream().map(Personal::of).toList(),
                        null),
                NOW);
    }

    private static Task after(Task task, TaskEvent event) {
        return task.after(event, NOW);
    }

    private static void refused(Runnable deed, String key) {
        assertThatThrownBy(deed::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("teamwork.refused." + key));
    }

    @Test
    void whoeverOfTheDepartmentAcceptsItHasIt() {
        Task task = given("technical-support", null);
        refused(() -> task.accept(stranger), "not-yours");
        Task accepted = after(task, task.accept(worker));
        assertThat(accepted.assignee()).isEqualTo(worker.id());
        assertThat(accepted.state()).isEqualTo(Task.State.ACCEPTED);
        // Of two who accept at once the second comes too late.
        refused(() -> accepted.accept(colleague), "not-open");
    }

    @Test
    void itGoesBackToWhomItCameFrom() {
        Task task = given("technical-support", worker);
        Task handed = after(task, task.handOver(worker, "parts", null, "缺配件"));
        assertThat(handed.state()).isEqualTo(Task.State.OPEN);
        Task back = after(handed, handed.giveBack(stranger, "technical-support", "型号不对"));
        assertThat(back.assignee()).as("not to the giver").isEqualTo(worker.id());
        assertThat(back.department()).as("whose holder stands beside it").isEqualTo("technical-support");
        assertThat(back.handOvers()).isEqualTo(1);
        assertThat(back.returns()).isEqualTo(1);
        refused(() -> back.giveBack(worker, null, "再退"), "own-task");
    }

    @Test
    void noReasonNoHandOver() {
        Task task = given("technical-support", worker);
        refused(() -> task.handOver(worker, "parts", null, " "), "reason");
        refused(() -> task.giveBack(worker, null, ""), "reason");
        refused(() -> task.withdraw(giver, ""), "reason");
        refused(() -> task.handOver(worker, null, worker.id(), "给自己"), "same-holder");
        refused(() -> task.handOver(stranger, "parts", null, "抢"), "not-yours");
    }

    @Test
    void itIsNotDoneBeforeItsChecklistIs() {
        Task task = given("technical-support", worker, "拍照", "测压力");
        refused(() -> task.complete(worker, "已修好"), "items-left");
        Task one = after(task, task.tick(worker, 0, true));
        refused(() -> one.tick(worker, 0, true), "item-already");
        refused(() -> one.tick(worker, 7, true), "item");
        Task both = after(one, one.tick(worker, 1, true));
        refused(() -> both.complete(worker, " "), "result");
        assertThat(both.complete(worker, "已修好"))
                .as("who completes it has accepted it")
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("TaskAccepted", "TaskCompleted");
    }

    @Test
    void nobodyGivesHimselfMoreTime() {
        Task task = given("technical-support", worker);
        refused(() -> task.move(worker, DUE.plusSeconds(60), "忙"), "not-giver");
        assertThat(after(task, task.move(manager, DUE.plusSeconds(60), "等配件")).dueAt())
                .isEqualTo(DUE.plusSeconds(60));
        assertThat(task.move(giver, DUE.plusSeconds(60), "等配件")).isNotNull();
    }

    @Test
    void whatIsDoneIsReopenedByWhoGaveItOnly() {
        Task task = given("technical-support", worker);
        Task done = task;
        for (TaskEvent event : task.complete(worker, "已修好")) {
            done = after(done, event);
        }
        Task ended = done;
        refused(() -> ended.reopen(worker, DUE, "没好"), "not-giver");
        refused(() -> ended.handOver(worker, "parts", null, "晚了"), "ended");
        Task again = after(ended, ended.reopen(giver, DUE.plusSeconds(60), "没好"));
        assertThat(again.isOpen()).isTrue();
        assertThat(again.endedAt()).isNull();
        assertThat(again.assignee()).isEqualTo(worker.id());
    }

    @Test
    void whateverHappensAnOpenTaskIsWithSomebody() {
        var random = new Random(20261122);
        List<By> people = List.of(giver, worker, colleague, stranger, manager);
        int happened = 0;
        for (int run = 0; run < 500; run++) {
            Task task = random.nextBoolean()
                    ? given("technical-support", null, "拍照", "测压力")
                    : given(null, people.get(random.nextInt(5)), "拍照");
            for (int step = 0; step < 20; step++) {
                By by = people.get(random.nextInt(5));
                int handOvers = task.handOvers();
                int returns = task.returns();
                try {
                    for (TaskEvent event : some(task, by, random, people)) {
                        task = after(task, event);
                        happened++;
                        boolean isHandOver = event instanceof TaskEvent.TaskHandedOver;
                        boolean isReturn = event instanceof TaskEvent.TaskReturned;
                        assertThat(task.handOvers()).isEqualTo(handOvers + (isHandOver ? 1 : 0));
                        assertThat(task.returns()).isEqualTo(returns + (isReturn ? 1 : 0));
                    }
                } catch (Refused refused) {
                    assertThat(refused.key()).startsWith("teamwork.refused.");
                }
                assertThat(task.department() != null || task.assignee() != null).isTrue();
                assertThat(task.isOpen())
                        .isEqualTo(task.state() == Task.State.OPEN || task.state() == Task.State.ACCEPTED);
                assertThat(task.state() != Task.State.ACCEPTED || task.assignee() != null)
                        .as("somebody accepted it")
                        .isTrue();
                assertThat(task.state() != Task.State.DONE || task.result() != null)
                        .isTrue();
                assertThat(task.state() != Task.State.DONE
                                || task.itemsDone() == task.items().size())
                        .isTrue();
            }
        }
        assertThat(happened).as("the walks go somewhere").isGreaterThan(1000);
    }

    private static List<? extends TaskEvent> some(Task task, By by, Random random, List<By> people) {
        return switch (random.nextInt(9)) {
            case 0 -> List.of(task.accept(by));
            case 1 -> List.of(task.handOver(by, "parts", null, "转"));
            case 2 ->
                List.of(task.handOver(by, null, people.get(random.nextInt(5)).id(), "转"));
            case 3 -> List.of(task.giveBack(by, null, "退"));
            case 4, 5 -> List.of(task.tick(by, random.nextInt(2), random.nextInt(4) > 0));
            case 6 -> task.complete(by, "好");
            case 7 -> List.of(task.reopen(by, DUE, "重做"));
            default -> List.of(random.nextInt(5) == 0 ? task.withdraw(by, "撤") : task.move(by, DUE, "延"));
        };
    }
}
