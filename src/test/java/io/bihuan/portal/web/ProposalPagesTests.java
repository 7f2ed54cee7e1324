package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.Issue;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.investigation.Deed;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.Responsibility;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.Answer;
import io.bihuan.solution.Offer;
import io.bihuan.solution.PlannedMeasure;
import io.bihuan.solution.ProposalLinks;
import io.bihuan.solution.SolutionAction;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Measure;
import io.bihuan.teamwork.SharedThread;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.util.unit.DataSize;

/** What a customer reads and says by a link: proposals and the thread with the staff, and nothing of what the staff say to each other. */
@BihuanTest
class ProposalPagesTests {
    private static final String SECRET = "内部机密-5521";
    private static final AtomicInteger LOGINS = new AtomicInteger();

    @Autowired
    Compensations compensations;

    @Autowired
    Investigations investigations;

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles complaintFiles;

    @Autowired
    Files files;

    @Autowired
    Solutions solutions;

    @Autowired
    SharedThread thread;

    @Autowired
    ProposalLinks proposalLinks;

    @Autowired
    TrackingLinks links;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private UUID manager;
    private Visitor visitor;

    @BeforeEach
    void people() {
        manager = staff.create(
                "proposals" + LOGINS.incrementAndGet(),
                "correct horse battery",
                false,
                StaffDetails.of("方远", null, Role.MANAGER));
        visitor = new Visitor(http);
    }

    @Test
    void aProposalIsReadAndAcceptedByItsLinkOnce() {
        ComplaintNumber number = proposed();
        String path = proposalLinks.path(number, 1);
        assertThat(tracking(number)).contains("href=\"" + path + "\"").contains("查看并答复方案");

        var page = visitor.open(path);
        assertThat(page.html()).contains("退还三次上门费", "退款", "280", "同意方案").doesNotContain(SECRET);
        var fields = Map.of("form", page.field("form"), "answer", "accept");
        assertThat(visitor.follow(visitor.send(path + "/answer", fields)).html())
                .contains("已记录您同意方案")
                .contains("您已同意这个方案");
        assertThat(visitor.follow(visitor.send(path + "/answer", fields)).html())
                .contains("没有重复登记");

        assertThat(offer(number).state()).isEqualTo(Offer.State.ACCEPTED);
        assertThat(history(number)).containsOnlyOnce("ProposalAnswered");
    }

    @Test
    void aRejectionNeedsAReasonAndShowsWhereElseToTurn() {
        ComplaintNumber number = proposed();
        String path = proposalLinks.path(number, 1);
        String form = visitor.open(path).field("form");

        var without = visitor.send(path + "/answer", Map.of("form", form, "answer", "reject", "reason", " "));
        assertThat(without.status()).isEqualTo(422);
        assertThat(offer(number).state()).isEqualTo(Offer.State.OPEN);
        assertThat(visitor.send(path + "/answer", Map.of("form", form)).status())
                .isEqualTo(422);

        var rejected = visitor.send(path + "/answer", Map.of("form", form, "answer", "reject", "reason", "只退钱不道歉"));
        assertThat(visitor.follow(rejected).html()).contains("您没有同意这个方案", "只退钱不道歉", "12315");
        assertThat(offer(number).state()).isEqualTo(Offer.State.REJECTED);
        var late = visitor.send(path + "/answer", Map.of("form", "", "answer", "accept"));
        assertThat(late.status()).isEqualTo(422);
        assertThat(offer(number).state()).isEqualTo(Offer.State.REJECTED);
    }

    @Test
    void whatIsAskedAboutAProposalIsAnsweredOnItsPage() {
        ComplaintNumber number = proposed();
        String path = proposalLinks.path(number, 1);
        var asked = visitor.send(
                path + "/questions", Map.of("form", visitor.open(path).field("form"), "question", "什么时候到账？"));
        assertThat(visitor.follow(asked).html()).contains("什么时候到账？", "会尽快答复");

        solutions.act(number, new SolutionAction.Reply(1, 1, "三个工作日内原路退回"), Actor.staff(manager));
        assertThat(visitor.open(path).html()).contains("三个工作日内原路退回");
    }

