package io.bihuan.journeys;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.correspondence.Said;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.teamwork.Counts;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.Task;
import io.bihuan.teamwork.Teams;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A gearbox that three departments have to do with: one team, one plan, one owner, and one thread with the customer. */
@IndustriesTest
@NullUnmarked
class GearboxJourney extends CaseworkStory {
    private static final String INTERNAL = "阀体同批次有缺陷，供应商尚未认账";

    @Autowired
    Teams teams;

    @Autowired
    DepartmentTasks tasks;

    @Autowired
    Counts counts;

    private SignedIn technician;
    private SignedIn storekeeper;
    private SignedIn dealers;
    private SignedIn outsider;

    @BeforeEach
    void departments() {
        technician = person(staff, "陈工", "technical-support", Role.HANDLER);
        storekeeper = person(staff, "孙仓管", "parts", Role.HANDLER);
        dealers = person(staff, "钱店管", "dealers", Role.HANDLER);
        outsider = person(staff, "吴三电", "energy", Role.HANDLER);
    }

    @Test
    void threeDepartmentsWorkAsOneTeamAndTheCustomerHearsOneVoice() throws Exception {
        files("automobile", "gearbox-fault", "变速箱顿挫，换过一次阀体，三周后又挂不上挡，车停在店里。", Map.of("brand", "别克", "model", "君越"));
        does(owner, desk + "/ownership");
        does(
                owner,
                desk + "/assessment",
                "kind",
                "COMPLAINT",
                "category",
                "gearbox-fault",
                "severity",
                "MAJOR",
                "priority",
                "HIGH",
                "department",
                "technical-support",
                "handler",
                id(technician),
                "factorSeverity",
                "3",
                "factorSafety",
                "4",
                "factorComplexity",
                "4",
                "factorImpact",
                "2",
                "factorImmediacy",
                "3");
        runs("plan", "solve", "progress-1");
        teamIsCalledBegunAndPlans();
        tasksGoFromHandToHand();
        colleaguesTalk();
        customerTalks();
        ownerChanges();
    }

    private void teamIsCalledBegunAndPlans() throws Exception {
        String team = desk + "/team";
        assertThat(teams.proposed(complaint()))
                .as("complexity, and a major case")
                .hasSizeGreaterThanOrEqualTo(2);
        for (SignedIn other : new SignedIn[] {storekeeper, dealers, outsider}) {
            assertThat(open(other, desk).getStatus()).isEqualTo(404);
        }
        does(owner, team, "to", "p:" + id(technician), "text", INTERNAL);
        runs("team-start", "team-plan");
        until(() -> notices.of(technician.id(), null).stream()
                .anyMatch(told -> told.notice().key().startsWith("teamwork.")));
        does(technician, team + "/members", "to", "p:" + id(storekeeper));
        does(technician, team + "/members", "to", "p:" + id(dealers));
        for (SignedIn member : new SignedIn[] {storekeeper, dealers}) {
            assertThat(page(member, desk)).contains(number.readable());
            assertThat(page(member, team)).contains(INTERNAL);
        }
        assertThat(open(outsider, desk).getStatus()).as("is not of the team").isEqualTo(404);

        time.advance(Duration.ofMinutes(110));
        does(technician, team + "/start", "text", INTERNAL);
        kept("team-start");
        does(
                technician,
                team + "/steps",
                "id",
                "",
                "text",
                "拆检变速箱",
                "to",
                "p:" + id(technician),
                "dueAt",
                in(Duration.ofDays(1)));
        does(
                technician,
                team + "/steps",
                "text",
                "调拨阀体总成",
                "to",
                "p:" + id(storekeeper),
                "dueAt",
                in(Duration.ofDays(2)));
        time.advance(Duration.ofHours(40));
        runs("team-plan", "plan");
        does(technician, team + "/plan", "text", "先拆检，阀体有缺陷即换总成");
        kept("team-plan", "plan");
        does(technician, team + "/decisions", "text", INTERNAL);
        assertThat(page(dealers, team)).contains("拆检变速箱", "调拨阀体总成", "先拆检", "方案已形成");
        assertThat(page(storekeeper, "/desk/tasks")).contains("调拨阀体总成");
        assertThat(tracked()).doesNotContain(INTERNAL, "拆检变速箱", "调拨阀体总成");
    }

    private Task task() {
        return tasks.of(complaint().id()).getFirst();
    }

