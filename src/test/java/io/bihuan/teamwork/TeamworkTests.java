package io.bihuan.teamwork;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Said;
import io.bihuan.identity.Mentions;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.message.Notices;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.web.Bundles;
import io.bihuan.web.WaitingCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Tasks, teams and the thread with the customer, as the history and the clocks see them. */
@BihuanTest
class TeamworkTests {
    private static final String SECRET = "内部机密一二三";

    @Autowired
    WaitingCounts waiting;

    @Autowired
    Complaints complaints;

    @Autowired
    Correspondence correspondence;

    @Autowired
    DepartmentTasks tasks;

    @Autowired
    MyTasks mine;

    @Autowired
    Teams teams;

    @Autowired
    SharedThread thread;

    @Autowired
    Discussion discussion;

    @Autowired
    Counts counts;

    @Autowired
    CasePages pages;

    @Autowired
    CaseTelling telling;

    @Autowired
    LateWork lateWork;

    @Autowired
    Mentions mentions;

    @Autowired
    Notices notices;

    @Autowired
    TrackingLinks links;

    @Autowired
    Bundles bundles;

    @Autowired
    Staff staff;

    @Autowired
    MockMvc http;

    @Autowired
    MovableTime time;

    private SignedIn agent;
    private SignedIn technician;
    private SignedIn storekeeper;
    private Complaint complaint;
    private ComplaintNumber number;

    @BeforeEach
    void someComplaint() {
        agent = person(staff, "周敏", "customer-service", Role.AGENT);
        technician = person(staff, "陈工", "technical-support", Role.HANDLER);
        storekeeper = person(staff, "孙仓管", "parts", Role.HANDLER);
        complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        number = complaint.number();
    }

    @AfterEach
    void now() {
        RequestContextHolder.resetRequestAttributes();
        time.reset();
    }

    private UUID give(SignedIn to, String title, String... items) {
        UUID id = Ids.next();
        tasks.give(
                number,
                new DepartmentTasks.NewTask(
                        id, title, null, null, to.id(), time.instant().plus(Duration.ofHours(4)), List.of(items)),
                agent);
        return id;
    }

