package io.bihuan.complaint;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.Hours;
import io.bihuan.clock.Alarms;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Recipient;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Bundles;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.database.Epochs;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Followers;
import io.bihuan.privacy.Personal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens to complaints and people when deadlines come near: nothing runs by itself here but what a test asks for. */
@BihuanTest(
        properties = {"bihuan.alarms.enabled=false", "bihuan.followers.enabled=false", "bihuan.bundles.enabled=false"})
class EscalationTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String DEPARTMENT = "technical-support";

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Clocks clocks;

    @Autowired
    Alarms alarms;

    @Autowired
    Staff staff;

    @Autowired
    Duty duty;

    @Autowired
    Calendars calendars;

    @Autowired
    Notices notices;

    @Autowired
    Bundles bundles;

    @Autowired
    NoticeFollower follower;

    @Autowired
    Tasks tasks;

    @Autowired
    EscalatedComplaints escalated;

    @Autowired
    StoredHistory stored;

    @Autowired
    TrackingLinks links;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Feed feed;

    @Autowired
    Epochs epochs;

    @Autowired
    MovableTime time;

    private final List<UUID> hired = new ArrayList<>();
    private UUID owner;
    private UUID lead;
    private UUID head;

    @BeforeEach
    void people() {
        // A Wednesday.
        time.set(LocalDateTime.parse("2026-12-02T10:00").atZone(ZONE).toInstant());
        lead = hire(StaffDetails.of("组长林静", "customer-service", Role.MANAGER));
        owner = hire(StaffDetails.of("坐席周敏", "customer-service", Role.AGENT).ledBy(lead));
        head = hire(StaffDetails.of("部长唐伟", DEPARTMENT, Role.HANDLER).holding(Post.DEPARTMENT_HEAD));
    }

    @AfterEach
    void everybodyLeaves() {
        duty.coming().forEach(shift -> duty.remove(shift.id()));
        for (UUID id : hired) {
            staff.update(id, new StaffDetails("离职", Set.of(Role.AGENT), null, null, false));
        }
        // What this test left open must not escalate into the next one.
        jdbc.sql("update clock.clock set next_alarm_at = null").update();
        jdbc.sql("delete from message.waiting_notice").update();
        time.reset();
    }

    private UUID hire(StaffDetails details) {
        UUID id = staff.create("esc-" + UUID.randomUUID(), "Correct-horse-7", false, details);
        hired.add(id);
        return id;
    }

    private SignedIn signedIn(UUID id, Role... roles) {
        StaffMember member = staff.find(id).orElseThrow();
        return new SignedIn(id, member.login(), member.name(), Set.of(roles), member.department(), false);
    }

    /** Its owner has confirmed, so only the clock of the solution runs. */
    private Complaint registered(Severity severity) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        severity,
                        Priority.MEDIUM,
                        DEPARTMENT,
                        1,
                        Personal.of("空调修了三次还是不制冷"),
                        Personal.of("师傅来了三次，每次收280元，还是不制冷。"),
                        new Customer(Personal.of("张三丰"), Personal.of("+8613812345678"), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        owner,
                        true,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private Complaint at(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    /** Lets the clock use up that share of its time, and everything that is due by then happen. */
    private void usedUp(Complaint complaint, int percent) {
        Clock clock = solve(complaint);
        Duration whole = Duration.ofMinutes(clock.wholeAmount());
        time.set(clock.startedAt()
                .plus(whole.multipliedBy(percent).dividedBy(100))
                .plusSeconds(1));
        alarms.fireDue();
    }

    private Clock solve(Complaint complaint) {
        return clocks.of(complaint.id()).stream()
                .filter(clock -> clock.name().equals("solve"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** Whoever still writes elsewhere, or follows too, holds it up for a moment. */
    private void catchUp() {
        var followers = new Followers(jdbc, transaction, feed, epochs, List.of());
        for (int attempt = 0; attempt < 500 && followers.catchUp(follower) >= 0 && isBehind(); attempt++) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isBehind() {
        return jdbc.sql("""
                        select exists (
                            select 1 from complaint.event e, platform.follower f
                            where f.name = ? and (e.epoch, e.txid, e.id) > (f.epoch, f.txid, f.id))
                        """).param(follower.name()).query(Boolean.class).single();
    }

    private void tell() {
        catchUp();
        time.advance(Bundles.WINDOW);
        bundles.tell();
    }

    private List<StaffNotice> told(UUID person) {
        return notices.of(person, null).stream().map(Notices.Received::notice).toList();
    }

    private List<String> keys(UUID person) {
        return told(person).stream()
                .map(notice -> notice.key().substring("complaint.notice.".length()))
                .filter(not("registered"::equals))
                .toList();
    }

    private <E extends ComplaintEvent> List<E> events(Complaint complaint, Class<E> type) {
        return complaints.history(complaint.number(), 0, 500).stream()
                .map(HistoryEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Of the clock of the solution. */
    private List<Integer> levels(Complaint complaint) {
        return events(complaint, ComplaintEvent.Escalated.class).stream()
                .filter(event -> event.clock().equals("solve"))
                .map(ComplaintEvent.Escalated::level)
                .toList();
    }

    private void intact(Complaint complaint) throws Exception {
        assertThat(HistoryCheck.of(stored).details())
                .filteredOn(finding -> finding.contains(complaint.id().toString()))
                .isEmpty();
    }

    @Test
    void theHigherItClimbsTheMoreIsDone() throws Exception {
        UUID care = hire(StaffDetails.of("关怀组何静", null, Role.AGENT).holding(Post.CARE_GROUP));
        UUID decision = hire(StaffDetails.of("总监方远", null, Role.MANAGER).holding(Post.DECISION_LEVEL));
        Complaint complaint = registered(Severity.GENERAL);

        usedUp(complaint, 75);
        assertThat(events(complaint, ComplaintEvent.Escalated.class))
                .singleElement()
                .satisfies(event -> assertThat(event.told()).containsExactly(owner));
        usedUp(complaint, 90);
        assertThat(events(complaint, ComplaintEvent.Escalated.class).getLast().told())
                .containsExactly(lead);
        usedUp(complaint, 100);
        assertThat(events(complaint, ComplaintEvent.Escalated.class).getLast().told())
                .containsExactly(owner, lead, head);
        assertThat(escalated.to(head)).contains(complaint.id());
        usedUp(complaint, 150);

        assertThat(levels(complaint)).containsExactly(1, 2, 3, 5, 6);
        assertThat(events(complaint, ComplaintEvent.Escalated.class).get(3).told())
                .containsExactly(decision, care);
        assertThat(at(complaint).severity()).as("raised by one").isEqualTo(Severity.URGENT);
        assertThat(solve(complaint).severity()).isEqualTo(Severity.URGENT);
        assertThat(solve(complaint).recounted()).isEqualTo(solve(complaint));
        assertThat(tasks.open(head)).singleElement().satisfies(task -> {
            assertThat(task.complaintId()).isEqualTo(complaint.id());
            assertThat(task.dueAt()).isAfter(time.instant().plus(Duration.ofHours(23)));
        });
        assertThat(events(complaint, ComplaintEvent.ClockWarned.class))
                .as("each warn point once, whatever the severity did to the deadline")
                .extracting(ComplaintEvent.ClockWarned::level)
                .containsExactly(50, 75, 90, 100, 150);
        time.advance(Duration.ofDays(3));
        assertThat(alarms.fireDue()).as("it does not climb for ever").isZero();
        intact(complaint);
    }

    @Test
    void aMajorOneThatIsLateGoesToTheLead() throws Exception {
        Complaint complaint = registered(Severity.MAJOR);
        usedUp(complaint, 100);
        assertThat(at(complaint).owner()).isEqualTo(lead);
        assertThat(at(complaint).ownerConfirmedAt())
                .as("he has to stand up for it")
                .isNull();
        intact(complaint);

        String customers = http.perform(get(links.path(complaint.number())).queryParam("lang", "zh-CN"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(customers).contains("组长林静").doesNotContain("升级");
    }

    @Test
    void aComplaintThatIsListedForSomebodyElseThanWasToldIsFound() throws Exception {
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 75);
        listFor(complaint, owner, head);
        try {
            assertThat(HistoryCheck.of(stored).details())
                    .anyMatch(detail -> detail.contains(complaint.id().toString()) && detail.contains("as escalated"));
        } finally {
            listFor(complaint, head, owner);
        }
        intact(complaint);
    }

    /** Behind the history's back. */
    private void listFor(Complaint complaint, UUID before, UUID after) {
        assertThat(jdbc.sql("update complaint.escalated set person = ? where complaint_id = ? and person = ?")
                        .param(after)
                        .param(complaint.id())
                        .param(before)
                        .update())
                .isOne();
    }

    @Test
    void whatWasAcknowledgedInTimeIsSilentUntilTheDeadline() throws Exception {
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 75);
        complaints.perform(complaint.number(), null, new Command.AcknowledgeEscalation("solve"), Actor.staff(owner));
        assertThat(escalated.to(owner)).as("nothing to do about it").doesNotContain(complaint.id());
        usedUp(complaint, 90);
        assertThat(levels(complaint)).containsExactly(1);
        assertThat(events(complaint, ComplaintEvent.ClockWarned.class))
                .as("the warn point still stands in the history")
                .extracting(ComplaintEvent.ClockWarned::level)
                .contains(90);
        usedUp(complaint, 100);
        assertThat(levels(complaint)).containsExactly(1, 3);
        assertThat(escalated.to(owner)).as("the promise was not kept").contains(complaint.id());

        complaints.perform(complaint.number(), null, new Command.AcknowledgeEscalation("solve"), Actor.staff(lead));
        assertThatThrownBy(() -> complaints.perform(
                        complaint.number(), null, new Command.AcknowledgeEscalation("solve"), Actor.staff(head)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("complaint.refused.acknowledged");
        usedUp(complaint, 150);
        assertThat(levels(complaint)).as("acknowledged after the deadline").containsExactly(1, 3);
        intact(complaint);
    }

    @Test
    void aClockThatEndsTakesItsEscalationWithItAndTheComplaintItsTasks() throws Exception {
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 150);
        assertThat(at(complaint).escalations()).containsKey("solve");
        assertThat(at(complaint).tasks()).hasSize(1);
        complaints.perform(complaint.number(), null, new Command.Withdraw("客户撤诉"), Actor.staff(owner));
        assertThat(at(complaint).escalations()).isEmpty();
        complaints.perform(complaint.number(), null, new Command.Archive("无"), Actor.staff(owner));
        assertThat(at(complaint).tasks()).isEmpty();
        assertThat(tasks.of(complaint.id())).singleElement().satisfies(task -> {
            assertThat(task.isOpen()).isFalse();
            assertThat(task.doneBy()).as("nobody did it").isNull();
        });
        intact(complaint);
    }

    @Test
    void threeHundredAtOnceAreOneNotice() {
        List<Complaint> all = IntStream.range(0, 300)
                .mapToObj(i -> registered(Severity.GENERAL))
                .toList();
        usedUp(all.getLast(), 75);
        tell();

        assertThat(keys(owner)).containsExactly("many");
        assertThat(told(owner).getFirst().arguments().getFirst()).isEqualTo("300");
        assertThat(told(owner).getFirst().href()).isEqualTo("/desk/escalations");
        assertThat(all)
                .as("each has it in its history")
                .allSatisfy(complaint -> assertThat(levels(complaint)).containsExactly(1));

        usedUp(all.getLast(), 100);
        tell();
        assertThat(keys(owner)).containsExactly("many", "many");
        assertThat(keys(lead)).containsExactly("many");
        assertThat(keys(head)).containsExactly("many");
    }

    @Test
    void aSingleOneIsToldAsItIs() {
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 75);
        tell();
        assertThat(keys(owner)).containsExactly("clockNear");
        assertThat(told(owner).getFirst().href())
                .isEqualTo("/desk/complaints/" + complaint.number().digits());
    }

    @Test
    void twoNodesTellOnceAndWhatWasRolledBackIsToldStill() throws Exception {
        usedUp(registered(Severity.GENERAL), 75);
        catchUp();
        time.advance(Bundles.WINDOW);
        transaction.executeWithoutResult(crashed -> {
            bundles.tell();
            crashed.setRollbackOnly();
        });
        assertThat(keys(owner)).as("it crashed before the commit").isEmpty();
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = IntStream.range(0, 8)
                    .mapToObj(i -> nodes.submit(() -> bundles.tell()))
                    .toList();
            for (var each : tries) {
                each.get();
            }
        }
        assertThat(keys(owner)).containsExactly("clockNear");
    }

    private void officeHours(UUID person) {
        if (calendars.find("duty-office").isEmpty()) {
            var week = new TreeMap<DayOfWeek, List<Hours>>();
            for (DayOfWeek day : List.of(
                    DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
                week.put(day, List.of(Hours.parse("09:00-18:00")));
            }
            calendars.publish(
                    new CalendarDefinition(
                            "duty-office",
                            new Label("办公时间", "Office hours"),
                            ZONE,
                            week,
                            null,
                            List.of(),
                            List.of(),
                            new TreeMap<>(),
                            null,
                            Set.of()),
                    Actor.SYSTEM,
                    "test");
        }
        staff.update(
                person,
                StaffDetails.of("坐席周敏", "customer-service", Role.AGENT)
                        .ledBy(lead)
                        .onDutyIn("duty-office"));
        time.advance(Duration.ofSeconds(6)); // what is read of people is five seconds old at most
    }

    @Test
    void whatCanWaitWaitsForTheMorning() {
        time.set(LocalDateTime.parse("2026-12-04T10:00").atZone(ZONE).toInstant());
        officeHours(owner);
        // Registered on Friday morning: 75 % are used up on Saturday at four.
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 75);
        tell();
        assertThat(keys(owner)).as("on Saturday").isEmpty();
        time.set(LocalDateTime.parse("2026-12-07T08:59").atZone(ZONE).toInstant());
        bundles.tell();
        assertThat(keys(owner)).as("on Monday before nine").isEmpty();
        time.set(LocalDateTime.parse("2026-12-07T09:00").atZone(ZONE).toInstant());
        bundles.tell();
        bundles.tell();
        assertThat(keys(owner)).containsExactly("clockNear");
    }

    @Test
    void whoeverHasTheNightIsToldInsteadAndOfWhatCannotWaitBoth() {
        time.set(LocalDateTime.parse("2026-12-03T10:00").atZone(ZONE).toInstant());
        officeHours(owner);
        UUID night = hire(StaffDetails.of("夜班罗斌", null, Role.AGENT));
        Complaint general = registered(Severity.GENERAL);
        Instant due = general.registeredAt().plus(Duration.ofHours(18));
        duty.add(night, due.minus(Duration.ofHours(4)), due.plus(Duration.ofDays(2)));
        usedUp(general, 75);
        tell();
        assertThat(keys(night)).containsExactly("clockNear");
        time.set(LocalDateTime.parse("2026-12-04T09:01").atZone(ZONE).toInstant());
        bundles.tell();
        assertThat(keys(owner)).as("it was taken off his hands").isEmpty();

        time.set(LocalDateTime.parse("2026-12-03T15:00").atZone(ZONE).toInstant());
        Complaint major = registered(Severity.MAJOR);
        time.set(LocalDateTime.parse("2026-12-05T03:00:05").atZone(ZONE).toInstant());
        alarms.fireDue();
        assertThat(levels(major)).containsExactly(1);
        tell();
        assertThat(keys(owner)).contains("clockNear");
        assertThat(keys(night)).hasSizeGreaterThan(1);
    }

    @Test
    void nothingEscalatesIntoTheVoid() {
        for (UUID id : hired) {
            staff.update(id, StaffDetails.of("普通员工", null, Role.AGENT));
        }
        time.advance(Duration.ofSeconds(6));
        Complaint complaint = registered(Severity.GENERAL);
        var chain = new ChainOfCommand(staff, duty, time.instant());
        Set<UUID> administrators = staff.withRole(Role.ADMINISTRATOR, null).stream()
                .map(StaffMember::id)
                .collect(Collectors.toSet());
        assertThat(administrators).isNotEmpty();
        for (Recipient recipient :
                List.of(Recipient.LEAD, Recipient.DEPARTMENT_HEAD, Recipient.CARE_GROUP, Recipient.DECISION_LEVEL)) {
            assertThat(new HashSet<>(ids(chain, recipient, complaint)))
                    .as(recipient.name())
                    .isEqualTo(administrators);
        }
        assertThat(ids(chain, Recipient.HANDLER, complaint))
                .as("nobody handles it yet")
                .containsExactly(owner);

        UUID decision = hire(StaffDetails.of("总监", null, Role.MANAGER).holding(Post.DECISION_LEVEL));
        var next = new ChainOfCommand(staff, duty, time.instant());
        assertThat(ids(next, Recipient.CARE_GROUP, complaint)).containsExactly(decision);
        UUID elsewhere = hire(StaffDetails.of("配件部长", "parts", Role.HANDLER).holding(Post.DEPARTMENT_HEAD));
        assertThat(ids(new ChainOfCommand(staff, duty, time.instant()), Recipient.DEPARTMENT_HEAD, complaint))
                .as("another department's head does not count")
                .doesNotContain(elsewhere)
                .containsExactly(decision);
    }

    private static List<UUID> ids(ChainOfCommand chain, Recipient recipient, Complaint complaint) {
        return chain.of(recipient, complaint).stream().map(StaffMember::id).toList();
    }

    @Test
    void whoHasLeftIsReplacedByTheNextLevelUp() {
        Complaint complaint = registered(Severity.GENERAL);
        staff.update(owner, new StaffDetails("离职", Set.of(Role.AGENT), null, null, false, lead, Set.of(), null));
        time.advance(Duration.ofSeconds(6));
        usedUp(complaint, 75);
        assertThat(events(complaint, ComplaintEvent.Escalated.class))
                .singleElement()
                .satisfies(event -> assertThat(event.told()).containsExactly(lead));
    }

    // ---- pages ----

    private String page(String path, SignedIn who, String language) throws Exception {
        return http.perform(get(path).queryParam("lang", language).with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void thePageSaysHowFarItHasEscalatedAndIsAcknowledgedThere() throws Exception {
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 150);
        SignedIn leader = signedIn(lead, Role.MANAGER);
        String path = "/desk/complaints/" + complaint.number().digits();
        String acknowledgement = path + "/clocks/solve/acknowledgement";
        assertThat(page(path, leader, "zh-CN"))
                .contains("时限升级", "第 6 级", "坐席周敏", "组长林静", "知悉，由我跟进", acknowledgement)
                .contains("查明超时原因，与客户约定新的完成时间", "标记为完成")
                .contains("升级到第 3 级", "通知首问负责人、责任人、直接上级、部门负责人");
        assertThat(page(path, leader, "en")).contains("Escalation", "Level 6", "I take care of it");
        assertThat(page("/desk/escalations", leader, "zh-CN"))
                .contains("升级给我的投诉", complaint.number().readable());

        SignedIn reader = DeskPeople.person(staff, "白茹", null, Role.AUDITOR);
        hired.add(reader.id());
        assertThat(page(path, reader, "zh-CN")).contains("第 6 级").doesNotContain(acknowledgement);
        http.perform(post(acknowledgement).with(csrf()).with(as(reader))).andExpect(status().isForbidden());

        http.perform(post(acknowledgement).with(csrf()).with(as(leader))).andExpect(status().isSeeOther());
        assertThat(page(path, leader, "zh-CN")).contains("组长林静 于").doesNotContain(acknowledgement);
        http.perform(post(acknowledgement).with(csrf()).with(as(leader))).andExpect(status().isUnprocessableContent());
        assertThat(page("/desk/escalations", leader, "zh-CN")).contains("没有升级给您的投诉");

        SignedIn chief = signedIn(head, Role.HANDLER);
        assertThat(page("/desk/escalations", chief, "zh-CN")).contains("查明超时原因");
        UUID task = tasks.open(head).getFirst().id();
        http.perform(post(path + "/tasks/" + task + "/completion").with(csrf()).with(as(chief)))
                .andExpect(status().isSeeOther());
        assertThat(tasks.open(head)).isEmpty();
        assertThat(page(path, chief, "zh-CN")).contains("部长唐伟 于");
        http.perform(post(path + "/tasks/" + task + "/completion").with(csrf()).with(as(chief)))
                .andExpect(status().isUnprocessableContent());
        intact(complaint);
    }

    @Test
    void thePlansAreReadableInBothLanguages() throws Exception {
        SignedIn leader = signedIn(lead, Role.MANAGER);
        assertThat(page("/desk/escalations/plans", leader, "zh-CN"))
                .contains("处理超时升级", "适用的时限：", "处理完成", "时限到期时", "通知首问负责人、责任人、直接上级、部门负责人", "级别提高一级", "级别为重大")
                .doesNotContain("DEPARTMENT_HEAD", "clock.escalation");
        assertThat(page("/desk/escalations/plans", leader, "en"))
                .contains("Late solution", "Tell: owner, handler", "Hand over to: lead", "within 1 d")
                .doesNotContain("DEPARTMENT_HEAD", "clock.escalation");
    }

    @Test
    void aClockThatIsStoppedEscalatesNoMore() {
        Complaint complaint = registered(Severity.GENERAL);
        usedUp(complaint, 75);
        complaints.perform(complaint.number(), null, new Command.Withdraw("客户撤诉"), Actor.staff(owner));
        assertThat(solve(complaint).state()).isEqualTo(ClockState.CANCELLED);
        time.advance(Duration.ofDays(9));
        alarms.fireDue();
        assertThat(levels(complaint)).containsExactly(1);
    }

    @Test
    void anAdministratorSaysWhoLeadsWhomAndWhoHasTheNight() throws Exception {
        SignedIn administrator = DeskPeople.person(staff, "管理员", null, Role.ADMINISTRATOR);
        hired.add(administrator.id());
        String form = "/desk/staff/" + owner;
        http.perform(post(form)
                        .param("name", "周敏")
                        .param("roles", "AGENT")
                        .param("department", "customer-service")
                        .param("active", "true")
                        .param("posts", "DEPARTMENT_HEAD", "CARE_GROUP")
                        .param("lead", head.toString())
                        .with(csrf())
                        .with(as(administrator)))
                .andExpect(status().isSeeOther());
        StaffMember changed = staff.find(owner).orElseThrow();
        assertThat(changed.lead()).isEqualTo(head);
        assertThat(changed.posts()).containsExactlyInAnyOrder(Post.DEPARTMENT_HEAD, Post.CARE_GROUP);
        assertThat(page(form, administrator, "zh-CN")).contains("直接上级", "部门负责人", "值班时间");
        http.perform(post(form)
                        .param("name", "周敏")
                        .param("roles", "AGENT")
                        .param("active", "true")
                        .param("posts", "DEPARTMENT_HEAD")
                        .param("lead", owner.toString())
                        .with(csrf())
                        .with(as(administrator)))
                .andExpect(status().isUnprocessableContent());
        assertThat(staff.find(owner).orElseThrow().lead())
                .as("nothing was changed")
                .isEqualTo(head);

        http.perform(post("/desk/staff/duty")
                        .param("staff", owner.toString())
                        .param("from", "2026-12-02T22:00")
                        .param("to", "2026-12-02T08:00")
                        .with(csrf())
                        .with(as(administrator)))
                .andExpect(status().isUnprocessableContent());
        http.perform(post("/desk/staff/duty")
                        .param("staff", owner.toString())
                        .param("from", "2026-12-02T22:00")
                        .param("to", "2026-12-03T08:00")
                        .with(csrf())
                        .with(as(administrator)))
                .andExpect(status().isSeeOther());
        assertThat(duty.at(LocalDateTime.parse("2026-12-03T07:59").atZone(ZONE).toInstant()))
                .containsExactly(owner);
        assertThat(duty.at(LocalDateTime.parse("2026-12-03T08:00").atZone(ZONE).toInstant()))
                .isEmpty();
        assertThat(page("/desk/staff/duty", administrator, "zh-CN")).contains("值班表", "周敏", "2026-12-03 08:00");
        http.perform(get("/desk/staff/duty").with(as(signedIn(lead, Role.MANAGER))))
                .andExpect(status().isForbidden());
    }
}
