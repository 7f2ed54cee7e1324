package io.bihuan.journeys;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.compensation.Compensations;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.correspondence.Notice;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Tokens;
import io.bihuan.investigation.Investigation;
import io.bihuan.investigation.Investigations;
import io.bihuan.message.Messages;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.Offer;
import io.bihuan.solution.ProposalLinks;
import io.bihuan.solution.Solutions;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.teamwork.Teams;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import io.bihuan.webhook.Receiver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** Every place where colleagues write to each other holds a mark of its own; none of them is read by a customer or sent out. */
@BihuanTest
class MarkerTests extends CaseworkStory {
    private static final String MARK = "内部标记";
    private static final Pattern LINE = Pattern.compile("name=\"line\" value=\"([^\"]+)\"");

    @Autowired
    Investigations investigations;

    @Autowired
    Solutions solutions;

    @Autowired
    ProposalLinks proposalLinks;

    @Autowired
    Compensations compensations;

    @Autowired
    DepartmentTasks tasks;

    @Autowired
    Teams teams;

    @Autowired
    SharedThread thread;

    @Autowired
    Messages messages;

    @Autowired
    CaseTelling telling;

    @Autowired
    Tokens tokens;

    @Autowired
    Bundles bundles;

    private final List<String> marks = new ArrayList<>();
    private SignedIn handler;
    private SignedIn colleague;
    private String partner = "";

    @BeforeEach
    void people() {
        handler = person(staff, "陈工", "technical-support", Role.HANDLER);
        colleague = person(staff, "孙仓管", "parts", Role.HANDLER);
        partner = tokens.create(
                        "partner", Set.of(Scope.COMPLAINTS_READ, Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE), null)
                .secret();
    }

    /** A text of its own for one place. */
    private String mark(String place) {
        String mark = MARK + "-" + place + "-完";
        marks.add(mark);
        return mark;
    }

    private void perform(Command command) {
        complaints.perform(number, null, command, owner.actor());
    }