    private Task task(UUID id) {
        return tasks.of(complaint.id()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(Runnable deed, String key) {
        assertThatThrownBy(deed::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo(key));
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Of this complaint: who is of a department hears of its late work elsewhere too. */
    private List<String> told(SignedIn who) {
        return notices.of(who.id(), null).stream()
                .filter(received -> received.notice().href().startsWith("/desk/complaints/" + number.digits()))
                .map(received -> received.notice().key())
                .toList();
    }

    private Clock clock(String name) {
        return complaints.dossier(number, Integer.MAX_VALUE, 1).orElseThrow().clocks().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTaskGoesFromHandToHandAndEachIsCounted() {
        UUID id = give(technician, "上门检测", "拍照");
        tasks.accept(number, id, technician);
        tasks.handOver(number, id, "parts", null, "缺配件", technician);
        assertThat(mine.of(storekeeper.id(), "parts", MyTasks.Whose.DEPARTMENT))
                .extracting(MyTasks.Row::id)
                .contains(id);
        tasks.giveBack(number, id, "型号不对", storekeeper);
        complaints.perform(number, null, new Command.TransferOwnership(agent.id(), "休假"), agent.actor());
        assertThat(counts.of(complaint.id())).isEqualTo(new Counts.Tally(2, 1));
        tasks.tick(number, id, 0, true, technician);
        tasks.complete(number, id, "压缩机漏氟，已更换", technician);

        Task done = task(id);
        assertThat(done.state()).isEqualTo(Task.State.DONE);
        assertThat(done.result()).isEqualTo("压缩机漏氟，已更换");
        assertThat(tasks.moves(complaint.id()))
                .extracting(DepartmentTasks.Move::reason)
                .containsExactly("缺配件", "型号不对");
        until(() -> told(agent).contains("teamwork.notice.completed"));
        assertThat(told(technician)).contains("teamwork.notice.given", "teamwork.notice.returned");
    }

    @Test
    void theRowsAreWhatTheHistoryAddsUpTo() {
        UUID id = give(technician, "上门检测", "拍照", "测压力");
        tasks.tick(number, id, 1, true, technician);
        tasks.handOver(number, id, null, storekeeper.id(), "缺配件", technician);
        tasks.move(number, id, time.instant().plus(Duration.ofHours(9)), "等货", agent);
        tasks.tick(number, id, 0, true, storekeeper);
        tasks.complete(number, id, "已发货", storekeeper);
        tasks.reopen(number, id, time.instant().plus(Duration.ofHours(12)), "发错了", agent);
        teams.call(number, "多个部门", technician.id(), agent);
        teams.join(number, storekeeper.id(), agent);
        teams.start(number, null, technician);
        UUID step = Ids.next();
        teams.set(number, step, "拆检", storekeeper.id(), time.instant().plus(Duration.ofHours(3)), technician);
        teams.plan(number, "先检后赔", technician);
        teams.done(number, step, storekeeper);
        teams.decide(number, Ids.next(), "换新机", technician);
        teams.leadBy(number, storekeeper.id(), technician);
        teams.leave(number, technician.id(), "出差", agent);

        Task replayed = null;
        Team team = null;
        for (HistoryEvent event : complaints.history(number, 0, 500)) {
            if (event.event() instanceof TaskEvent.TaskGiven given) {
                replayed = Task.first(complaint.id(), given, event.at());
            } else if (event.event() instanceof TaskEvent each && replayed != null) {
                replayed = replayed.after(each, event.at());
            } else if (event.event() instanceof TeamEvent each) {
                team = Team.after(team, complaint.id(), each, event.at());
            }
        }
        assertThat(task(id))
                .usingRecursiveComparison()
                .ignoringFields("givenAt", "endedAt", "items.doneAt")
                .isEqualTo(replayed);
        assertThat(teams.of(complaint.id()).orElseThrow())
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .ignoringFieldsMatchingRegexes(".*(calledAt|startedAt|plannedAt|joinedAt|leftAt|doneAt|decisions.at)")
                .isEqualTo(team);
    }

    @Test
    void ofTwoWhoAcceptAtOnceOneHasIt() throws Exception {
        SignedIn other = person(staff, "钱工", "technical-support", Role.HANDLER);
        UUID id = Ids.next();
        tasks.give(
                number,
                new DepartmentTasks.NewTask(
                        id,
                        "上门",
                        null,
                        "technical-support",
                        null,
                        time.instant().plusSeconds(3600),
                        List.of()),
                agent);
        var deeds = new ArrayList<Callable<Boolean>>();
        for (SignedIn who : List.of(technician, other)) {
            deeds.add(() -> {
                try {
                    tasks.accept(number, id, who);
                    return true;
                } catch (Refused refused) {
                    return false;
                }
            });
        }
        int accepted = 0;
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var each : threads.invokeAll(deeds)) {
                accepted += each.get() ? 1 : 0;
            }
        }
        assertThat(accepted).isEqualTo(1);
        assertThat(task(id).assignee()).isIn(technician.id(), other.id());
    }

    @Test
    void aFormSentTwiceGivesOneTask() {
        var wanted = new DepartmentTasks.NewTask(
                Ids.next(), "上门", null, null, technician.id(), time.instant().plusSeconds(3600), List.of());
        tasks.give(number, wanted, agent);
        tasks.give(number, wanted, agent);
        assertThat(tasks.of(complaint.id())).hasSize(1);
    }

    @Test
    void askingTheCustomerStopsTheClockAndHisAnswerIsInTheTask() {
        UUID id = Ids.next();
        var question = new DepartmentTasks.NewTask(
                id, "请补充发票", "请补充发票照片", null, technician.id(), time.instant().plusSeconds(3600), List.of());
        tasks.ask(number, question, agent);
        assertThat(clock("solve").state()).isEqualTo(ClockState.PAUSED);
        // Sent twice, he is asked once.
        tasks.ask(number, question, agent);
        assertThat(tasks.answers(number, task(id))).isEmpty();

        complaints.perform(number, null, new Command.AddInformation("发票号 123", List.of()), Actor.CUSTOMER);
        assertThat(clock("solve").state()).isEqualTo(ClockState.RUNNING);
        assertThat(tasks.answers(number, task(id)))
                .extracting(DepartmentTasks.Answer::text)
                .containsExactly("发票号 123");
        assertThat(mine.of(technician.id(), "technical-support", MyTasks.Whose.MINE))
                .filteredOn(row -> row.id().equals(id))
                .allMatch(MyTasks.Row::isAnswered)
                .hasSize(1);
        until(() -> told(technician).contains("teamwork.notice.answered"));
    }

    @Test
    void whoWorksOnItSeesItWhateverTheDepartment() {
        assertThat(pages.sees(technician, complaint)).isFalse();
        UUID id = give(technician, "上门检测");
        assertThat(pages.sees(technician, complaint)).isTrue();
        assertThat(pages.sees(storekeeper, complaint)).isFalse();
        teams.call(number, "多个部门", storekeeper.id(), agent);
        assertThat(pages.sees(storekeeper, complaint)).isTrue();
        tasks.handOver(number, id, null, storekeeper.id(), "缺配件", technician);
        assertThat(pages.sees(technician, complaint)).as("no more his").isFalse();
        assertThat(waiting.of(List.of(MyTasks.OPEN_TO_VIEWER), storekeeper.id(), "parts")
                        .getFirst())
                .isPositive();
    }

    @Test
    void aComplaintIsNotArchivedWhileSomebodyStillWorksForIt() {
        UUID id = give(technician, "上门检测");
        complaints.perform(number, null, new Command.Withdraw("已自行解决"), agent.actor());
        refused(
                () -> complaints.perform(number, null, new Command.Archive(null), agent.actor()),
                "teamwork.refused.open-tasks");
        tasks.withdraw(number, id, "客户撤诉", agent);
        assertThat(task(id).isOpen()).isFalse();
        // Whatever others still ask for, it is not this any more.
        try {
            complaints.perform(number, null, new Command.Archive(null), agent.actor());
        } catch (Refused refused) {
            assertThat(refused.key()).doesNotStartWith("teamwork");
        }
    }

    @Test
    void thatATaskIsLateIsToldOncePerLevel() {
        UUID id = give(technician, "上门检测");
        lateWork.tell();
        assertThat(told(technician)).doesNotContain("teamwork.notice.late");
        time.advance(Duration.ofHours(5));
        for (int i = 0; i < 3; i++) {
            lateWork.tell();
        }
        until(() -> told(technician).contains("teamwork.notice.late"));
        time.advance(Duration.ofHours(25));
        for (int i = 0; i < 3; i++) {
            lateWork.tell();
        }
        until(() -> told(technician).contains("teamwork.notice.late.again"));
        time.advance(Duration.ofDays(3));
        lateWork.tell();
        assertThat(told(technician)).containsOnlyOnce("teamwork.notice.late", "teamwork.notice.late.again");
        assertThat(told(agent)).containsOnlyOnce("teamwork.notice.late", "teamwork.notice.late.again");

        tasks.handOver(number, id, null, storekeeper.id(), "缺配件", technician);
        until(() -> {
            lateWork.tell();
            return told(storekeeper).contains("teamwork.notice.late");
        });
    }

    @Test
    void theClocksOfTheTeamRunFromItsCall() {
        teams.call(number, "多个部门", technician.id(), agent);
        Complaint called = complaints.find(number).orElseThrow();
        assertThat(Duration.between(called.updatedAt(), called.runningClocks().get("team-start")))
                .isEqualTo(Duration.ofHours(2));
        assertThat(Duration.between(called.updatedAt(), called.runningClocks().get("team-plan")))
                .isEqualTo(Duration.ofDays(2));
        teams.join(number, storekeeper.id(), agent);
        teams.start(number, null, technician);
        assertThat(clock("team-start").state()).isEqualTo(ClockState.MET);
        assertThat(clock("team-plan").isOpen()).isTrue();
        teams.set(number, Ids.next(), "拆检", technician.id(), time.instant().plusSeconds(60), technician);
        teams.plan(number, "先检后赔", technician);
        assertThat(clock("team-plan").state()).isEqualTo(ClockState.MET);
        until(() -> told(storekeeper).contains("teamwork.notice.team"));
    }

    @Test
    void twoDepartmentsAtWorkProposeATeam() {
        assertThat(teams.proposed(complaint)).isEmpty();
        give(technician, "上门检测");
        give(storekeeper, "查配件");
        assertThat(teams.proposed(complaint)).containsExactly(TeamReason.DEPARTMENTS);
    }

    @Test
    void whoIsCalledInANoteIsToldAndSeesTheComplaint() {
        String text = "请 @" + technician.login() + " 看一下";
        complaints.perform(number, null, new Command.Note(text, List.of(), mentions.in(text)), agent.actor());
        until(() -> told(technician).contains("teamwork.notice.mentioned"));
        assertThat(pages.sees(technician, complaint)).isTrue();
        assertThat(told(agent)).doesNotContain("teamwork.notice.mentioned");
    }

    @Test
    void whoFollowsIsToldUntilHeStops() {
        discussion.watch(complaint.id(), storekeeper.id());
        complaints.perform(number, null, new Command.Note("第一条", List.of()), agent.actor());
        until(() -> told(storekeeper).contains("teamwork.notice.noted"));
        discussion.unwatch(complaint.id(), storekeeper.id());
        discussion.watch(complaint.id(), technician.id());
        complaints.perform(number, null, new Command.Note("第二条", List.of()), agent.actor());
        until(() -> told(technician).contains("teamwork.notice.noted"));
        assertThat(told(storekeeper)).containsOnlyOnce("teamwork.notice.noted");
    }

    @Test
    void nothingInternalComesOutToTheCustomer() throws Exception {
        UUID id = Ids.next();
        tasks.give(
                number,
                new DepartmentTasks.NewTask(
                        id,
                        SECRET + "任务",
                        SECRET + "做什么",
                        null,
                        technician.id(),
                        time.instant().plusSeconds(3600),
                        List.of(SECRET + "清单")),
                agent);
        tasks.accept(number, id, technician);
        tasks.tick(number, id, 0, true, technician);
        tasks.handOver(number, id, null, storekeeper.id(), SECRET + "转交", technician);
        tasks.giveBack(number, id, SECRET + "退回", storekeeper);
        tasks.move(number, id, time.instant().plusSeconds(7200), SECRET + "时限", agent);
        tasks.complete(number, id, SECRET + "结果", technician);
        tasks.reopen(number, id, time.instant().plusSeconds(7200), SECRET + "重做", agent);
        tasks.withdraw(number, id, SECRET + "撤回", agent);
        teams.call(number, SECRET + "召集", technician.id(), agent);
        teams.join(number, storekeeper.id(), agent);
        teams.start(number, SECRET + "启动", agent);
        UUID step = Ids.next();
        teams.set(number, step, SECRET + "里程碑", technician.id(), time.instant().plusSeconds(60), agent);
        teams.plan(number, SECRET + "方案", agent);
        teams.decide(number, Ids.next(), SECRET + "决定", agent);
        teams.drop(number, step, SECRET + "取消", agent);
        UUID done = Ids.next();
        teams.set(number, done, SECRET + "里程碑", technician.id(), time.instant().plusSeconds(60), agent);
        teams.done(number, done, technician);
        teams.leadBy(number, storekeeper.id(), agent);
        teams.leave(number, technician.id(), SECRET + "退出", agent);
        teams.end(number, SECRET + "解散", agent);
        complaints.perform(number, null, new Command.Note(SECRET + "备注", List.of()), agent.actor());
        thread.invite(number, "您好，我是周敏", agent.actor());
        thread.say(number, "什么时候能修好", List.of(), Actor.CUSTOMER);
        thread.end(number, SECRET + "结束", agent.actor());

        var texts = bundles.in(Locale.SIMPLIFIED_CHINESE);
        var kinds = new ArrayList<String>();
        for (HistoryEvent event : complaints.history(number, 0, 500)) {
            if (event.event() instanceof ComplaintEvent.CaseEvent work) {
                kinds.add(event.type());
                assertThat(telling.toCustomer(work, texts).toString()).doesNotContain(SECRET);
            }
        }
        for (Class<?> family : List.of(TaskEvent.class, TeamEvent.class, SharedEvent.class)) {
            for (Class<?> type : family.getPermittedSubclasses()) {
                assertThat(kinds).as("every event is tried").contains(type.getSimpleName());
            }
        }
        assertThat(thread.of(complaint.id()).orElseThrow().lines())
                .extracting(SharedThread.Line::text)
                .containsExactly("您好，我是周敏", "什么时候能修好");
        String page =
                http.perform(get(links.path(number))).andReturn().getResponse().getContentAsString();
        assertThat(page).contains(number.readable()).doesNotContain(SECRET);
    }

    @Test
    void theThreadIsOpenFromInvitationToEnd() {
        refused(() -> thread.say(number, "在吗", List.of(), Actor.CUSTOMER), "teamwork.refused.thread-closed");
        thread.invite(number, null, agent.actor());
        refused(() -> thread.invite(number, null, agent.actor()), "teamwork.refused.thread-open");
        complaints.perform(number, null, new Command.AskCustomer("请补充照片"), agent.actor());
        thread.say(number, "照片已寄出", List.of(), Actor.CUSTOMER);
        assertThat(complaints.find(number).orElseThrow().isWaiting())
                .as("it is his answer, too")
                .isFalse();
        thread.end(number, "已说清", agent.actor());
        refused(() -> thread.say(number, "还有", List.of(), Actor.CUSTOMER), "teamwork.refused.thread-closed");
        thread.invite(number, null, agent.actor());
        assertThat(thread.of(complaint.id()).orElseThrow().isOpen()).isTrue();
    }

    /** Where links know their address from. */
    private static void withinARequest() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
    }

    private List<Said> said(Purpose purpose) {
        return correspondence.said(complaint.id(), 50).stream()
                .filter(each -> each.purpose() == purpose)
                .toList();
    }

    @Test
    void whoIsInvitedIsToldWhereAndOnceEachTime() {
        withinARequest();
        complaints.perform(number, null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        thread.invite(number, "您好", agent.actor());
        refused(() -> thread.invite(number, null, agent.actor()), "teamwork.refused.thread-open");
        assertThat(said(Purpose.CONVERSATION))
                .singleElement()
                .satisfies(told ->
                        assertThat(told.text()).contains("在线沟通", number.readable(), "http", "/t/" + number.digits()));
        thread.end(number, "已说清", agent.actor());
        thread.invite(number, null, agent.actor());
        assertThat(said(Purpose.CONVERSATION)).hasSize(2);
    }

    @Test
    void whoIsAskedIsToldUntilWhen() {
        withinARequest();
        Instant due = Instant.parse("2031-04-05T06:07:00Z");
        tasks.ask(
                number,
                new DepartmentTasks.NewTask(Ids.next(), "向客户补充材料", "请发购机发票", null, agent.id(), due, List.of()),
                agent);
        assertThat(said(Purpose.INFORMATION_REQUEST))
                .singleElement()
                .satisfies(told -> assertThat(told.text())
                        .contains(bundles.in(Locale.SIMPLIFIED_CHINESE).dateTime(due)));
    }

    @Test
    void afterTheErasureNothingCanBeRead() {
        UUID id = give(technician, "上门检测", "拍照");
        thread.invite(number, "您好", agent.actor());
        complaints.perform(number, null, new Command.Withdraw("已解决"), agent.actor());
        tasks.withdraw(number, id, "撤诉", agent);
        complaints.perform(number, null, new Command.Archive(null), agent.actor());
        complaints.perform(number, null, new Command.Erase("客户要求"), agent.actor());
        until(() -> task(id).title().isEmpty());
        assertThat(task(id).items()).extracting(Task.Item::text).containsOnly("");
        assertThat(thread.of(complaint.id()).orElseThrow().lines())
                .extracting(SharedThread.Line::text)
                .containsOnly("");
    }
}
