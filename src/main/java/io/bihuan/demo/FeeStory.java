package io.bihuan.demo;

import io.bihuan.compensation.Catalogue;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Notice;
import io.bihuan.correspondence.Saying;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.investigation.CheckResult;
import io.bihuan.investigation.Deed;
import io.bihuan.investigation.EvidenceKind;
import io.bihuan.investigation.FindingKind;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.PlaybookLine;
import io.bihuan.investigation.Responsibility;
import io.bihuan.investigation.Side;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.Answer;
import io.bihuan.solution.PlannedMeasure;
import io.bihuan.solution.SolutionAction;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Measure;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.teamwork.Teams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The one complaint of the demonstration in which everything happens that casework knows: an investigation with evidence, a task and
 * a team, a conversation with the customer, a proposal that was approved and accepted, and what it grants.
 */
@Component
@Profile("demo")
class FeeStory {
    private static final DataSize LARGEST = DataSize.ofMegabytes(1);
    private static final String BILL = """
            服务收费单
            工单尾号 0417　冰箱不制冷　型号 BCD-330
            上门检测费　　50.00
            加氟 2 斤　　 430.00
            合计　　　　　480.00
            收款方式：师傅个人收款码
            """;
    private static final String PRICES = """
            维修收费公示（冰箱）
            第 7 项　上门检测费　　30.00
            第 12 项　加注制冷剂（不限量）　160.00，含检漏
            """;
    private static final String CHAT = """
            10:02 客户：加一斤是多少钱？
            10:03 师傅：看压力，加多少算多少。
            11:20 师傅：两斤，一共四百八，转我就行。
            """;

    /** The files of it; stored before its transaction begins. */
    record Papers(Attachment bill, Attachment prices, Attachment chat) {}

    /** Who takes part. */
    record People(UUID owner, UUID handler, UUID quality, UUID lead) {}

    private final Complaints complaints;
    private final Correspondence correspondence;
    private final Investigations investigations;
    private final DepartmentTasks tasks;
    private final Teams teams;
    private final SharedThread thread;
    private final Solutions solutions;
    private final Staff staff;
    private final Files files;

    FeeStory(
            Complaints complaints,
            Correspondence correspondence,
            Investigations investigations,
            DepartmentTasks tasks,
            Teams teams,
            SharedThread thread,
            Solutions solutions,
            Staff staff,
            Files files) {
        this.complaints = complaints;
        this.correspondence = correspondence;
        this.investigations = investigations;
        this.tasks = tasks;
        this.teams = teams;
        this.thread = thread;
        this.solutions = solutions;
        this.staff = staff;
        this.files = files;
    }

    Papers papers() throws IOException {
        return new Papers(stored("收费单.txt", BILL), stored("公示价目表.txt", PRICES), stored("与师傅的聊天记录.txt", CHAT));
    }

    private Attachment stored(String name, String text) throws IOException {
        try (var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return ComplaintFiles.attachment(files.store(in, name, LARGEST), name);
        }
    }

    /** Lets it happen to a complaint that was assessed, from this moment on. */
    void tell(Complaint complaint, People people, Papers papers, Instant begin, Instant end) {
        new Telling(complaint.number(), people, papers, begin, end).tell(complaint);
    }

    private final class Telling implements InstantSource {
        private final ComplaintNumber number;
        private final People people;
        private final Papers papers;
        private final Instant end;
        private final Complaints past = complaints.at(this);
        private final Correspondence said = correspondence.at(this);
        private final Investigations found = investigations.at(this);
        private final Solutions solved = solutions.at(this);
        private Instant now;

        Telling(ComplaintNumber number, People people, Papers papers, Instant begin, Instant end) {
            this.number = number;
            this.people = people;
            this.papers = papers;
            this.now = begin;
            this.end = end;
        }

        @Override
        public Instant instant() {
            return now;
        }

        private void pass(int minutes) {
            Instant next = now.plus(Duration.ofMinutes(minutes * 4L / 5));
            now = next.isAfter(end) ? end : next;
        }

        void tell(Complaint complaint) {
            investigated(complaint);
            workedOnTogether();
            talkedOver();
            decided(complaint.id());
        }