    @Test
    void nothingInternalReachesTheCustomerOrWhoeverElseIsTold() throws Exception {
        try (Receiver receiver = Receiver.always(200)) {
            http.perform(post("/api/v1/webhooks")
                            .header("Authorization", "Bearer " + partner)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"url\":\"" + receiver.url() + "\"}"))
                    .andExpect(status().isCreated());
            files("appliance", "repeated-repair", "空调修了三次还是不制冷。", Map.of("productType", "air-conditioner"));
            accepted();
            nothingShows();
            investigated();
            teamed();
            nothingShows();
            proposed();
            nothingShows();
            told();
            nothingShows();
            closed();
            nothingShows();

            // So many events are delivered one after the other.
            until(
                    Duration.ofMinutes(2),
                    () -> Stream.of("complaint.archived", "complaint.reopened")
                            .allMatch(event -> told(receiver).stream().anyMatch(body -> body.contains(event))));
            assertThat(told(receiver)).allSatisfy(body -> assertThat(body).doesNotContain(MARK));
        }
        theyAreThereForColleagues();
    }

    private List<String> told(Receiver receiver) {
        return receiver.taken().stream()
                .map(Receiver.Taken::body)
                .filter(body -> body.contains(number.digits()))
                .toList();
    }

    // ---- what colleagues write ----

    private void accepted() throws Exception {
        perform(new Command.ConfirmOwnership(owner.id()));
        perform(new Command.Note(mark("备注"), List.of()));
        does(owner, desk + "/discussion", "text", mark("讨论") + " @" + handler.login());
        assess("评估");
        does(owner, desk + "/return", "reason", mark("退回"));
        assess("再评估");
        String recusal = desk + "/routing/recusals";
        does(owner, recusal, "about", "OUTLET", "outlet", mark("网点"), "reason", mark("回避"));
        Matcher named = Pattern.compile("/recusals/([0-9a-f-]{36})/end").matcher(page(owner, desk + "/routing"));
        assertThat(named.find()).isTrue();
        does(owner, recusal + "/" + named.group(1) + "/end", "reason", mark("解除回避"));
        does(owner, desk + "/routing/handlers", "handler", id(handler), "note", mark("分派"));
        perform(new Command.AddFacts(mark("新事实")));
        perform(new Command.AddInformation(mark("员工补充"), List.of()));
        perform(new Command.PauseClocks("APPRAISAL", mark("暂停"), Contact.PHONE));
        perform(new Command.ResumeClocks("APPRAISAL", mark("恢复计时")));
        complaints.perform(
                number,
                null,
                new Command.ExtendClock("solve", "THIRD_PARTY", mark("延期"), Contact.PHONE),
                manager.actor());
        correspondence.plan(
                number, Notice.FINDINGS, time.instant().plus(Duration.ofHours(9)), mark("改告知时间"), owner.actor());
        does(owner, desk + "/transfer", "owner", manager.login(), "reason", mark("换负责人"));
        does(manager, desk + "/transfer", "owner", owner.login(), "reason", mark("换回"));
        perform(new Command.AskCustomer("请补充发票照片"));
        does(owner, desk + "/resumption", "reason", mark("恢复处理"));
    }

    private void assess(String place) throws Exception {
        does(
                owner,
                desk + "/assessment",
                "kind",
                "COMPLAINT",
                "category",
                "repeated-repair",
                "severity",
                "GENERAL",
                "priority",
                "MEDIUM",
                "department",
                "technical-support",
                "note",
                mark(place));
    }

    private void investigated() throws Exception {
        String path = desk + "/investigation";
        does(owner, path);
        for (String place : List.of("步骤一", "步骤二")) {
            does(owner, path + "/steps", "text", mark(place), "owner", id(handler), "due", in(Duration.ofHours(3)));
        }
        List<Investigation.Step> steps = investigations.of(number).steps();
        String first = path + "/steps/" + steps.get(0).id();
        does(owner, first + "/revisions", "owner", id(handler), "due", in(Duration.ofHours(4)), "reason", mark("步骤改期"));
        does(owner, first + "/completion", "text", mark("步骤完成"));
        does(owner, path + "/steps/" + steps.get(1).id() + "/cancellation", "reason", mark("步骤取消"));
        does(
                owner,
                path + "/statements",
                "side",
                "OTHER_SIDE",
                "who",
                mark("陈述人"),
                "text",
                mark("陈述"),
                "said",
                in(Duration.ofMinutes(-10)));
        does(owner, path + "/silences", "side", "CUSTOMER", "reason", mark("未取陈述"));
        does(owner, path + "/findings", "kind", "OPINION", "text", mark("调查意见"));
        UUID finding = investigations.of(number).findings().getFirst().id();
        does(owner, path + "/findings/" + finding + "/withdrawal", "reason", mark("撤回意见"));
        String content = mark("证据内容");
        marks.remove(content);
        brings(owner, desk + "/evidence", MARK + "-工单.txt", content, "kind", "REPAIR_RECORD", "source", mark("证据来源"));
        String sha = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        assertThat(customer.open(tracking + "/files/" + sha).status())
                .as("evidence is not for customers")
                .isEqualTo(404);
        does(owner, desk + "/evidence/" + sha + "/classification", "kind", "OTHER", "source", mark("证据改来源"));
        does(owner, desk + "/evidence/" + sha + "/hand-overs", "to", mark("移交人"), "reason", mark("移交用途"));
        List<String> lines = LINE.matcher(page(owner, path))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(lines).hasSizeGreaterThan(2);
        does(owner, path + "/answers", "line", lines.getFirst(), "result", "", "text", mark("核查答复"));
        does(owner, path + "/excuses", "line", lines.getLast(), "reason", mark("缺证据"));
        does(owner, path + "/responsibility", "responsibility", "SUPPLIER", "text", mark("责任依据"));
        does(owner, path + "/responsibility", "responsibility", "OURS", "text", mark("责任改依据"), "reason", mark("责任改判"));
        perform(new Command.Verify(Finding.SUBSTANTIATED, mark("核实说明")));
    }

    private void teamed() throws Exception {
        does(
                owner,
                desk + "/tasks",
                "title",
                mark("任务"),
                "what",
                mark("任务说明"),
                "to",
                "d:parts",
                "dueAt",
                in(Duration.ofHours(5)),
                "items",
                mark("清单"));
        String task = desk + "/tasks/" + tasks.of(complaint().id()).getFirst().id();
        does(colleague, task + "/acceptance");
        does(colleague, task + "/hand-overs", "to", "p:" + id(handler), "text", mark("任务移交"));
        does(handler, task + "/returns", "text", mark("任务退回"));
        does(owner, task + "/due", "dueAt", in(Duration.ofHours(8)), "text", mark("任务改期"));
        does(colleague, task + "/items/0", "ticked", "true");
        does(colleague, task + "/result", "text", mark("任务结果"));
        does(owner, task + "/reopening", "dueAt", in(Duration.ofHours(9)), "text", mark("任务重开"));
        does(owner, task + "/withdrawal", "text", mark("任务撤销"));

        String team = desk + "/team";
        does(owner, team, "to", "p:" + id(handler), "text", mark("召集"));
        does(handler, team + "/members", "to", "p:" + id(colleague));
        does(handler, team + "/start", "text", mark("启动"));
        does(
                handler,
                team + "/steps",
                "text",
                mark("里程碑"),
                "to",
                "p:" + id(colleague),
                "dueAt",
                in(Duration.ofDays(1)));
        does(handler, team + "/plan", "text", mark("方案"));
        does(handler, team + "/decisions", "text", mark("决定"));
        UUID step = teams.of(complaint().id()).orElseThrow().steps().getFirst().id();
        does(handler, team + "/steps/" + step + "/withdrawal", "text", mark("里程碑取消"));
        does(handler, team + "/departures", "to", "p:" + id(colleague), "text", mark("退出"));
        does(handler, team + "/end", "text", mark("解散"));

        does(owner, desk + "/thread", "text", "您好，我是周敏。");
        answers(tracking, tracking + "/thread", "said", "什么时候修好？");
        does(owner, desk + "/thread/end", "text", mark("结束沟通"));
    }

    private void drafts(String amount, String text) throws Exception {
        does(owner, desk + "/solution/proposals", draft(amount, text));
    }

    private String[] draft(String amount, String place) {
        return new String[] {
            "outcome",
            "ACCEPTED",
            "text",
            "免费返修并补偿",
            "grounds",
            mark("方案依据" + place),
            "rows[0].kind",
            "FREE_SERVICE",
            "rows[0].department",
            "customer-relations",
            "rows[0].dueAt",
            in(Duration.ofDays(2)),
            "rows[0].amount",
            amount,
            "rows[0].item",
            "free-revisit",
            "rows[0].text",
            "修后复发，免上门费与工时费",
            "rows[1].kind",
            "TRAINING",
            "rows[1].department",
            "quality",
            "rows[1].dueAt",
            in(Duration.ofDays(3)),
            "rows[1].internal",
            "true",
            "rows[1].text",
            mark("内部措施" + place)
        };
    }

    private void proposed() throws Exception {
        String first = desk + "/solution/proposals/1";
        drafts("280", "一");
        does(owner, first + "/approval-requests");
        does(manager, first + "/returns", "text", mark("审批退回"));
        var again = new ArrayList<>(List.of(draft("280", "二")));
        again.addAll(List.of("revision", "1"));
        does(owner, first + "/revisions", again.toArray(String[]::new));
        does(owner, first + "/approval-requests");
        does(manager, first + "/approvals", "revision", "2", "text", mark("审批意见"));
        does(owner, first + "/dispatches", "way", "SMS");
        nothingShows();
        does(owner, first + "/answers", "answer", "REJECTED", "text", "客户只要退款", "way", "PHONE");
        does(owner, first + "/escalations", "to", id(manager), "text", mark("上报"));

        drafts("90", "三");
        does(owner, desk + "/solution/proposals/2/withdrawals", "text", mark("撤回方案"));

        String third = desk + "/solution/proposals/3";
        drafts("90", "四");
        does(owner, third + "/dispatches", "way", "SMS");
        String link = proposalLinks.path(number, 3);
        answers(link, link + "/answer", "answer", "accept");
        does(
                owner,
                third + "/measures/2/moves",
                "department",
                "quality",
                "dueAt",
                in(Duration.ofDays(4)),
                "text",
                mark("措施改期"));
        brings(owner, third + "/measures/1/proofs", MARK + "-凭证.txt", "已免", "text", mark("措施凭证"));
        does(manager, third + "/measures/2/waivers", "text", mark("措施免除"));

        does(
                manager,
                desk + "/compensation/grants",
                "item",
                "goodwill",
                "means",
                "VOUCHER",
                "amount",
                "20",
                "reason",
                mark("补偿原因"),
                "key",
                key());
        does(
                manager,
                desk + "/compensation/grants/"
                        + compensations.of(complaint().id()).getLast().id() + "/annulments",
                "cause",
                "MISTAKE",
                "reason",
                mark("作废原因"));
        assertThat(solutions.offer(complaint(), 3).orElseThrow().state()).isEqualTo(Offer.State.ACCEPTED);
    }

    private void told() throws Exception {
        does(owner, desk + "/solution", "outcome", "ACCEPTED", "measures", "免费返修", "routes", "");
        perform(new Command.TellResult(Contact.PHONE, "已免费返修。"));
        perform(new Command.RecordAttempt(Contact.PHONE, mark("联系")));
        perform(new Command.RefuseResult(mark("电话里说的")));
        // Who decided before does not decide the review.
        complaints.perform(number, null, new Command.Solve(Outcome.PARTLY_ACCEPTED, "换人返修", null), colleague.actor());
        perform(new Command.TellResult(Contact.PHONE, "已换人返修。"));
        for (int i = 0; i < 3; i++) {
            perform(new Command.RecordAttempt(Contact.PHONE, mark("联系" + i)));
            time.advance(Duration.ofHours(20));
        }
        perform(new Command.CloseUnreached(mark("未联系上")));
    }

    private void closed() throws Exception {
        if (correspondence.needsExcuse(complaint())) {
            does(owner, desk + "/notice-excuses", "reason", mark("少告知"));
        }
        does(owner, desk + "/archiving", "cause", mark("归档原因"));
        does(owner, desk + "/reopening", "reason", mark("重开原因"));
        perform(new Command.Withdraw(mark("撤诉记录")));
    }

    // ---- who must not read it ----

    private void nothingShows() throws Exception {
        for (String language : List.of("zh", "en")) {
            hidden(customer.open(tracking + "?lang=" + language).html());
            for (Offer offer : solutions.offers(complaint())) {
                hidden(customer.open(proposalLinks.path(number, offer.number()) + "?lang=" + language)
                        .html());
            }
        }
        var found = customer.send(
                "/track", Map.of("number", number.digits(), "digits", phone.substring(phone.length() - 4)));
        assertThat(found.location()).isEqualTo(tracking);
        hidden(found.html());
        hidden(customer.follow(found).html());
        hidden(customer.open("/complain/receipts/" + tracking.substring("/t/".length()))
                .html());
        hidden(solutions.offers(complaint()).toString());
        thread.of(complaint().id()).ifPresent(shared -> hidden(shared.toString()));

        messageWork.work();
        for (var said : correspondence.said(complaint().id(), 200)) {
            hidden(said.text());
        }
        for (Messages.Line line : messages.list(null, null)) {
            var content = line.content();
            if (content != null) {
                hidden(content.text() + content.title() + content.parameters());
            }
        }
        // What a program of a partner reads of the complaint itself, and a chat tells of the events.
        hidden(api("/api/v1/complaints/" + number.digits()));
        hidden(api("/api/v1/complaints/" + number.digits() + "/history?limit=500"));
        for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            Texts t = bundles.in(language);
            for (HistoryEvent event : complaints.history(number, 0, 500)) {
                if (event.event() instanceof ComplaintEvent.CaseEvent work) {
                    hidden(telling.toCustomer(work, t).map(Object::toString).orElse(""));
                }
            }
        }
    }

    private static void hidden(String text) {
        Matcher leaked = Pattern.compile(".{0,80}" + MARK + "[^完<]*").matcher(text);
        assertThat(leaked.find()).as(() -> "leaks " + leaked.group()).isFalse();
    }

    private String api(String path) throws Exception {
        return http.perform(get(path).header("Authorization", "Bearer " + partner))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    /** Without this the test above would prove nothing: each mark was kept in the history. */
    private void theyAreThereForColleagues() throws Exception {
        String path = "/api/v1/complaints/" + number.digits() + "/history";
        var all = new StringBuilder();
        for (HistoryEvent event : complaints.history(number, 0, 500)) {
            gather(event.event(), all);
        }
        assertThat(marks).hasSizeGreaterThan(60);
        assertThat(marks.stream().filter(mark -> !all.toString().contains(mark)).toList())
                .as("not kept")
                .isEmpty();
        String other = tokens.create("shop", Set.of(Scope.CUSTOMERS_READ, Scope.VOUCHERS_USE), null)
                .secret();
        http.perform(get(path).header("Authorization", "Bearer " + other)).andExpect(status().isForbidden());
    }

    /** Every text that stands in a value. */
    private static void gather(@Nullable Object value, StringBuilder all) throws ReflectiveOperationException {
        if (value instanceof Personal personal) {
            all.append(Personal.text(personal)).append('\n');
        } else if (value instanceof String text) {
            all.append(text).append('\n');
        } else if (value instanceof Collection<?> several) {
            for (Object each : several) {
                gather(each, all);
            }
        } else if (value instanceof Map<?, ?> map) {
            gather(map.values(), all);
        } else if (value instanceof Record record) {
            for (var component : record.getClass().getRecordComponents()) {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                gather(accessor.invoke(record), all);
            }
        }
    }
}
