package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Questions;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Personal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.util.unit.DataSize;

@BihuanTest
class TrackingTests {
    /** Stands in everything that only the staff may read. */
    private static final String SECRET = "内部机密";

    private static final AtomicInteger LOGINS = new AtomicInteger();

    @Autowired
    MovableTime time;

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles complaintFiles;

    @Autowired
    Files files;

    @Autowired
    TrackingLinks links;

    @Autowired
    Staff staff;

    @Autowired
    Questions questions;

    private UUID agent;
    private Visitor visitor;

    @BeforeEach
    void people() {
        agent = staff.create(
                "portal" + LOGINS.incrementAndGet(),
                "correct horse battery",
                false,
                StaffDetails.of("王小明", null, Role.AGENT));
        visitor = new Visitor(http);
    }

    private ComplaintNumber filed(Map<String, String> changed) {
        String location = visitor.file(changed).location();
        return links.verify(location.substring("/complain/receipts/".length())).orElseThrow();
    }

    private Complaint perform(ComplaintNumber number, Command... commands) {
        Complaint complaint = complaints.find(number).orElseThrow();
        for (Command command : commands) {
            // What was not accepted is decided by somebody else.
            boolean isReview =
                    command instanceof Command.Solve && history(number).contains("Solved");
            complaint = complaints.perform(number, null, command, Actor.staff(isReview ? colleague() : agent));
        }
        return complaint;
    }

    private ComplaintNumber told(Outcome outcome) {
        ComplaintNumber number = filed(Map.of());
        perform(
                number,
                new Command.ConfirmOwnership(agent),
                assess(),
                new Command.Verify(Finding.SUBSTANTIATED, SECRET + "核实"),
                new Command.Solve(outcome, SECRET + "方案", "可向消费者协会申请调解"),
                new Command.TellResult(Contact.PHONE, "免费更换压缩机，两天内上门。"));
        return number;
    }

    private static Command assess() {
        return new Command.Assess(
                Kind.COMPLAINT,
                "repeated-repair",
                Severity.URGENT,
                Priority.HIGH,
                "technical-support",
                null,
                SECRET + "评估");
    }

    private Visitor.Answer page(ComplaintNumber number) {
        return visitor.open(links.path(number));
    }

    private Visitor.Answer answer(ComplaintNumber number, Map<String, String> fields) {
        var page = page(number);
        var all = new HashMap<String, String>(Map.of("form", page.field("form"), "told", page.field("told")));
        all.putAll(fields);
        return visitor.send(links.path(number) + "/confirmation", all);
    }

    private Complaint state(ComplaintNumber number) {
        return complaints.find(number).orElseThrow();
    }

    private List<String> history(ComplaintNumber number) {
        return complaints.history(number, 0, 100).stream()
                .map(HistoryEvent::type)
                .toList();
    }

    @Test
    void theCustomerSeesEachStepAndNothingThatIsForTheStaff() {
        ComplaintNumber number = filed(Map.of("email", "zhang@example.com"));
        var page = page(number);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html())
                .contains(number.readable())
                .contains("投诉已登记")
                .contains("张** 138****5678 z***@example.com")
                .doesNotContain("13812345678")
                .doesNotContain("zhang@example.com")
                .doesNotContain("张三丰");