        private void investigated(Complaint complaint) {
            pass(25);
            investigate(new Deed.PlanStep("逐项对照公示价目表，算出差额", people.handler(), now.plus(Duration.ofHours(4))));
            investigate(new Deed.PlanStep("向网点核实是否有书面报价和签字", people.handler(), end.plus(Duration.ofHours(3))));
            pass(12);
            List<PlaybookLine> lines = investigations.lines(complaint);
            List<PlaybookLine> wanted = of(lines, PlaybookLine.Part.COLLECT);
            evidence(papers.bill(), EvidenceKind.INVOICE, "客户拍照提供", key(wanted, 0));
            evidence(papers.prices(), EvidenceKind.QUOTE, "官网公示，当日下载", null);
            evidence(papers.chat(), EvidenceKind.CHAT, "客户授权提供", key(wanted, 1));
            String missing = key(wanted, 2);
            if (missing != null) {
                investigate(new Deed.ExcuseEvidence(missing, "加注制冷剂不更换零件，没有旧件可拍"));
            }
            List<String> answers = List.of(
                    "动工前没有报价，也没有签字。", "付了 480 元，转到师傅个人收款码。", "认为加两斤不实，整机充注量只有 60 克。", "购机发票 2022-05-03，已过整机保修期。");
            List<PlaybookLine> questions = of(lines, PlaybookLine.Part.ASK);
            for (int i = 0; i < Math.min(answers.size(), questions.size()); i++) {
                investigate(new Deed.Answer(questions.get(i).key(), null, answers.get(i)));
            }
            pass(18);
            investigate(new Deed.TakeStatement(
                    Side.CUSTOMER, "汤女士", "师傅没有先报价，加完才说四百八，还说不付就把氟放掉。", now.minus(Duration.ofMinutes(10))));
            pass(35);
            investigate(new Deed.TakeStatement(
                    Side.OTHER_SIDE, "上门师傅", "承认没有报价，说价格是按以前的习惯收的。", now.minus(Duration.ofMinutes(8))));
            List<PlaybookLine> checks = of(lines, PlaybookLine.Part.CHECK);
            for (int i = 0; i < checks.size(); i++) {
                investigate(
                        i == 0
                                ? new Deed.Answer(
                                        checks.get(i).key(), CheckResult.NOT_IN_ORDER, "公示价 160 元封顶，实收 480 元，差额 320 元。")
                                : new Deed.Answer(checks.get(i).key(), CheckResult.IN_ORDER, ""));
            }
            investigate(new Deed.RecordFinding(
                    FindingKind.FACT,
                    "加注制冷剂公示价 160 元（不限量，含检测），实收 480 元，多收 320 元。",
                    List.of(papers.bill().sha256(), papers.prices().sha256()),
                    List.of()));
            UUID step = investigations.of(number).steps().getFirst().id();
            investigate(new Deed.CompleteStep(step, "差额 320 元，已请财务复核。"));
            investigate(new Deed.DecideResponsibility(Responsibility.OURS, null, "收费高于公示价且未先报价，违反服务规范第 5 条。", null));
            past.perform(
                    number,
                    null,
                    new Command.Verify(Finding.SUBSTANTIATED, "加氟公示价 160 元，实收 480 元，多收 320 元，未先报价，属实。"),
                    Actor.staff(people.handler()));
            pass(20);
            spoken(Notice.FINDINGS, "我们核实到：公示价 160 元，师傅实收 480 元，多收的 320 元属实。");
        }

        private void evidence(Attachment file, EvidenceKind kind, String source, @Nullable String line) {
            investigate(new Deed.AddEvidence(
                    List.of(file), new Deed.About(kind, source, now.minus(Duration.ofMinutes(5)), line)));
        }

        private void investigate(Deed deed) {
            found.perform(number, deed, Actor.staff(people.handler()));
        }

        private static List<PlaybookLine> of(List<PlaybookLine> lines, PlaybookLine.Part part) {
            return lines.stream().filter(line -> line.part() == part).toList();
        }

        private static @Nullable String key(List<PlaybookLine> lines, int index) {
            return index < lines.size() ? lines.get(index).key() : null;
        }