    private void tasksGoFromHandToHand() throws Exception {
        does(
                owner,
                desk + "/tasks",
                "title",
                "查总成库存",
                "what",
                INTERNAL,
                "to",
                "d:parts",
                "dueAt",
                in(Duration.ofDays(1)),
                "items",
                "查在库\n查在途\n");
        String task = desk + "/tasks/" + task().id();
        does(storekeeper, task + "/acceptance");
        isRefused(storekeeper, task + "/returns", "text", " ");
        does(storekeeper, task + "/hand-overs", "to", "p:" + id(dealers), "text", "在途件由店里收货");
        assertThat(task().assignee()).isEqualTo(dealers.id());
        assertThat(task().handOvers()).isEqualTo(1);
        does(dealers, task + "/returns", "text", "店里无权限查在途");
        assertThat(task().returns()).isEqualTo(1);
        assertThat(task().assignee()).isEqualTo(storekeeper.id());
        assertThat(isRefused(storekeeper, task + "/result", "text", "有一台在途")).contains("有一台在途");
        does(storekeeper, task + "/items/0", "ticked", "true");
        does(storekeeper, task + "/items/1", "ticked", "true");
        does(storekeeper, task + "/result", "text", "有一台在途，周五到");
        assertThat(tasks.open(complaint().id())).isZero();
        isCounted(1, 1);
        assertThat(page(owner, desk)).contains("有一台在途，周五到", "店里无权限查在途");
        assertThat(tracked()).doesNotContain("在途", "无权限");
    }

    private void colleaguesTalk() throws Exception {
        does(owner, desk + "/discussion", "text", "请 @" + dealers.login() + " 准备代步车，" + INTERNAL);
        until(() -> notices.of(dealers.id(), null).stream()
                .anyMatch(told -> told.notice().key().contains("mention")));
        assertThat(page(dealers, desk + "/discussion")).contains("准备代步车", "@钱店管", ">新</span>");
        assertThat(page(dealers, desk + "/discussion")).contains("准备代步车").doesNotContain(">新</span>");
        assertThat(tracked()).doesNotContain("代步车");
    }

    private void customerTalks() throws Exception {
        assertThat(tracked()).doesNotContain("name=\"said\"");
        does(owner, desk + "/thread", "text", "您好，我是周敏，进展我在这里告诉您。");
        assertThat(tracked()).contains("进展我在这里告诉您", "name=\"said\"");
        assertThat(answers(tracking, tracking + "/thread", "said", "能不能先给一辆代步车？"))
                .contains("先给一辆代步车");
        assertThat(page(owner, desk)).contains("1 条未读");
        assertThat(page(technician, desk + "/thread")).contains("先给一辆代步车");
        does(owner, desk + "/thread/lines", "text", "周三上午送到您楼下。");
        assertThat(tracked()).contains("周三上午送到您楼下").doesNotContain(INTERNAL);
        does(owner, desk + "/thread/end", "text", INTERNAL);
        assertThat(tracked()).contains("周三上午送到您楼下").doesNotContain("name=\"said\"", INTERNAL);
    }

    /** Nobody else owns it without a reason and without the customer knowing. */
    private void ownerChanges() throws Exception {
        int before = changesOfOwner();
        SignedIn next = person(staff, "林晓雨", null, Role.AGENT);
        isRefused(owner, desk + "/transfer", "owner", next.login(), "reason", "");
        assertThat(complaint().owner()).isNotEqualTo(next.id());
        does(owner, desk + "/transfer", "owner", next.login(), "reason", INTERNAL);
        assertThat(complaint().owner()).isEqualTo(next.id());
        // A clock that ran out may have given it to somebody else before or since: of two changes the last one is told.
        until(() ->
                !complaint().owner().equals(next.id()) || ownersTold().stream().anyMatch(text -> text.contains("林晓雨")));
        assertThat(ownersTold()).noneMatch(text -> text.contains(INTERNAL));
        assertThat(tracked()).contains("林晓雨").doesNotContain(INTERNAL);
        assertThat(changesOfOwner()).isGreaterThan(before);
        isCounted(1, 1);
    }

    /** Also what is held back, because the customer has had many messages or it is late. */
    private List<String> ownersTold() {
        messageWork.work();
        return correspondence.said(complaint().id(), 50).stream()
                .filter(said -> said.purpose() == Purpose.OWNER_CHANGED)
                .map(Said::text)
                .toList();
    }

    /** Whom it is given at first is chosen among all who are there, and a clock that runs out may give it another owner. */
    private void isCounted(int handOversOfTasks, int returns) {
        until(() -> counts.of(complaint().id()).equals(new Counts.Tally(changesOfOwner() + handOversOfTasks, returns)));
    }

    private int changesOfOwner() {
        return Collections.frequency(history(), "OwnershipTransferred");
    }
}