        step(number, new Command.ConfirmOwnership(agent), "首问负责人 王小明 已确认");
        step(number, new Command.Note(SECRET + "备注", List.of()), "投诉已登记");
        step(number, assess(), "已分派核实");
        assertThat(page(number).html()).doesNotContain("技术支持部").doesNotContain("紧急");
        step(number, new Command.Return(SECRET + "退回"), "已登记");
        step(number, assess(), "已分派核实");
        step(number, new Command.AskCustomer("请补充发票照片"), "请补充发票照片");
        step(number, new Command.ResumeWork(SECRET + "恢复"), "正在核实");
        step(number, new Command.AddInformation(SECRET + "员工补充", List.of()), "正在核实");
        step(number, new Command.Verify(Finding.PARTLY, SECRET + "核实"), "核实完成");
        assertThat(page(number).html()).doesNotContain("部分属实");
        step(number, new Command.Solve(Outcome.ACCEPTED, SECRET + "方案", SECRET + "途径"), "即将告知");
        assertThat(page(number).html()).doesNotContain("confirmation\"");
        step(number, new Command.TellResult(Contact.PHONE, "免费更换压缩机"), "免费更换压缩机");
        step(number, new Command.RecordAttempt(Contact.PHONE, SECRET + "联系"), "我们曾联系您");
        step(number, new Command.RefuseResult(SECRET + "客户电话里说的"), "您表示还没解决");
        step(number, new Command.TransferOwnership(colleague(), SECRET + "换人"), "改由 李红 负责");
        step(number, new Command.Solve(Outcome.REJECTED, SECRET + "方案二", "可拨打 12345"), "即将告知");
        assertThat(page(number).html()).doesNotContain("可拨打 12345");
        step(number, new Command.TellResult(Contact.SMS, "经核实为人为损坏"), "可拨打 12345");
        for (int i = 0; i < 3; i++) {
            step(number, new Command.RecordAttempt(Contact.PHONE, SECRET + "联系"), "请确认处理结果");
        }
        step(number, new Command.CloseUnreached(SECRET + "未联系上"), "结束确认");
        step(number, new Command.Archive(SECRET + "原因"), "已归档");
        step(number, new Command.Reopen(SECRET + "重开"), "已重新处理");
        step(number, new Command.Withdraw(SECRET + "电话撤诉"), "您已撤诉");
    }

    private UUID colleague() {
        return staff.create(
                "portal" + LOGINS.incrementAndGet(),
                "correct horse battery",
                false,
                StaffDetails.of("李红", null, Role.AGENT));
    }

    private void step(ComplaintNumber number, Command command, String shown) {
        perform(number, command);
        for (String language : List.of("zh", "en")) {
            var page = visitor.open(links.path(number) + "?lang=" + language);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.html()).as(command.toString()).doesNotContain(SECRET);
        }
        assertThat(page(number).html()).as(command.toString()).contains(shown);
    }

    @Test
    void promisesSayWhetherTheyWereKept() {
        ComplaintNumber number = filed(Map.of());
        assertThat(page(number).html()).contains("首次响应").contains("进行中");
        perform(number, new Command.ConfirmOwnership(agent));
        assertThat(page(number).html()).contains("已按时完成");
        perform(number, new Command.AskCustomer("请补充"));
        assertThat(page(number).html()).contains("暂停计时");
    }

    @Test
    void whatIsOwedToAnAuthorityIsNoPromiseToTheCustomer() {
        ComplaintNumber number = filed(Map.of());
        perform(
                number,
                new Command.ConfirmOwnership(agent),
                new Command.Assess(
                        Kind.COMPLAINT,
                        "safety",
                        Severity.MAJOR,
                        Priority.HIGH,
                        "technical-support",
                        null,
                        SECRET + "评估"));
        assertThat(state(number).runningClocks()).containsKeys("defect-report", "solve");
        assertThat(page(number).html()).contains("处理完成").doesNotContain("缺陷报告");
    }

    @Test
    void whatTheResultHasOvertakenIsNoPromiseThatWasKept() {
        ComplaintNumber number = filed(Map.of());
        perform(number, new Command.ConfirmOwnership(agent), assess());
        assertThat(page(number).html()).contains("第一次进展告知", "第三次进展告知");

        perform(
                number,
                new Command.Verify(Finding.SUBSTANTIATED, "核实"),
                new Command.Solve(Outcome.ACCEPTED, "更换", null));
        assertThat(page(number).html()).contains("处理", "已按时完成").doesNotContain("进展告知");
    }

    @AfterEach
    void now() {
        time.reset();
    }

    @Test
    void whatWasNeverToldWasNotToldLate() {
        ComplaintNumber number = filed(Map.of());
        perform(number, new Command.ConfirmOwnership(agent), assess());
        time.advance(Duration.ofDays(3));
        perform(
                number,
                new Command.Verify(Finding.SUBSTANTIATED, "核实"),
                new Command.Solve(Outcome.ACCEPTED, "更换", null));
        assertThat(page(number).html().replaceAll("\\s+", " "))
                .contains("第一次进展告知", "没有按时告知您，非常抱歉")
                .doesNotContainPattern("进展告知((?!<li).)*晚于承诺时间完成");
    }

    @Test
    void theCustomerConfirmsOnceAndIsThankedOnce() {
        ComplaintNumber number = told(Outcome.ACCEPTED);
        assertThat(page(number).html()).contains("这个结果解决您的问题了吗");
        var page = page(number);
        var fields = Map.of(
                "form", page.field("form"),
                "told", page.field("told"),
                "answer", "solved",
                "rating", "5",
                "comment", "师傅很专业");
        var path = links.path(number) + "/confirmation";

        var first = visitor.send(path, fields);
        assertThat(first.location()).isEqualTo(links.path(number));
        assertThat(visitor.follow(first).html())
                .contains("谢谢您的确认")
                .contains("师傅很专业")
                .contains("5 分（满分 5 分）");
        assertThat(visitor.follow(visitor.send(path, fields)).html()).contains("您已经确认过了");
        // Another window with a form of its own.
        var other = new HashMap<>(fields);
        other.put("form", UUID.randomUUID().toString());
        assertThat(visitor.follow(visitor.send(path, other)).html()).contains("您已经确认过了");

        assertThat(state(number).confirmation()).isEqualTo(Confirmation.CONFIRMED);
        assertThat(history(number)).containsOnlyOnce("Confirmed");
        var confirmed = complaints.history(number, 0, 100).stream()
                .map(HistoryEvent::event)
                .filter(ComplaintEvent.Confirmed.class::isInstance)
                .map(ComplaintEvent.Confirmed.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(confirmed.rating()).isEqualTo(5);
    }

    @Test
    void tenClicksAtOnceConfirmOnce() throws Exception {
        ComplaintNumber number = told(Outcome.ACCEPTED);
        var page = page(number);
        var fields = Map.of("form", page.field("form"), "told", page.field("told"), "answer", "solved");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> click = () ->
                    visitor.send(links.path(number) + "/confirmation", fields).status();
            for (var each : threads.invokeAll(java.util.Collections.nCopies(10, click))) {
                assertThat(each.get()).isEqualTo(303);
            }
        }
        assertThat(history(number)).containsOnlyOnce("Confirmed");
    }

    @Test
    void whoIsNotSatisfiedSaysWhyAndTheWorkGoesOn() {
        ComplaintNumber number = told(Outcome.PARTLY_ACCEPTED);
        var without = answer(number, Map.of("answer", "unsolved", "reason", "  "));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.html()).contains("请写明哪里没有解决").contains("<details class=\"more\" open");
        assertThat(state(number).stage()).isEqualTo(Stage.FEEDBACK);

        var refused = answer(number, Map.of("answer", "unsolved", "reason", "还是不制冷"));
        assertThat(visitor.follow(refused).html()).contains("我们会重新处理").contains("还是不制冷");
        assertThat(state(number).stage()).isEqualTo(Stage.HANDLE);
        assertThat(state(number).confirmation()).isEqualTo(Confirmation.NOT_SATISFIED);
        var late = answer(number, Map.of("answer", "solved"));
        assertThat(visitor.follow(late).html()).contains("我们正在重新处理");
        assertThat(state(number).stage()).isEqualTo(Stage.HANDLE);
    }

    @Test
    void anAnswerCountsForTheResultThatWasSeen() {
        ComplaintNumber number = told(Outcome.ACCEPTED);
        var old = page(number);
        perform(
                number,
                new Command.RefuseResult("电话里说不行"),
                new Command.Solve(Outcome.ACCEPTED, "换新机", null),
                new Command.TellResult(Contact.PHONE, "为您更换新机"));

        var answer = visitor.send(
                links.path(number) + "/confirmation",
                Map.of("form", old.field("form"), "told", old.field("told"), "answer", "solved"));

        assertThat(visitor.follow(answer).html()).contains("请查看最新内容后再答复").contains("为您更换新机");
        assertThat(state(number).stage()).isEqualTo(Stage.FEEDBACK);
        assertThat(history(number)).doesNotContain("Confirmed");
    }

    @Test
    void nothingCanBeConfirmedBeforeAResultIsTold() {
        ComplaintNumber number = filed(Map.of());
        for (String told : List.of("", "1970-01-01T00:00:00Z", "x")) {
            visitor.send(
                    links.path(number) + "/confirmation",
                    Map.of("form", UUID.randomUUID().toString(), "told", told, "answer", "solved"));
        }
        assertThat(history(number)).doesNotContain("Confirmed");
        assertThat(answer(number, Map.of("answer", "perhaps")).status()).isEqualTo(422);
    }

    @Test
    void aRejectionNamesTheFurtherWays() {
        ComplaintNumber number = told(Outcome.REJECTED);
        assertThat(page(number).html())
                .contains("您还可以通过以下途径解决")
                .contains("可向消费者协会申请调解")
                .contains("12315");
        assertThat(page(told(Outcome.ACCEPTED)).html()).doesNotContain("可向消费者协会申请调解");
    }

    @Test
    void theCustomerAnswersAQuestionWithTextAndPhoto() {
        ComplaintNumber number = filed(Map.of());
        perform(number, new Command.ConfirmOwnership(agent), new Command.AskCustomer("请拍一下铭牌"));
        var page = page(number);
        assertThat(page.html()).contains("请拍一下铭牌").contains("您的答复");
        var fields = Map.of("form", page.field("form"), "text", "见照片");
        var photo = Visitor.file("铭牌.jpg", Photographs.withPlace(21));

        var answer = visitor.send(links.path(number) + "/information", fields, List.of(photo));
        assertThat(answer.status()).isEqualTo(303);
        String html = visitor.follow(answer).html();
        assertThat(html).contains("已收到您补充的信息").contains("见照片").contains("铭牌.jpg");
        assertThat(state(number).isWaiting()).isFalse();
        var again = visitor.send(links.path(number) + "/information", fields, List.of(photo));
        assertThat(visitor.follow(again).html()).contains("此前已收到");
        assertThat(history(number)).containsOnlyOnce("InformationAdded");

        String href = html.replaceFirst("(?s).*?href=\"(/t/[^\"]*/files/[0-9a-f]{64})\".*", "$1");
        var file = visitor.open(href);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(file.header("Content-Disposition")).startsWith("inline");
        assertThat(file.header("Cache-Control")).isEqualTo("no-store");
        assertThat(new String(file.response().getContentAsByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("GPS");
        // The same file under the link of another complaint is not there.
        String other = links.path(filed(Map.of()));
        assertThat(visitor.open(other + href.substring(href.indexOf("/files/"))).status())
                .isEqualTo(404);
    }

    @Test
    void anOpenQuestionIsShownOnceAndIsHistoryWhenItIsAnswered() {
        ComplaintNumber number = filed(Map.of());
        perform(number, new Command.ConfirmOwnership(agent));
        questions.ask(number, null, "请告知是哪一天送修的", null, Actor.staff(agent));
        assertThat(history(number)).contains("CustomerAsked", "Told");
        var page = page(number);
        assertThat(page.html()).containsOnlyOnce("请告知是哪一天送修的").contains("您的答复");

        visitor.send(links.path(number) + "/information", Map.of("form", page.field("form"), "text", "上周三"), List.of());
        assertThat(page(number).html()).contains("请告知是哪一天送修的", "上周三").doesNotContain("您的答复");
        questions.ask(number, null, "请拍一下铭牌", null, Actor.staff(agent));
        assertThat(page(number).html()).containsOnlyOnce("请拍一下铭牌").contains("请告知是哪一天送修的");
    }

    @Test
    void emptyOrTooLongInformationIsSaidSo() {
        ComplaintNumber number = filed(Map.of());
        var path = links.path(number) + "/information";
        var page = page(number);
        var empty = visitor.send(path, Map.of("form", page.field("form"), "text", " "));
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.html()).contains("请填写内容或添加文件");
        var large = visitor.send(path, Map.of("form", page.field("form"), "text", "长".repeat(5_001)));
        assertThat(large.status()).isEqualTo(422);
        var refused = visitor.send(
                path,
                Map.of("form", page.field("form"), "text", "请看附件"),
                List.of(Visitor.file("a.html", "<html><script>1</script></html>".getBytes(StandardCharsets.UTF_8))));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html()).contains("“a.html”是网页").contains("请看附件");
        assertThat(history(number)).doesNotContain("InformationAdded");
    }

    @Test
    void filesOfTheStaffAreNotForTheCustomer() throws IOException {
        ComplaintNumber number = filed(Map.of());
        var stored = files.store(new ByteArrayInputStream(Photographs.plain(31)), "内部报告.jpg", DataSize.ofMegabytes(1));
        var attachment = ComplaintFiles.attachment(stored, "内部报告.jpg");
        complaints.perform(
                number,
                null,
                new Command.Note("见附件", List.of(attachment)),
                Actor.staff(agent),
                complaintFiles.used(List.of(attachment)));
        complaints.perform(
                number,
                null,
                new Command.AddInformation("员工补充", List.of(attachment)),
                Actor.staff(agent),
                complaintFiles.used(List.of(attachment)));

        assertThat(page(number).html()).doesNotContain("内部报告").doesNotContain("员工补充");
        assertThat(visitor.open(links.path(number) + "/files/" + attachment.sha256())
                        .status())
                .isEqualTo(404);
        assertThat(visitor.open(links.path(number) + "/files/nothing").status()).isEqualTo(404);
    }

    @Test
    void aComplaintIsWithdrawnAfterBeingAsked() {
        ComplaintNumber number = filed(Map.of());
        String path = links.path(number) + "/withdrawal";
        assertThat(page(number).html()).contains("href=\"" + path + "\"");
        var question = visitor.open(path);
        assertThat(question.html()).contains("确定要撤诉吗");
        var without = visitor.send(path, Map.of("form", question.field("form"), "text", "算了"));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.html()).contains("请选择撤诉原因").contains("算了");
        assertThat(state(number).stage()).isEqualTo(Stage.ACCEPT);

        var fields = Map.of("form", question.field("form"), "why", "solved", "text", "邻居帮忙修好了");
        var done = visitor.send(path, fields);
        String html = visitor.follow(done).html();
        assertThat(html).contains("已撤诉，谢谢").contains("邻居帮忙修好了").doesNotContain("我要撤诉");
        assertThat(html).contains("<li class=\"step next\">核实");
        assertThat(state(number).stage()).isEqualTo(Stage.ARCHIVE);
        assertThat(visitor.follow(visitor.send(path, fields)).html()).contains("您此前已经撤诉");
        assertThat(history(number)).containsOnlyOnce("Withdrawn");

        ComplaintNumber decided = told(Outcome.ACCEPTED);
        assertThat(page(decided).html()).doesNotContain("我要撤诉");
        var late = visitor.open(links.path(decided) + "/withdrawal");
        assertThat(visitor.follow(late).html()).contains("不能再撤诉");
    }

    @Test
    void whatCameBackIsReopenedUnderItsNumberWithinTheTimeOfThePack() {
        ComplaintNumber number = told(Outcome.ACCEPTED);
        String path = links.path(number) + "/reopening";
        assertThat(page(number).html()).doesNotContain(path);
        answer(number, Map.of("answer", "solved", "comment", "谢谢"));
        perform(number, new Command.Archive(null));
        assertThat(page(number).html()).contains("href=\"" + path + "\"");
        var form = visitor.open(path);
        var empty = visitor.send(path, Map.of("form", form.field("form"), "text", " "));
        assertThat(empty.status()).isEqualTo(422);

        var fields = Map.of("form", form.field("form"), "text", "昨天又不制冷了");
        String reopened = visitor.follow(visitor.send(path, fields)).html();
        assertThat(reopened).contains("投诉已重新打开", "处理完成（重新处理前）").doesNotContain("首次响应（重新处理前）");
        assertThat(state(number).stage()).isEqualTo(Stage.HANDLE);
        assertThat(state(number).number()).isEqualTo(number);
        assertThat(visitor.follow(visitor.send(path, fields)).html()).contains("您此前已经重新打开过");
        assertThat(history(number)).containsOnlyOnce("Reopened");

        assertThat(visitor.follow(visitor.open(path)).html()).contains("已超过可以重新打开的期限");
    }

    @Test
    void anErasedComplaintTellsOnlyThatItIsClosed() {
        ComplaintNumber number = told(Outcome.ACCEPTED);
        answer(number, Map.of("answer", "solved", "comment", "谢谢师傅"));
        perform(number, new Command.Archive(null), new Command.Erase("客户要求删除"));

        var page = page(number);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html())
                .contains("个人信息已删除")
                .doesNotContain("谢谢师傅")
                .doesNotContain("客户要求删除")
                .doesNotContain("/information");
        assertThat(visitor.send(links.path(number) + "/information", Map.of("text", "还有一事"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aLinkThatWasNotMadeHereOpensNothing() {
        String path = links.path(filed(Map.of()));
        for (String forged : List.of(
                path.substring(0, path.length() - 3),
                path.substring(0, 17),
                "/t/26112200001234-AAAAAAAAAAAAAAAAAAAAAA",
                "/t/x")) {
            var answer = visitor.open(forged);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.html()).contains("链接无效").contains("href=\"/track\"");
            for (String action : List.of("/information", "/confirmation", "/withdrawal", "/reopening")) {
                assertThat(visitor.send(forged + action, Map.of("text", "1")).status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void noCacheNoSearchEngineAndNoOtherSiteLearnsTheLink() {
        ComplaintNumber number = filed(Map.of());
        for (String path : List.of(links.path(number), links.path(number) + "/withdrawal", "/track")) {
            var page = visitor.open(path);
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.header("X-Robots-Tag")).contains("noindex");
            assertThat(page.html())
                    .contains("<meta name=\"robots\" content=\"noindex, nofollow\">")
                    .contains("<meta name=\"referrer\" content=\"no-referrer\">");
        }
    }

    @Test
    void reloadingAFailedFormLeadsBackToThePage() {
        String path = links.path(filed(Map.of()));
        assertThat(visitor.open(path + "/information").location()).isEqualTo(path);
        assertThat(visitor.open(path + "/confirmation").location()).isEqualTo(path);
    }

    @Test
    void whatIsWrittenIsShownEscaped() {
        ComplaintNumber number = filed(Map.of());
        String html = "<script>alert(1)</script>";
        perform(number, new Command.ConfirmOwnership(agent), new Command.AskCustomer(html));
        var page = page(number);
        visitor.send(links.path(number) + "/information", Map.of("form", page.field("form"), "text", html));
        assertThat(page.html()).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)");
        assertThat(page(number).html()).doesNotContain("<script>alert");
        assertThat(complaints.history(number, 0, 100).stream()
                        .map(HistoryEvent::event)
                        .filter(ComplaintEvent.InformationAdded.class::isInstance)
                        .map(event -> Personal.text(((ComplaintEvent.InformationAdded) event).text())))
                .containsExactly(html);
    }

    @Test
    void anAddressAnswersOnlySoOften() {
        ComplaintNumber number = filed(Map.of());
        String path = links.path(number) + "/information";
        for (int i = 0; i < 30; i++) {
            assertThat(visitor.send(path, Map.of("form", UUID.randomUUID().toString(), "text", "补充 " + i))
                            .status())
                    .isEqualTo(303);
        }
        var refused = visitor.send(path, Map.of("form", UUID.randomUUID().toString(), "text", "第三十一条"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.html()).contains("操作过于频繁").contains("第三十一条");
    }
}