        private void workedOnTogether() {
            pass(15);
            UUID task = Ids.next();
            DepartmentTasks given = tasks.at(this);
            given.give(
                    number,
                    new DepartmentTasks.NewTask(
                            task,
                            "查这个网点近三个月的加氟收费",
                            "看是否还有别的客户被多收，列出单号和差额。",
                            "quality",
                            people.quality(),
                            end.plus(Duration.ofHours(20)),
                            List.of("调出近三个月工单", "逐单对照公示价", "列出应退客户")),
                    person(people.owner()));
            pass(30);
            given.accept(number, task, person(people.quality()));
            given.tick(number, task, 1, true, person(people.quality()));
            Teams called = teams.at(this);
            called.call(number, "网点可能长期按斤收费，财务和质量一起查清。", people.owner(), person(people.owner()));
            called.join(number, people.handler(), person(people.owner()));
            called.join(number, people.quality(), person(people.owner()));
            pass(40);
            called.start(number, "先退款，再查网点其他工单。", person(people.owner()));
            called.set(
                    number,
                    Ids.next(),
                    "网点收费整改方案",
                    people.quality(),
                    end.plus(Duration.ofHours(40)),
                    person(people.owner()));
            called.plan(number, "今天退款，两天内查清同网点的加氟工单，主动退还其他客户。", person(people.owner()));
        }

        private void talkedOver() {
            pass(30);
            SharedThread open = thread.at(this);
            open.invite(number, "您好，我是负责您这件事的客服，退款和复查的进展都会写在这里，您也可以直接回复。", Actor.staff(people.owner()));
            pass(22);
            open.say(number, "谢谢。钱是转给师傅个人的，你们怎么退给我？", List.of(), Actor.CUSTOMER);
            pass(9);
            open.say(number, "由公司直接退到您的账户，不用找师傅。附上公示价目表，您可以对照。", List.of(papers.prices()), Actor.staff(people.owner()));
        }

        private void decided(UUID complaint) {
            pass(45);
            solved.act(
                    number,
                    new SolutionAction.Draft(
                            Ids.next(),
                            new SolutionAction.Content(
                                    Outcome.ACCEPTED,
                                    "退还多收的 320 元；送一张 50 元维修抵用券；责任师傅停派培训，网点收费单改为先报价后动工。",
                                    "多收属实，客户要求合理。",
                                    List.of(
                                            measure(
                                                    1,
                                                    Measure.REFUND,
                                                    "finance",
                                                    20,
                                                    32_000L,
                                                    "overcharge-refund",
                                                    false,
                                                    "多收的 320 元退回您的账户"),
                                            measure(
                                                    2,
                                                    Measure.COUPON,
                                                    "customer-relations",
                                                    20,
                                                    5_000L,
                                                    Catalogue.GOODWILL,
                                                    false,
                                                    "50 元维修抵用券，半年内有效"),
                                            measure(
                                                    3,
                                                    Measure.TRAINING,
                                                    "outlets",
                                                    70,
                                                    null,
                                                    null,
                                                    true,
                                                    "责任师傅停派三天，重学报价规范")))),
                    Actor.staff(people.handler()));
            solved.act(number, new SolutionAction.AskApproval(1), Actor.staff(people.handler()));
            pass(28);
            int revision = solutions.of(complaint).find(1).orElseThrow().revision();
            solved.act(number, new SolutionAction.Approve(1, revision, "同意。网点其他工单一并查。"), Actor.staff(people.lead()));
            spoken(Notice.SOLUTION, "处理方案是：退还 320 元，送 50 元抵用券，方案链接已发到您手机上。");
            solved.act(number, new SolutionAction.Send(1, Contact.SMS), Actor.staff(people.handler()));
            pass(16);
            solved.ask(number, 1, "抵用券能转给家里人用吗？", Actor.CUSTOMER);
            pass(7);
            solved.act(number, new SolutionAction.Reply(1, 1, "可以，报券码就行。"), Actor.staff(people.owner()));
            pass(11);
            solved.answer(number, 1, Answer.ACCEPTED, null, Contact.ONLINE, Actor.CUSTOMER);
        }

        private PlannedMeasure measure(
                int place,
                Measure kind,
                String department,
                int hours,
                @Nullable Long fen,
                @Nullable String item,
                boolean internal,
                String text) {
            return new PlannedMeasure(
                    Ids.next(),
                    place,
                    kind,
                    department,
                    null,
                    end.plus(Duration.ofHours(hours)),
                    fen,
                    item,
                    internal,
                    Personal.of(text));
        }

        private void spoken(Notice notice, String words) {
            said.spoken(
                    number,
                    new Saying(
                            notice.purpose(),
                            notice,
                            complaints.find(number).orElseThrow().id(),
                            Locale.CHINESE,
                            null,
                            null,
                            Map.of(),
                            words),
                    Contact.PHONE,
                    Actor.staff(people.owner()));
        }

        private SignedIn person(UUID id) {
            StaffMember member = staff.find(id).orElseThrow();
            return new SignedIn(member.id(), member.login(), member.name(), member.roles(), member.department(), false);
        }
    }
}
