package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Two customers whose complaints were joined: each follows by the own number, and reads nothing of the other one. */
@BihuanTest
class JoinedTrackingTests {
    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    TrackingLinks links;

    @Autowired
    Staff staff;

    private Actor agent;
    private UUID owner;
    private Visitor visitor;
    private ComplaintNumber living;
    private ComplaintNumber duplicate;

    @BeforeEach
    void twoCustomers() {
        owner = staff.create(
                "joins-" + UUID.randomUUID(), "correct horse battery", false, StaffDetails.of("王小明", null, Role.AGENT));
        agent = Actor.staff(owner);
        visitor = new Visitor(http);
        living = filed(Map.of("name", "钱甲一", "phone", "13812340001", "content", "甲的文字：楼上空调往下滴水"));
        duplicate = filed(Map.of("name", "孙乙二", "phone", "13812340002", "content", "乙的文字：我家也被空调滴水"));
        perform(living, new Command.AddInformation("甲先前的补充", List.of()), Actor.CUSTOMER);
    }

    private ComplaintNumber filed(Map<String, String> changed) {
        String location = visitor.file(changed).location();
        return links.verify(location.substring("/complain/receipts/".length())).orElseThrow();
    }

    private Complaint perform(ComplaintNumber number, Command command, Actor actor) {
        return complaints.perform(number, null, command, actor);
    }

    private void join() {
        perform(duplicate, new Command.Join(living, "同一台空调"), agent);
    }

    private Visitor.Answer page(ComplaintNumber number) {
        return visitor.open(links.path(number));
    }

    private void add(ComplaintNumber number, String text) {
        var sent = visitor.send(
                links.path(number) + "/information", Map.of("form", page(number).field("form"), "text", text));
        assertThat(sent.status()).isEqualTo(303);
    }

    private void solved() {
        perform(living, new Command.ConfirmOwnership(owner), agent);
        perform(
                living,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.URGENT,
                        Priority.HIGH,
                        "technical-support",
                        null,
                        null),
                agent);
        perform(living, new Command.Verify(Finding.SUBSTANTIATED, "属实"), agent);
        perform(living, new Command.Solve(Outcome.ACCEPTED, "更换排水管", null), agent);
        perform(living, new Command.TellResult(Contact.PHONE, "排水管已更换。"), agent);
    }

    @Test
    void bothFollowTheSameProgressByTheirOwnNumberAndSeeTheirOwnTextOnly() {
        join();
        add(duplicate, "乙后来的补充");
        add(living, "甲后来的补充");
        solved();

        assertThat(page(duplicate).html())
                .contains(duplicate.readable(), "排水管已更换。", "乙的文字", "乙后来的补充", "孙**")
                .doesNotContain("甲的文字")
                .doesNotContain("甲先前的补充")
                .doesNotContain("甲后来的补充")
                .doesNotContain("钱**")
                .doesNotContain("138****0001")
                .doesNotContain(living.readable());
        assertThat(page(living).html())
                .contains(living.readable(), "排水管已更换。", "甲的文字", "甲先前的补充", "甲后来的补充", "钱**")
                .doesNotContain("乙的文字")
                .doesNotContain("乙后来的补充")
                .doesNotContain("孙**")
                .doesNotContain("138****0002")
                .doesNotContain(duplicate.readable());
    }

    @Test
    void whatOneWritesReachesTheComplaintThatIsHandled() {
        join();
        add(duplicate, "乙后来的补充");
        assertThat(complaints.history(living, 0, 100).getLast().event())
                .isInstanceOfSatisfying(
                        ComplaintEvent.InformationAdded.class,
                        added -> assertThat(added.through()).isEqualTo(duplicate));
        assertThat(complaints.history(duplicate, 0, 100))
                .extracting(HistoryEvent::type)
                .endsWith("Joined");
    }

    @Test
    void anAnswerByAJoinedNumberReopensTheWorkOnTheLivingOneAndIsNotShownToTheOther() {
        join();
        solved();
        var page = page(duplicate);
        visitor.send(
                links.path(duplicate) + "/confirmation",
                Map.of(
                        "form",
                        page.field("form"),
                        "told",
                        page.field("told"),
                        "answer",
                        "unsolved",
                        "reason",
                        "乙说还在滴水"));
        assertThat(complaints.find(living).orElseThrow().stage()).isEqualTo(Stage.HANDLE);
        assertThat(page(living).html()).doesNotContain("乙说还在滴水");
        assertThat(page(duplicate).html()).contains("乙说还在滴水");
    }

    @Test
    void nobodyTakesBackWhatIsAlsoTheOthers() {
        assertThat(page(duplicate).html()).contains("/withdrawal");
        join();
        assertThat(page(duplicate).html()).doesNotContain("/withdrawal");
        assertThat(page(living).html()).doesNotContain("/withdrawal");
        visitor.send(links.path(duplicate) + "/withdrawal", Map.of("form", "", "why", "solved", "text", ""));
        assertThat(complaints.find(living).orElseThrow().stage()).isEqualTo(Stage.ACCEPT);
    }

    @Test
    void afterASeparationEachFollowsTheOwnComplaintAgain() {
        join();
        add(duplicate, "乙后来的补充");
        perform(duplicate, new Command.Separate("另一台空调"), agent);
        solved();
        assertThat(page(duplicate).html()).contains("乙的文字", "恢复单独办理").doesNotContain("排水管已更换。");
        assertThat(page(living).html()).doesNotContain("乙后来的补充");
        add(duplicate, "乙自己的补充");
        assertThat(complaints.history(duplicate, 0, 100))
                .extracting(HistoryEvent::type)
                .endsWith("InformationAdded");
    }

    @Test
    void aCustomerChoosesTheKind() {
        assertThat(visitor.open("/complain").html()).contains("投诉", "咨询", "建议", "报修", "表扬");
        ComplaintNumber praise = filed(Map.of("kind", "PRAISE", "content", "师傅非常专业，特此表扬"));
        assertThat(complaints.find(praise).orElseThrow().kind()).isEqualTo(Kind.PRAISE);
        assertThat(page(praise).html()).contains("表扬已登记", "表扬致谢").doesNotContain("投诉已登记", "投诉编号", "撤诉");
    }
}
