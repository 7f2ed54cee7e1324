package io.bihuan.bulk;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.LinkKind;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.SavedViews;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.CorrespondenceEvent;
import io.bihuan.correspondence.Said;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.Task;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.PlatformTransactionManager;

/** One thing done to many complaints: shown as it will be, done once, taken back where that is possible. */
@BihuanTest
class BulkTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Random RANDOM = new Random();
    private static final String DEPARTMENT = "technical-support";

    @Autowired
    MockMvc http;

    @Autowired
    Runs runs;

    @Autowired
    RunWork work;

    @Autowired
    Macros macros;

    @Autowired
    Views views;

    @Autowired
    Deeds deeds;

    @Autowired
    Complaints complaints;

    @Autowired
    Correspondence correspondence;

    @Autowired
    DepartmentTasks tasks;

    @Autowired
    Staff staff;

    @Autowired
    Bundles bundles;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    MovableTime time;

    private SignedIn agent;
    private SignedIn colleague;
    private SignedIn manager;
    private Texts t;

    @BeforeEach
    void people() {
        agent = DeskPeople.person(staff, "周敏", null, Role.AGENT);
        colleague = DeskPeople.person(staff, "林晓", null, Role.AGENT);
        manager = DeskPeople.person(staff, "方远", "after-sales", Role.MANAGER);
        t = bundles.in(Locale.SIMPLIFIED_CHINESE);
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint registered(String department) {
        return registered(department, "+86138" + String.format(Locale.ROOT, "%08d", RANDOM.nextInt(100_000_000)));
    }

    private Complaint registered(String department, @Nullable String phone) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        department,
                        1,
                        Personal.of("空调修了三次还是不制冷"),
                        Personal.of("师傅来了三次，还是不制冷。"),
                        new Customer(Personal.of("欧阳小明"), Personal.ofNullable(phone), null),
                        Map.of("productType", Personal.of("air-conditioner")),
                        "repair",
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        true,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private List<Complaint> some(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> registered(DEPARTMENT))
                .toList();
    }

    private static List<String> numbers(List<Complaint> complaints) {
        return complaints.stream().map(each -> each.number().digits()).toList();
    }

    private Complaint read(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    private long count(Complaint complaint, Class<? extends ComplaintEvent> type) {
        return complaints.history(complaint.number(), 0, 500).stream()
                .map(HistoryEvent::event)
                .filter(type::isInstance)
                .count();
    }

    private static void await(BooleanSupplier effect) {
        Instant until = Instant.ofEpochMilli(System.nanoTime() / 1_000_000).plus(PATIENCE);
        while (!effect.getAsBoolean()) {
            assertThat(Instant.ofEpochMilli(System.nanoTime() / 1_000_000)).isBefore(until);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Run ended(UUID id) {
        await(() -> !runs.find(id).orElseThrow().isRunning());
        return runs.find(id).orElseThrow();
    }

    private Run carriedOut(Wish wish, List<Complaint> chosen) {
        UUID id = runs.prepare(wish, numbers(chosen), agent, t);
        runs.confirm(id, agent);
        return ended(id);
    }

    private Run takenBack(Run run) {
        runs.undo(run.id(), agent);
        return ended(run.id());
    }

    private List<Item.State> states(Run run) {
        return runs.items(run.id()).stream().map(Item::state).toList();
    }

    private Macro macro() {
        UUID id = macros.save(
                null,
                "催办并告知" + UUID.randomUUID().toString().substring(0, 8),
                null,
                new Macro.Parts(
                        "已催办技术部门",
                        new TaskPart("联系客户约定上门时间", null, null, null, 240),
                        new MessagePart(Purpose.PROGRESS, "{customer}您好，您的投诉{number}正在加急处理。")),
                manager);
        return macros.find(id, agent);
    }

    /** What the agent has done to it so far. */
    private long deeds(Complaint complaint) {
        return complaints.history(complaint.number(), 0, 500).stream()
                .filter(event -> event.actor().equals(agent.actor()))
                .count();
    }

    // ---- preview and run ----

    @Test
    void whatIsShownBeforeIsWhatHappens() {
        List<Complaint> chosen = some(3);
        complaints.perform(
                chosen.get(1).number(), null, new Command.TransferOwnership(colleague.id(), "已交接"), agent.actor());
        List<Long> deeds = chosen.stream().map(this::deeds).toList();
        UUID id = runs.prepare(Wish.handOver(colleague.id(), "周敏休假"), numbers(chosen), agent, t);

        assertThat(runs.items(id))
                .extracting(Item::state)
                .containsExactly(Item.State.READY, Item.State.UNABLE, Item.State.READY);
        assertThat(runs.items(id).get(1).problems()).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.zh()).isNotBlank().isNotEqualTo(problem.en());
        });
        // Others may tell the customer meanwhile; whoever rehearses leaves nothing.
        assertThat(chosen.stream().map(this::deeds).toList()).isEqualTo(deeds);
        assertThat(chosen)
                .extracting(each -> read(each).owner())
                .containsExactly(agent.id(), colleague.id(), agent.id());

        runs.confirm(id, agent);
        assertThat(ended(id).state()).isEqualTo(Run.State.DONE);

        assertThat(runs.items(id))
                .extracting(Item::state)
                .containsExactly(Item.State.DONE, Item.State.UNABLE, Item.State.DONE);
        assertThat(chosen).extracting(each -> read(each).owner()).containsOnly(colleague.id());
        HistoryEvent last = complaints.history(chosen.getFirst().number(), 0, 500).stream()
                .filter(event -> event.event() instanceof ComplaintEvent.OwnershipTransferred)
                .findFirst()
                .orElseThrow();
        assertThat(last.actor()).isEqualTo(agent.actor());
    }

    @Test
    void confirmedTenTimesItIsDoneOnce() throws Exception {
        List<Complaint> chosen = some(4);
        UUID id = runs.prepare(Wish.note("同批次压缩机问题，统一答复"), numbers(chosen), agent, t);

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Run> confirmation = () -> runs.confirm(id, agent);
            for (var each : people.invokeAll(java.util.Collections.nCopies(10, confirmation))) {
                each.get();
            }
        }
        ended(id);
        runs.confirm(id, agent);

        assertThat(ended(id).state()).isEqualTo(Run.State.DONE);
        assertThat(chosen)
                .allSatisfy(each ->
                        assertThat(count(each, ComplaintEvent.Noted.class)).isOne());
    }

    @Test
    void whatACrashInterruptedGoesOnWithoutDoingAnythingTwice() {
        List<Complaint> chosen = some(5);
        var crashing = new RunWork(jdbc, transactions, runs, deeds, bundles, time);
        work.stop();
        UUID id;
        try {
            id = runs.prepare(Wish.give(new TaskPart("核对安装记录", "附上照片", null, null, 1_440)), numbers(chosen), agent, t);
            runs.confirm(id, agent);
            Run run = crashing.claim().orElseThrow();
            assertThat(run.id()).isEqualTo(id);
            crashing.perform(run, runs.items(id).get(0));
            crashing.perform(run, runs.items(id).get(1));
        } finally {
            time.set(time.instant().plus(Duration.ofMinutes(1)));
            work.start();
        }

        assertThat(ended(id).state()).isEqualTo(Run.State.DONE);
        assertThat(states(runs.find(id).orElseThrow())).containsOnly(Item.State.DONE);
        assertThat(chosen).allSatisfy(each -> assertThat(tasks.of(each.id())).hasSize(1));
    }

    @Test
    void whoMayNotSeeAComplaintDoesNothingToIt() {
        SignedIn handler = DeskPeople.person(staff, "何师傅", DEPARTMENT, Role.HANDLER);
        Complaint own = registered(DEPARTMENT);
        Complaint foreign = registered("after-sales");

        UUID id = runs.prepare(Wish.note("已看过"), numbers(List.of(own, foreign)), handler, t);

        assertThat(runs.items(id)).extracting(Item::complaint).containsExactly(own.id());
        assertThatThrownBy(() -> runs.confirm(id, manager)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> runs.find(id, agent)).isInstanceOf(io.bihuan.web.NotFound.class);
    }

    @Test
    void moreThanTwoHundredAreRefused() {
        List<String> many = java.util.Collections.nCopies(Run.MOST + 1, "202601010000");
        assertThatThrownBy(() -> runs.prepare(Wish.note("x"), many, agent, t))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("bulk.refused.many");
    }

    // ---- undo ----

    @Test
    void whatNobodyTouchedSinceIsTakenBack() throws Exception {
        List<Complaint> chosen = some(2);
        Run owners = carriedOut(Wish.handOver(colleague.id(), "集中处理"), chosen);
        Run given = carriedOut(Wish.give(new TaskPart("回访", null, null, null, 60)), chosen);
        Run linked = carriedOut(Wish.link(numbers(some(1)).getFirst(), LinkKind.SAME_CAUSE), chosen);
        Run noted = carriedOut(Wish.note("统一口径"), chosen);
        assertThat(chosen).allSatisfy(each -> assertThat(read(each).links()).hasSize(1));

        for (Run run : List.of(noted, linked, given, owners)) {
            assertThat(states(takenBack(run))).as(run.wish().deed().name()).containsOnly(Item.State.UNDONE);
            assertThat(page("/desk/bulk/" + run.id(), agent)).contains("撤销。").doesNotContain("未能撤销");
        }

        assertThat(chosen).allSatisfy(each -> {
            assertThat(read(each).owner()).isEqualTo(agent.id());
            assertThat(read(each).links()).isEmpty();
            assertThat(tasks.of(each.id())).extracting(Task::state).containsOnly(Task.State.WITHDRAWN);
            assertThat(count(each, ComplaintEvent.Noted.class)).isEqualTo(2);
        });
        takenBack(noted);
        assertThat(count(chosen.getFirst(), ComplaintEvent.Noted.class)).isEqualTo(2);
    }

    @Test
    void whatWasChangedSinceStaysAndSaysWhy() throws Exception {
        List<Complaint> chosen = some(2);
        Run run = carriedOut(Wish.handOver(colleague.id(), "集中处理"), chosen);
        complaints.perform(
                chosen.getFirst().number(), null, new Command.TransferOwnership(manager.id(), "升级"), agent.actor());

        takenBack(run);

        assertThat(states(run)).containsExactly(Item.State.KEPT, Item.State.UNDONE);
        assertThat(runs.items(run.id()).getFirst().problems())
                .singleElement()
                .extracting(Problem::zh)
                .isEqualTo(t.of("bulk.refused.owner-since"));
        assertThat(page("/desk/bulk/" + run.id(), agent)).contains("未能撤销的内容和原因见下表");
        assertThat(chosen).extracting(each -> read(each).owner()).containsExactly(manager.id(), agent.id());
    }

    @Test
    void afterAnHourItIsTooLate() {
        Run run = carriedOut(Wish.note("统一口径"), some(1));
        time.set(time.instant().plus(Run.UNDO).plusSeconds(1));
        assertThatThrownBy(() -> runs.undo(run.id(), agent)).hasMessageContaining("bulk.refused.too-late");
    }

    // ---- macros ----

    @Test
    void aMacroDoesAllItsPartsOnce() {
        Complaint complaint = registered(DEPARTMENT);
        UUID key = Ids.next();
        Wish wish = Wish.apply(macro());

        runs.once(key, wish, complaint, agent, t);
        runs.once(key, wish, complaint, agent, t);

        assertThat(count(complaint, ComplaintEvent.Noted.class)).isOne();
        assertThat(tasks.of(complaint.id())).singleElement().satisfies(task -> {
            assertThat(task.department()).isEqualTo(DEPARTMENT);
            assertThat(task.title()).isEqualTo("联系客户约定上门时间");
        });
        assertThat(count(complaint, CorrespondenceEvent.Told.class)).isZero();

        time.set(time.instant().plus(Run.HOLD).plusSeconds(1));
        work.wake();
        await(() -> runs.find(key).orElseThrow().state() == Run.State.DONE);
        work.wake();

        assertThat(correspondence.said(complaint.id(), 10))
                .singleElement()
                .extracting(Said::text)
                .asString()
                .contains("欧阳小明您好", complaint.number().readable())
                .doesNotContain("{");
    }

    @Test
    void aMessageStoppedInTimeWasNeverSaid() {
        Complaint complaint = registered(DEPARTMENT);
        UUID key = Ids.next();
        runs.once(key, Wish.apply(macro()), complaint, agent, t);

        assertThat(states(takenBack(runs.find(key).orElseThrow()))).containsExactly(Item.State.UNDONE);
        time.set(time.instant().plus(Run.HOLD).plusSeconds(1));
        work.wake();

        assertThat(runs.find(key).orElseThrow().state()).isEqualTo(Run.State.DONE);
        assertThat(count(complaint, CorrespondenceEvent.Told.class)).isZero();
        assertThat(tasks.of(complaint.id())).extracting(Task::state).containsOnly(Task.State.WITHDRAWN);
    }

    @Test
    void aMessageThatIsOutStaysAndSaysSo() {
        Complaint complaint = registered(DEPARTMENT);
        UUID key = Ids.next();
        runs.once(key, Wish.apply(macro()), complaint, agent, t);
        time.set(time.instant().plus(Run.HOLD).plusSeconds(1));
        work.wake();
        await(() -> runs.find(key).orElseThrow().state() == Run.State.DONE);

        takenBack(runs.find(key).orElseThrow());

        assertThat(runs.items(key)).singleElement().satisfies(item -> {
            assertThat(item.state()).isEqualTo(Item.State.KEPT);
            assertThat(item.parts())
                    .extracting(Part::state)
                    .containsExactly(Part.State.UNDONE, Part.State.UNDONE, Part.State.KEPT);
        });
    }

    @Test
    void aMacroThatCannotDoAllDoesNothing() {
        Complaint unreachable = registered(DEPARTMENT, null);

        assertThat(runs.rehearse(Wish.apply(macro()), unreachable, agent))
                .get()
                .extracting(Problem::en)
                .asString()
                .contains("reach");
        assertThat(count(unreachable, ComplaintEvent.Noted.class)).isZero();
        assertThat(tasks.of(unreachable.id())).isEmpty();
    }

    @Test
    void aPlaceThatNobodyFillsIsRefused() {
        var parts = new Macro.Parts(null, null, new MessagePart(Purpose.PROGRESS, "您好，{nickname}"));
        assertThatThrownBy(() -> macros.save(null, "答复", null, parts, manager))
                .hasMessageContaining("bulk.refused.place");
        assertThatThrownBy(() -> macros.save(null, "空", null, new Macro.Parts(null, null, null), manager))
                .hasMessageContaining("bulk.refused.empty-macro");
    }

    @Test
    void aMacroOfAnotherDepartmentIsNotForMe() {
        UUID id = macros.save(null, "售后专用", "after-sales", new Macro.Parts("已登记", null, null), manager);
        assertThatThrownBy(() -> macros.find(id, agent)).hasMessageContaining("bulk.refused.macro");
        assertThat(macros.find(id, manager).name()).isEqualTo("售后专用");
        macros.retire(id);
        assertThatThrownBy(() -> macros.find(id, manager)).hasMessageContaining("bulk.refused.macro");
    }

    // ---- views ----

    @Test
    void aViewIsKeptAndLeadsToItsList() throws Exception {
        String name = "超期未结的严重投诉".repeat(7).substring(0, 60);

        http.perform(post("/desk/views")
                        .param("name", name)
                        .param("query", "overdue=true&stage=HANDLE&cursor=none")
                        .with(as(agent))
                        .with(csrf()))
                .andExpect(status().isSeeOther())
                .andExpect(redirectedUrl("/desk/complaints?stage=HANDLE&overdue=true"));

        String list = http.perform(
                        get("/desk/complaints?overdue=true&stage=HANDLE").with(as(agent)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(list)
                .contains(name)
                .containsPattern("class=\"view here\" href=\"/desk/complaints\\?stage=HANDLE&amp;overdue=true\"");
        http.perform(post("/desk/views")
                        .param("name", name + "多")
                        .with(as(agent))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());
        assertThat(views.of(colleague)).isEmpty();
    }

    @Test
    void whatADepartmentKeepsAllItsPeopleHave() {
        String department = "d-" + UUID.randomUUID();
        SignedIn maker = DeskPeople.person(staff, "甲", department, Role.HANDLER);
        SignedIn other = DeskPeople.person(staff, "乙", department, Role.HANDLER);
        SavedViews.View first = views.keep("本组超期", ViewQuery.read("overdue=true"), true, maker);
        SavedViews.View second = views.keep("本组新单", ViewQuery.read("stage=ACCEPT"), true, maker);

        assertThat(views.of(other)).extracting(SavedViews.View::name).containsExactly("本组超期", "本组新单");
        assertThat(views.kept(other)).noneMatch(Views.Kept::mayChange);
        assertThatThrownBy(() -> views.delete(first.id(), other)).isInstanceOf(io.bihuan.web.NotFound.class);
        views.move(second.id(), true, maker);
        views.rename(first.id(), "全组超期", maker);
        assertThat(views.of(other)).extracting(SavedViews.View::name).containsExactly("本组新单", "全组超期");
        views.delete(second.id(), maker);
        assertThat(views.of(other)).hasSize(1);
        assertThatThrownBy(() -> views.keep("共用", ViewQuery.read(""), true, agent))
                .hasMessageContaining("bulk.refused.no-department");
    }

    @Test
    void thirtyViewsAreEnough() {
        for (int i = 0; i < Views.MOST; i++) {
            views.keep("视图" + i, ViewQuery.read(""), false, colleague);
        }
        assertThatThrownBy(() -> views.keep("多余", ViewQuery.read(""), false, colleague))
                .hasMessageContaining("bulk.refused.views");
        assertThatThrownBy(() -> views.keep("视图0", ViewQuery.read(""), false, colleague))
                .hasMessageContaining("bulk.refused.same-name");
    }

    // ---- pages ----

    private String page(String path, SignedIn who) throws Exception {
        String html = http.perform(get(path).with(as(who)).header("Accept-Language", "zh-CN"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(html).doesNotContainPattern("bulk\\.[a-z]+[.\\-][a-z]");
        return html;
    }

    @Test
    void tickedComplaintsAreDoneThroughThePages() throws Exception {
        Complaint complaint = registered(DEPARTMENT);
        String digits = complaint.number().digits();
        assertThat(page("/desk/complaints", agent)).contains("form=\"many\"", "action=\"/desk/bulk/new\"");
        for (Deed deed : Deed.values()) {
            assertThat(page("/desk/bulk/new?deed=" + deed + "&complaint=" + digits, agent))
                    .contains(complaint.number().readable());
        }
        http.perform(post("/desk/bulk")
                        .param("deed", "NOTE")
                        .param("complaint", digits)
                        .with(as(agent))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());

        String run = Objects.requireNonNull(http.perform(post("/desk/bulk")
                        .param("deed", "NOTE")
                        .param("note", "批量备注")
                        .param("complaint", digits)
                        .with(as(agent))
                        .with(csrf()))
                .andExpect(redirectedUrlPattern("/desk/bulk/*"))
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
        assertThat(page(run, agent)).contains("批量备注", "将执行", complaint.number().readable());
        http.perform(post(run + "/confirmation").with(as(agent)).with(csrf())).andExpect(redirectedUrl(run));
        ended(UUID.fromString(run.substring("/desk/bulk/".length())));

        assertThat(page(run, agent)).contains("已完成", "/reversal");
        assertThat(page("/desk/bulk", agent)).contains(run);
        page(run + "/progress", agent);
        String csv = http.perform(get(run + "/results.csv").with(as(agent)))
                .andExpect(header().string("Content-Type", "text/csv;charset=UTF-8"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(csv).contains(complaint.number().readable());
    }

    @Test
    void allThatAFilterFindsCanBeChosen() throws Exception {
        Complaint complaint = registered("d-all");
        assertThat(page("/desk/bulk/new?deed=NOTE&all=true&query=department=d-all", agent))
                .contains(complaint.number().digits());
        http.perform(get("/desk/bulk/new?deed=NOTE&all=true&query=department=nowhere")
                        .with(as(agent)))
                .andExpect(redirectedUrl("/desk/complaints?department=nowhere"));
    }

    @Test
    void macrosAreLaidDownAndAppliedThroughThePages() throws Exception {
        String name = "致歉" + UUID.randomUUID().toString().substring(0, 8);
        http.perform(post("/desk/macros")
                        .param("name", name)
                        .param("purpose", "APOLOGY")
                        .param("words", "{customer}您好，给您添麻烦了，深表歉意。")
                        .with(as(manager))
                        .with(csrf()))
                .andExpect(redirectedUrl("/desk/macros"));
        assertThat(page("/desk/macros", manager)).contains(name, "答复模板");
        page("/desk/macros/new", manager);
        Macro macro = macros.of(agent).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(page("/desk/macros/" + macro.id(), manager)).contains("深表歉意");
        http.perform(get("/desk/macros").with(as(agent))).andExpect(status().isForbidden());

        Complaint complaint = registered(DEPARTMENT);
        String path = "/desk/complaints/" + complaint.number().digits() + "/macros";
        assertThat(page(path, agent)).contains(name);
        assertThat(page(path + "?macro=" + macro.id(), agent))
                .contains("给您添麻烦了", "name=\"key\"")
                .doesNotContain("欧阳小明");
        UUID key = Ids.next();
        http.perform(post(path)
                        .param("macro", macro.id().toString())
                        .param("key", key.toString())
                        .with(as(agent))
                        .with(csrf()))
                .andExpect(redirectedUrl(path + "?done=" + key));
        assertThat(page(path + "?done=" + key, agent)).contains("/desk/bulk/" + key);
        assertThat(runs.find(key).orElseThrow().state()).isEqualTo(Run.State.HELD);
    }
}
