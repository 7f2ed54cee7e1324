package io.bihuan.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeMoved;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeTold;
import io.bihuan.correspondence.CorrespondenceEvent.Told;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.PreferredContact;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.message.MessageOutbox;
import io.bihuan.message.MessageWork;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The promises to the customer: three notices, the result within two hours, nothing twice, and one thread of it all. */
@BihuanTest
class CorrespondenceTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LINK = "https://service.example.com/t/1";
    private static final Random RANDOM = new Random();

    @Autowired
    Correspondence correspondence;

    @Autowired
    NoticeFigures figures;

    @Autowired
    Complaints complaints;

    @Autowired
    Clocks clocks;

    @Autowired
    Customers customers;

    @Autowired
    MessageWork work;

    @Autowired
    MessageOutbox outbox;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    private SignedIn agent;
    private SignedIn manager;

    @BeforeEach
    void inTheMorning() {
        // Ten o'clock in Shanghai: nobody sleeps.
        time.set(time.instant()
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .plusHours(2)
                .toInstant());
        agent = DeskPeople.person(staff, "周敏", null, Role.AGENT);
        manager = DeskPeople.person(staff, "方远", null, Role.MANAGER);
    }

    @AfterEach
    void now() {
        time.reset();
    }

    // ---- what happens to a complaint ----

    private Complaint registered(@Nullable String phone, @Nullable String email) {
        return registered(phone, email, "空调修了三次还是不制冷", "师傅来了三次，还是不制冷。");
    }

    private Complaint registered(@Nullable String phone, @Nullable String email, String title, String content) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        1,
                        Personal.of(title),
                        Personal.of(content),
                        new Customer(Personal.of("欧阳小明"), Personal.ofNullable(phone), Personal.ofNullable(email)),
                        Map.of("productType", Personal.of("air-conditioner"), "model", Personal.of("KFR-35GW")),
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

    private static String somePhone() {
        return "+86138" + String.format(Locale.ROOT, "%08d", RANDOM.nextInt(100_000_000));
    }

    private static String someEmail() {
        return "kunde" + RANDOM.nextInt(100_000_000) + "@example.com";
    }

    private Complaint assessed(@Nullable String phone, @Nullable String email) {
        return assess(registered(phone, email));
    }

    private Complaint assess(Complaint complaint) {
        return perform(
                complaint,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        null,
                        null));
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), null, command, agent.actor());
    }

    private Complaint verified(Complaint complaint) {
        return perform(complaint, new Command.Verify(Finding.SUBSTANTIATED, "内部：铜管接口漏氟"));
    }

    private Complaint solved(Complaint complaint) {
        return perform(verified(complaint), new Command.Solve(Outcome.ACCEPTED, "更换铜管并退费280元", null));
    }

    private Saying saying(Purpose purpose, @Nullable Notice notice, Map<Placeholder, String> values) {
        var all = new EnumMap<Placeholder, String>(Placeholder.class);
        all.put(Placeholder.TRACKING_URL, LINK);
        all.putAll(values);
        return new Saying(purpose, notice, Ids.next(), Locale.CHINESE, null, null, all, null);
    }

    private Saying saying(Notice notice) {
        return saying(
                notice.purpose(),
                notice,
                switch (notice) {
                    case ACCEPTED -> Map.of(Placeholder.MEASURES, "今天派人上门检查");
                    case FINDINGS -> Map.of(Placeholder.FINDINGS, "铜管接口漏氟");
                    case SOLUTION -> Map.of(Placeholder.MEASURES, "更换铜管");
                });
    }

    private Saying result() {
        return saying(Purpose.RESULT, null, Map.of(Placeholder.GUARANTEE, "铜管保修三年", Placeholder.ROUTES, "要求换人复核"));
    }

    private UUID say(Complaint complaint, Saying saying) {
        UUID message =
                correspondence.say(complaint.number(), saying, agent.actor()).orElseThrow();
        // The node works, too, and may have it in hand.
        until(() -> said(complaint, message).sentAt() != null);
        return message;
    }

    private Said said(Complaint complaint, UUID message) {
        work.work();
        return correspondence.said(complaint.id(), 50).stream()
                .filter(said -> said.message().equals(message))
                .findFirst()
                .orElseThrow();
    }

    private void arrives(Complaint complaint, UUID message, Way way) {
        outbox.mark(message, way, State.DELIVERED);
        until(() -> said(complaint, message).deliveredAt() != null);
    }

    private PlannedNotice notice(Complaint complaint, Notice notice) {
        return correspondence.notices(complaint.id()).stream()
                .filter(each -> each.notice() == notice)
                .findFirst()
                .orElseThrow();
    }

    private Clock clock(Complaint complaint, String name) {
        return clocks.of(complaint.id()).stream()
                .filter(clock -> clock.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private <E extends ComplaintEvent> List<E> events(Complaint complaint, Class<E> type) {
        return complaints.history(complaint.number(), 0, 500).stream()
                .map(HistoryEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static void until(BooleanSupplier isSo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String key(Throwable thrown) {
        return ((Refused) thrown).key();
    }

    // ---- notices ----

    @Test
    void threeNoticesArePlannedToldAndDelivered() {
        Complaint complaint = assessed(somePhone(), null);
        assertThat(correspondence.notices(complaint.id()))
                .extracting(PlannedNotice::notice)
                .containsExactly(Notice.values());
        assertThat(correspondence.notices(complaint.id())).allMatch(PlannedNotice::isOpen);

        for (Notice each : Notice.values()) {
            UUID message = say(complaint, saying(each));
            assertThat(notice(complaint, each).toldAt()).isNotNull();
            assertThat(notice(complaint, each).deliveredAt()).isNull();
            arrives(complaint, message, Way.SMS);
            assertThat(notice(complaint, each).deliveredAt()).isNotNull();
            assertThat(clock(complaint, each.clock()).state()).isEqualTo(ClockState.MET);
            time.advance(Duration.ofMinutes(2));
        }
        assertThat(events(complaint, Told.class)).hasSize(3);
        assertThat(events(complaint, NoticeTold.class))
                .as("sent and delivered, each once")
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThat(events(complaint, Told.class).get(1).text().value())
                .contains("铜管接口漏氟", LINK)
                .doesNotContain("内部");

        Complaint told = perform(
                perform(solved(complaint), new Command.TellResult(Contact.PHONE, "已更换")), new Command.Confirm(null, 5));
        assertThat(perform(told, new Command.Archive("工艺")).isOpen()).isFalse();
    }

    @Test
    void whatWasWrittenReachesTheCustomerAlsoWhereTheLetterHasNoPlaceForIt() {
        Complaint complaint = assessed(somePhone(), null);
        say(complaint, saying(Notice.ACCEPTED));
        String told = events(complaint, Told.class).getFirst().text().value();
        assertThat(told).contains(LINK).endsWith("目前的安排：今天派人上门检查");

        UUID asked = say(complaint, saying(Purpose.INFORMATION_REQUEST, null, Map.of(Placeholder.MEASURES, "发票照片")));
        assertThat(said(complaint, asked).text()).endsWith("请提供：发票照片");
    }

    @Test
    void whatTheLetterHasAPlaceForIsSaidOnceAndNothingIsAddedThatNobodyWrote() {
        Complaint complaint = assessed(somePhone(), someEmail());
        UUID findings = say(complaint, saying(Notice.FINDINGS));
        assertThat(said(complaint, findings).text()).containsOnlyOnce("铜管接口漏氟");
        UUID bare = say(complaint, saying(Purpose.PROGRESS, null, Map.of()));
        assertThat(said(complaint, bare).text()).doesNotContain("目前的安排", "—");
    }

    @Test
    void aResultThatWasPostedIsToldAndHasYetToArrive() {
        Complaint complaint = solved(assessed(somePhone(), null));
        correspondence.spoken(complaint.number(), result(), Contact.LETTER, agent.actor());
        assertThat(events(complaint, ComplaintEvent.ResultTold.class))
                .singleElement()
                .satisfies(told -> assertThat(told.text().value()).contains("铜管保修三年", "要求换人复核"));
        assertThat(correspondence.said(complaint.id(), 1).getFirst().deliveredAt())
                .isNull();
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.RUNNING);
        perform(complaint, new Command.RecordDelivery(Contact.LETTER));
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.MET);
    }

    @Test
    void aNoticeThatIsToldLateIsToldButMissed() {
        Complaint complaint = assessed(somePhone(), null);
        time.advance(Duration.ofHours(3));
        assertThat(notice(complaint, Notice.ACCEPTED).isLate(time.instant())).isTrue();

        say(complaint, saying(Notice.ACCEPTED));
        assertThat(notice(complaint, Notice.ACCEPTED).isTold()).isTrue();
        assertThat(clock(complaint, "progress-1").state()).isEqualTo(ClockState.MISSED);
        assertThat(clock(complaint, "progress-2").state()).isEqualTo(ClockState.RUNNING);
    }

    @Test
    void aNoticeIsMovedWithItsClockAndForAReason() {
        Complaint complaint = assessed(somePhone(), null);
        Instant later = time.instant().plus(Duration.ofHours(20)).truncatedTo(ChronoUnit.MINUTES);

        assertThatThrownBy(() -> correspondence.plan(complaint.number(), Notice.FINDINGS, later, " ", agent.actor()))
                .satisfies(e -> assertThat(key(e)).isEqualTo("correspondence.refused.reason"));
        correspondence.plan(complaint.number(), Notice.FINDINGS, later, "等厂家鉴定", agent.actor());

        assertThat(Duration.between(later, clock(complaint, "progress-2").dueAt()))
                .isLessThanOrEqualTo(Duration.ofMinutes(1))
                .isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(notice(complaint, Notice.FINDINGS).isMoved()).isTrue();
        assertThat(events(complaint, NoticeMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.why().value()).isEqualTo("等厂家鉴定"));

        time.advance(Duration.ofHours(21));
        assertThatThrownBy(() -> correspondence.plan(
                        complaint.number(),
                        Notice.FINDINGS,
                        time.instant().plus(Duration.ofHours(1)),
                        "再等",
                        agent.actor()))
                .as("a promise that is broken is not mended by another one")
                .satisfies(e -> assertThat(key(e)).isEqualTo("correspondence.refused.late"));
    }

    @Test
    void moreTimeForTheSolutionMovesTheOpenNoticesButNoneThatWasMovedByHand() {
        Complaint complaint = assessed(somePhone(), null);
        Instant byHand = time.instant().plus(Duration.ofHours(10));
        correspondence.plan(complaint.number(), Notice.FINDINGS, byHand, "客户出差", agent.actor());
        Instant planned = clock(complaint, "progress-3").dueAt();
        Instant hand = clock(complaint, "progress-2").dueAt();

        complaints.perform(
                complaint.number(),
                null,
                new Command.ExtendClock("solve", "THIRD_PARTY", "配件需调货", Contact.PHONE),
                manager.actor());

        until(() -> clock(complaint, "progress-3").dueAt().isAfter(planned.plus(Duration.ofHours(15))));
        assertThat(clock(complaint, "progress-3").dueAt())
                .isBefore(clock(complaint, "solve").dueAt());
        assertThat(clock(complaint, "progress-2").dueAt()).isEqualTo(hand);
        assertThat(notice(complaint, Notice.SOLUTION).isMoved()).isFalse();
    }

    @Test
    void findingsThatAreThereEarlyBringTheirNoticeForwardAndOfferIt() {
        Complaint complaint = assessed(somePhone(), null);
        Instant planned = clock(complaint, "progress-2").dueAt();
        assertThat(notice(complaint, Notice.FINDINGS).isReady()).isFalse();
        time.advance(Duration.ofMinutes(30));

        verified(complaint);

        until(() -> notice(complaint, Notice.FINDINGS).isReady());
        assertThat(clock(complaint, "progress-2").dueAt())
                .isAfter(time.instant())
                .isBefore(planned.minus(Duration.ofHours(3)));
        assertThat(correspondence
                        .progress(complaints.find(complaint.number()).orElseThrow())
                        .ready())
                .isEqualTo(Notice.FINDINGS);

        say(complaint, saying(Notice.FINDINGS));
        assertThat(notice(complaint, Notice.FINDINGS).isReady()).isFalse();
        assertThat(clock(complaint, "progress-2").state()).isEqualTo(ClockState.MET);
    }

    @Test
    void whoWroteInEnglishIsWrittenToInEnglishUnlessSomebodyChoosesOtherwise() {
        Complaint complaint = registered(
                somePhone(), null, "Repaired three times, still no cooling", "The technician came three times.");
        assess(complaint);
        Map<Placeholder, String> place = Map.of(Placeholder.TRACKING_URL, LINK, Placeholder.MEASURES, "a visit today");
        UUID english = correspondence
                .tell(complaint.number(), Purpose.PROGRESS, Ids.next(), place, agent.actor())
                .orElseThrow();
        assertThat(said(complaint, english).text()).contains("is responsible").doesNotContain("负责人");

        var chosen = new Saying(Purpose.PROGRESS, null, Ids.next(), Locale.CHINESE, null, null, place, null);
        assertThat(said(complaint, say(complaint, chosen)).text()).contains("负责人");
    }

    @Test
    void assessingAgainPromisesNothingAnew() {
        Complaint complaint = assessed(somePhone(), null);
        say(complaint, saying(Notice.ACCEPTED));
        assess(complaint);
        assertThat(clocks.of(complaint.id()))
                .filteredOn(clock -> clock.name().equals("progress-1"))
                .singleElement()
                .satisfies(clock -> assertThat(clock.state()).isEqualTo(ClockState.MET));
    }

    @Test
    void fewerThanThreeNeedAReasonAndCountAsAMiss() {
        Instant from = time.instant();
        Complaint complaint = assessed(somePhone(), null);
        say(complaint, saying(Notice.ACCEPTED));
        Complaint done = perform(
                perform(solved(complaint), new Command.TellResult(Contact.PHONE, "已更换")), new Command.Confirm(null, 4));
        assertThatThrownBy(() -> perform(done, new Command.Archive("工艺")))
                .satisfies(e -> assertThat(key(e)).isEqualTo("correspondence.refused.fewer"));
        assertThat(correspondence.needsExcuse(done)).isTrue();
        // All three are due by now, though nobody waited for the last two.
        time.advance(Duration.ofHours(23));
        NoticeFigures.Part before = figuresOf("technical-support", from);

        correspondence.excuse(done.number(), "客户当天到店，方案当面说清", agent.actor());
        assertThat(correspondence.needsExcuse(done)).isFalse();
        perform(complaints.find(done.number()).orElseThrow(), new Command.Archive("工艺"));

        NoticeFigures.Part after = figuresOf("technical-support", from);
        assertThat(after.planned()).isEqualTo(before.planned());
        assertThat(after.missed()).as("those that nobody told").isEqualTo(before.missed() + 2);
        assertThat(after.overtaken()).as("whoever gives a reason owed them").isEqualTo(before.overtaken() - 2);
    }

    private NoticeFigures.Part figuresOf(String department, Instant from) {
        return figures.of(from, from.plus(Duration.ofDays(2)), NoticeFigures.Division.DEPARTMENT, department).stream()
                .filter(each -> each.part().equals(department))
                .findFirst()
                .orElse(new NoticeFigures.Part(department, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void theFiguresTellPlannedSentDeliveredReadAndMissedByDepartmentAndMonth() {
        Instant from = time.instant();
        Complaint complaint = assessed(somePhone(), null);
        UUID message = say(complaint, saying(Notice.ACCEPTED));
        outbox.mark(message, Way.SMS, State.READ);
        until(() -> said(complaint, message).readAt() != null);
        NoticeFigures.Part early = figuresOf("technical-support", from);

        time.advance(Duration.ofHours(23));

        NoticeFigures.Part late = figuresOf("technical-support", from);
        assertThat(late.planned()).as("what is not due is not counted").isGreaterThanOrEqualTo(early.planned() + 3);
        assertThat(late.told()).isGreaterThanOrEqualTo(early.told() + 1);
        assertThat(late.delivered()).isGreaterThanOrEqualTo(early.delivered() + 1);
        assertThat(late.read()).isGreaterThanOrEqualTo(early.read() + 1);
        assertThat(late.missed()).isGreaterThanOrEqualTo(early.missed() + 2);
        assertThat(late.kept()).isBetween(0.0, 100.0);
        assertThat(figuresOf("nobody", from).planned()).isZero();
        assertThat(figures.of(from, from.plus(Duration.ofDays(2)), NoticeFigures.Division.MONTH, null))
                .extracting(NoticeFigures.Part::part)
                .allMatch(month -> month.matches("\\d{4}-\\d{2}"));
    }

    @Test
    void whatIsSolvedBeforeTheFirstNoticeIsDueOwesNone() {
        Complaint complaint = assessed(somePhone(), null);
        time.advance(Duration.ofMinutes(40));
        Complaint done = perform(
                perform(solved(complaint), new Command.TellResult(Contact.PHONE, "已更换")), new Command.Confirm(null, 5));
        assertThat(correspondence.needsExcuse(done)).isFalse();
        assertThat(perform(done, new Command.Archive("工艺")).isOpen()).isFalse();
    }

    @Test
    void anotherKindThanAComplaintOwesNoNotices() {
        Complaint inquiry = complaints.perform(
                registered(somePhone(), null).number(),
                null,
                new Command.ConvertKind(Kind.INQUIRY, "只是问价格"),
                agent.actor());
        Complaint assessed = perform(
                inquiry,
                new Command.Assess(
                        Kind.INQUIRY,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.LOW,
                        "technical-support",
                        null,
                        null));
        assertThat(correspondence.notices(assessed.id())).isEmpty();
    }

    // ---- the result ----

    @Test
    void aResultThatLacksOneOfItsPartsIsNotSent() {
        Complaint complaint = solved(assessed(somePhone(), null));
        Saying lacking = saying(Purpose.RESULT, null, Map.of(Placeholder.ROUTES, "要求换人复核"));
        assertThatThrownBy(() -> correspondence.say(complaint.number(), lacking, agent.actor()))
                .isInstanceOfSatisfying(
                        Lacking.class, e -> assertThat(e.places()).containsExactly(Placeholder.GUARANTEE));
        assertThat(correspondence.said(complaint.id(), 10)).isEmpty();
        assertThat(events(complaint, Told.class)).isEmpty();
    }

    @Test
    void theResultIsToldWhenItHasArrivedAndNotWhenItWasSent() {
        Complaint complaint = solved(assessed(somePhone(), null));
        UUID message = say(complaint, result());
        assertThat(complaints.find(complaint.number()).orElseThrow().toldAt()).isNotNull();
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.RUNNING);
        assertThat(events(complaint, ComplaintEvent.ResultTold.class))
                .singleElement()
                .satisfies(told -> assertThat(told.text().value()).contains("更换铜管并退费280元", "铜管保修三年", "要求换人复核"));

        arrives(complaint, message, Way.SMS);
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.MET);
        outbox.mark(message, Way.SMS, State.READ);
        until(() -> said(complaint, message).readAt() != null);
        assertThat(events(complaint, ComplaintEvent.ResultDelivered.class)).hasSize(1);
    }

    @Test
    void aResultThatArrivesAfterTwoHoursIsLate() {
        Complaint complaint = solved(assessed(null, someEmail()));
        UUID message = say(complaint, result());
        time.advance(Duration.ofMinutes(121));
        arrives(complaint, message, Way.EMAIL);
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.MISSED);
    }

    @Test
    void aLoggedCallTellsTheResult() {
        Complaint complaint = solved(assessed(somePhone(), null));
        Saying said = result();
        correspondence.spoken(complaint.number(), said, Contact.PHONE, agent.actor());
        correspondence.spoken(complaint.number(), said, Contact.PHONE, agent.actor());
        assertThat(clock(complaint, "tell").state()).isEqualTo(ClockState.MET);
        assertThat(events(complaint, ComplaintEvent.ResultTold.class)).hasSize(1);
    }

    @Test
    void whoAnswersTheResultHasHeardIt() {
        Complaint confirmed = solved(assessed(somePhone(), null));
        say(confirmed, result());
        perform(confirmed, new Command.Confirm("好", 5));
        assertThat(clock(confirmed, "tell").state()).isEqualTo(ClockState.MET);

        Complaint refused = solved(assessed(somePhone(), null));
        say(refused, result());
        perform(refused, new Command.RefuseResult("还是不制冷", null));
        assertThat(clock(refused, "tell").state()).isEqualTo(ClockState.MET);
    }

    // ---- ways ----

    @Test
    void whatDoesNotArriveOnOneWayGoesByTheNext() {
        Complaint complaint = assessed(somePhone(), someEmail());
        UUID message = say(complaint, saying(Notice.ACCEPTED));
        outbox.mark(message, Way.SMS, State.FAILED);
        until(() -> said(complaint, message).way() == Contact.EMAIL
                && said(complaint, message).state() == State.SENT);
        arrives(complaint, message, Way.EMAIL);
        Said said = correspondence.said(complaint.id(), 1).getFirst();
        assertThat(said.deliveredAt()).isNotNull();
        assertThat(said.failedAt()).isNull();
        assertThat(events(complaint, NoticeTold.class))
                .extracting(NoticeTold::way)
                .containsExactly(Contact.SMS, Contact.EMAIL);
        assertThat(events(complaint, Told.class)).hasSize(1);
    }

    @Test
    void theCustomerIsToldAsHePrefers() {
        String phone = somePhone();
        Complaint complaint = assessed(phone, someEmail());
        Identity identity = Identity.phone(phone).orElseThrow();
        until(() -> customers.find(identity).isPresent());
        customers.mark(
                customers.find(identity).orElseThrow().id(), null, PreferredContact.EMAIL, agent.actor(), "晚上看邮件");

        assertThat(correspondence.ways(complaint)).containsExactly(Way.EMAIL, Way.SMS, Way.PHONE);
        say(complaint, saying(Notice.ACCEPTED));
        assertThat(correspondence.said(complaint.id(), 1).getFirst().way()).isEqualTo(Contact.EMAIL);
    }

    @Test
    void whoCannotBeReachedIsNotTold() {
        Complaint complaint = assessed(null, null);
        assertThat(correspondence.say(complaint.number(), saying(Notice.ACCEPTED), agent.actor()))
                .isEmpty();
        assertThat(correspondence.said(complaint.id(), 10)).isEmpty();
        correspondence.spoken(complaint.number(), saying(Notice.ACCEPTED), Contact.IN_PERSON, agent.actor());
        assertThat(notice(complaint, Notice.ACCEPTED).deliveredAt()).isNotNull();
    }

    // ---- once, and one thread ----

    @Test
    void ofOneOccasionTheCustomerIsToldOnceHoweverManyTryAtOnce() throws Exception {
        Complaint complaint = assessed(somePhone(), null);
        UUID occasion = Ids.next();
        var told = new ArrayList<Callable<Optional<UUID>>>();
        for (int i = 0; i < 8; i++) {
            told.add(() -> correspondence.tell(
                    complaint.number(), Purpose.INFORMATION_REQUEST, occasion, "请上传发票照片。", agent.actor()));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            var ids = new ArrayList<Optional<UUID>>();
            for (var each : threads.invokeAll(told)) {
                ids.add(each.get());
            }
            assertThat(ids).doesNotContain(Optional.empty());
            assertThat(ids.stream().distinct()).hasSize(1);
        }
        work.work();
        assertThat(events(complaint, Told.class)).hasSize(1);
        assertThat(correspondence.said(complaint.id(), 10)).hasSize(1);
    }

    /** Whatever is pressed, marked and repeated in whatever order, each notice is told at most once and each fact stands once. */
    @Test
    void noNoticeIsToldTwiceWhateverHappens() {
        var random = new Random(20261123);
        for (int round = 0; round < 6; round++) {
            Complaint complaint = assessed(somePhone(), someEmail());
            for (int step = 0; step < 14; step++) {
                Notice notice = List.of(Notice.values()).get(random.nextInt(Notice.values().length));
                try {
                    switch (random.nextInt(4)) {
                        case 0 -> say(complaint, saying(notice));
                        case 1 ->
                            correspondence.spoken(complaint.number(), saying(notice), Contact.PHONE, agent.actor());
                        case 2 -> {
                            List<Said> said = correspondence.said(complaint.id(), 20);
                            if (!said.isEmpty()) {
                                Said one = said.get(random.nextInt(said.size()));
                                outbox.mark(
                                        one.message(),
                                        one.way() == Contact.SMS ? Way.SMS : Way.EMAIL,
                                        random.nextBoolean() ? State.DELIVERED : State.FAILED);
                                work.work();
                            }
                        }
                        default -> time.advance(Duration.ofMinutes(random.nextInt(20)));
                    }
                } catch (Refused refused) {
                    assertThat(refused.key()).isIn("correspondence.refused.told", "message.refused.mark");
                }
            }
            for (Notice notice : Notice.values()) {
                List<UUID> messages = events(complaint, NoticeTold.class).stream()
                        .filter(told -> told.notice() == notice)
                        .map(NoticeTold::message)
                        .distinct()
                        .toList();
                assertThat(messages).as("messages that told %s", notice).hasSizeLessThanOrEqualTo(1);
                assertThat(events(complaint, NoticeTold.class).stream()
                                .filter(told -> told.notice() == notice)
                                .map(NoticeTold::reached))
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void theCustomerIsToldOfANewOwnerOnce() {
        Complaint complaint = assessed(somePhone(), null);
        perform(complaint, new Command.TransferOwnership(manager.id(), "原负责人休假"));
        until(() -> !events(complaint, Told.class).isEmpty());
        assertThat(events(complaint, Told.class)).singleElement().satisfies(told -> {
            assertThat(told.purpose()).isEqualTo(Purpose.OWNER_CHANGED);
            assertThat(told.text().value()).contains("方远").doesNotContain("休假", "—");
        });
    }

    @Test
    void whoHasNeverHeardOfAnOwnerHearsOfNoOther() {
        Complaint heard = assessed(somePhone(), null);
        Complaint complaint = complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        null,
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        null,
                        1,
                        null,
                        Personal.of("空调不制冷"),
                        new Customer(Personal.of("李四"), Personal.of(somePhone()), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        false,
                        List.of(),
                        null),
                Actor.CUSTOMER);
        perform(complaint, new Command.TransferOwnership(manager.id(), "分派"));
        perform(heard, new Command.TransferOwnership(manager.id(), "分派"));
        // The later one has been followed, so the earlier one has been, too.
        until(() -> !events(heard, Told.class).isEmpty());
        assertThat(events(complaint, Told.class)).isEmpty();
    }

    /** Something that a colleague is to say on the phone: it waits until somebody calls. */
    private UUID toBeCalled(Complaint complaint, Purpose purpose) {
        Saying written = saying(purpose, null, Map.of(Placeholder.MEASURES, "发票照片"));
        var spoken =
                new Saying(purpose, null, written.occasion(), Locale.CHINESE, null, Way.PHONE, written.values(), null);
        UUID message =
                correspondence.say(complaint.number(), spoken, agent.actor()).orElseThrow();
        until(() -> is(complaint, message, State.CALL));
        return message;
    }

    private boolean is(Complaint complaint, UUID message, State state) {
        return said(complaint, message).state() == state;
    }

    @Test
    void aQuestionThatIsAnsweredIsNotSentAnyMore() {
        Complaint complaint = assessed(somePhone(), null);
        perform(complaint, new Command.AskCustomer("发票照片"));
        UUID message = toBeCalled(complaint, Purpose.INFORMATION_REQUEST);
        time.advance(Duration.ofMinutes(5));
        complaints.perform(complaint.number(), null, new Command.AddInformation("发票在这里", List.of()), Actor.CUSTOMER);
        until(() -> is(complaint, message, State.CANCELLED));
    }

    @Test
    void whoNeverHeardOfAnotherOwnerNeedNotHearThatItIsTheFirstAgain() {
        String phone = somePhone();
        Complaint complaint = assessed(phone, null);
        Identity identity = Identity.phone(phone).orElseThrow();
        until(() -> customers.find(identity).isPresent());
        customers.mark(
                customers.find(identity).orElseThrow().id(), null, PreferredContact.PHONE, agent.actor(), "只接电话");
        perform(complaint, new Command.TransferOwnership(manager.id(), "批量转交"));
        until(() -> correspondence.said(complaint.id(), 5).size() == 1);
        UUID message = correspondence.said(complaint.id(), 1).getFirst().message();
        until(() -> is(complaint, message, State.CALL));
        perform(complaint, new Command.TransferOwnership(agent.id(), "撤销"));
        until(() -> is(complaint, message, State.CANCELLED));
        assertThat(correspondence.said(complaint.id(), 5)).hasSize(1);
    }

    @Test
    void whatIsClosedIsNotWrittenAboutAnyMore() {
        Complaint complaint = assessed(somePhone(), null);
        UUID message = toBeCalled(complaint, Purpose.DELAY);
        perform(complaint, new Command.Withdraw("不投诉了"));
        perform(complaint, new Command.Archive(null));
        until(() -> is(complaint, message, State.CANCELLED));
    }

    @Test
    void whatWasSaidOnThePageOfAnotherChangesNothingForWhoDecides() {
        Complaint complaint = assessed(somePhone(), null);
        say(complaint, saying(Notice.ACCEPTED));
        Complaint after = complaints.perform(
                complaint.number(),
                complaint.version(),
                new Command.Verify(Finding.SUBSTANTIATED, "属实"),
                agent.actor());
        assertThat(after.finding()).isEqualTo(Finding.SUBSTANTIATED);
    }

    @Test
    void whatWasSaidIsUnreadableOnceTheComplaintIsErased() {
        Complaint complaint = assessed(somePhone(), null);
        say(complaint, saying(Notice.ACCEPTED));
        assertThat(correspondence.said(complaint.id(), 1).getFirst().text())
                .contains(complaint.number().readable());
        perform(complaint, new Command.Withdraw("不投诉了"));
        perform(complaint, new Command.Archive(null));
        perform(complaint, new Command.Erase("客户要求删除"));
        until(() -> correspondence.said(complaint.id(), 1).getFirst().text().isEmpty());
    }
}