    @Test
    void aLinkOpensOneProposalOnly() {
        ComplaintNumber number = proposed();
        String path = proposalLinks.path(number, 1);
        String tracking = links.path(number);

        for (String forged : List.of(
                path.substring(0, path.length() - 2) + "AA",
                path.replace("-1-", "-2-"),
                "/p/" + tracking.substring("/t/".length()),
                "/p/x")) {
            assertThat(visitor.open(forged).status()).as(forged).isEqualTo(404);
            assertThat(visitor.send(forged + "/answer", Map.of("answer", "accept"))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(visitor.open("/t/" + path.substring("/p/".length())).status())
                .isEqualTo(404);
        var page = visitor.open(path);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
    }

    @Test
    void theCustomerTalksInTheThreadOnceInvited() throws IOException {
        ComplaintNumber number = proposed();
        String path = links.path(number);
        assertThat(tracking(number)).doesNotContain("与负责人沟通");
        assertThat(visitor.send(path + "/thread", Map.of("said", "有人吗")).status())
                .isEqualTo(422);

        thread.invite(number, "您好，我是方远，有事直接在这里说。", Actor.staff(manager));
        Attachment price = stored("价格表.txt");
        thread.say(number, "请看价格表", List.of(price), Actor.staff(manager));
        var page = visitor.open(path);
        assertThat(page.html()).contains("与负责人沟通", "有事直接在这里说", "方远", "价格表.txt").doesNotContain(SECRET);
        assertThat(visitor.open(path + "/files/" + price.sha256()).status()).isEqualTo(200);

        var fields = Map.of("form", page.field("form"), "said", "明天下午三点以后都在家");
        assertThat(visitor.follow(visitor.send(path + "/thread", fields)).html())
                .contains("明天下午三点以后都在家");
        visitor.send(path + "/thread", fields);
        assertThat(history(number).stream().filter("SharedSaid"::equals).count())
                .as("the greeting, the list, and what was sent twice")
                .isEqualTo(3);

        thread.end(number, SECRET + "已办完", Actor.staff(manager));
        assertThat(tracking(number)).contains("沟通已结束").doesNotContain(SECRET).doesNotContain("name=\"said\"");
        assertThat(visitor.send(path + "/thread", Map.of("said", "还有一事")).status())
                .isEqualTo(422);
    }

    @Test
    void anAcceptedProposalShowsWhatIsDone() {
        ComplaintNumber number = proposed();
        solutions.answer(number, 1, Answer.ACCEPTED, null, Contact.PHONE, Actor.staff(manager));
        complaints.record(
                number,
                null,
                Actor.staff(manager),
                (locked, writes) -> compensations.issue(
                        locked,
                        compensations.ofProposal(locked.id(), 1).getFirst().id(),
                        new Issue.Credit(),
                        Actor.staff(manager)));
        solutions.act(number, new SolutionAction.Finish(1, 1, SECRET + "流水号 7", List.of()), Actor.staff(manager));

        assertThat(visitor.open(proposalLinks.path(number, 1)).html())
                .contains("已完成")
                .doesNotContain(SECRET);
    }

    // ---- inside ----

    private ComplaintNumber proposed() {
        String location = visitor.file(Map.of()).location();
        ComplaintNumber number =
                links.verify(location.substring("/complain/receipts/".length())).orElseThrow();
        for (Command command : List.of(
                new Command.ConfirmOwnership(manager),
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        null,
                        SECRET + "评估"),
                new Command.Verify(Finding.SUBSTANTIATED, SECRET + "核实"),
                new Command.Note(SECRET + "备注", List.of()))) {
            complaints.perform(number, null, command, Actor.staff(manager));
        }
        investigations.perform(
                number,
                new Deed.DecideResponsibility(Responsibility.OURS, null, "三次维修记录属实", null),
                Actor.staff(manager));
        var refund = new PlannedMeasure(
                UUID.randomUUID(),
                1,
                Measure.REFUND,
                "finance",
                null,
                time.instant().plus(Duration.ofDays(2)),
                280_00L,
                null,
                false,
                Personal.of("三次上门费原路退回"));
        var content = new SolutionAction.Content(Outcome.ACCEPTED, "退还三次上门费并重新上门检漏", SECRET + "依据", List.of(refund));
        for (SolutionAction action : List.of(
                new SolutionAction.Draft(UUID.randomUUID(), content), new SolutionAction.Send(1, Contact.SMS))) {
            solutions.act(number, action, Actor.staff(manager));
        }
        return number;
    }

    private Attachment stored(String name) throws IOException {
        var content = new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8));
        return ComplaintFiles.attachment(files.store(content, name, DataSize.ofMegabytes(1)), name);
    }

    private String tracking(ComplaintNumber number) {
        return visitor.open(links.path(number)).html();
    }

    private Offer offer(ComplaintNumber number) {
        Complaint complaint = complaints.find(number).orElseThrow();
        return solutions.offer(complaint, 1).orElseThrow();
    }

    private List<String> history(ComplaintNumber number) {
        return complaints.history(number, 0, 500).stream()
                .map(event -> event.type())
                .toList();
    }
}
