package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.clock.Grade;
import io.bihuan.clock.Recipient;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two people throw random commands at the same complaints until every edge of the graph was taken. An independent model says which
 * commands are legal; what is refused must leave nothing, and at the end every history must add up to its row.
 */
@BihuanTest
class SpineTests {
    private static final int COMPLAINTS = 12;
    private static final int MOST_ROUNDS = 40;
    private static final int COMMANDS_A_ROUND = 120;

    @Autowired
    Complaints complaints;

    @Autowired
    StoredHistory stored;

    @Autowired
    InstantSource time;

    private final Set<Stage.Edge> taken = Collections.synchronizedSet(EnumSet.noneOf(Stage.Edge.class));
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    /** The task that was last to be opened somewhere. */
    private static final AtomicReference<UUID> OPENED = new AtomicReference<>(SomeComplaint.OWNER);

    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    @Test
    void whateverTwoPeopleDoTheRowIsWhatItsHistoryAddsUpTo() throws Exception {
        List<ComplaintNumber> numbers = IntStream.range(0, COMPLAINTS)
                .mapToObj(i -> complaints
                        .register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER)
                        .number())
                .toList();
        for (int round = 0; round < MOST_ROUNDS && taken.size() < Stage.Edge.values().length; round++) {
            twoPeople(numbers, round);
        }
        assertThat(taken).containsExactlyInAnyOrder(Stage.Edge.values());
        assertThat(refusals).as("reasons met").hasSizeGreaterThanOrEqualTo(9);
        assertThat(accepted).as("commands that were legal somewhere").hasSizeGreaterThanOrEqualTo(16);
        verify(numbers);
    }

    private void twoPeople(List<ComplaintNumber> numbers, int round) throws InterruptedException, ExecutionException {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Future<?>>();
            for (UUID person : List.of(SomeComplaint.OWNER, SomeComplaint.COLLEAGUE)) {
                work.add(people.submit(() -> {
                    var random = new Random(31L * round + person.getLeastSignificantBits());
                    for (int i = 0; i < COMMANDS_A_ROUND; i++) {
                        attempt(numbers.get(random.nextInt(numbers.size())), command(random), person);
                    }
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        }
    }

    private void attempt(ComplaintNumber number, Command command, UUID person) {
        Complaint seen = complaints.find(number).orElseThrow();
        boolean legal = isLegal(seen, command);
        try {
            Complaint after = complaints.perform(number, seen.version(), command, Actor.staff(person));
            assertThat(legal).as("%s at %s was accepted", command, seen).isTrue();
            accepted.add(command.getClass().getSimpleName());
            edge(seen, after, command);
        } catch (Complaints.Changed changed) {
            assertThat(changed.since()).isNotEmpty(); // the other one was faster
        } catch (Refused refused) {
            if (refused.key().equals("routing.refused.DECIDED_BEFORE") && command instanceof Command.Solve) {
                assertThat(complaints.history(number, 0, 500))
                        .as("decided it before")
                        .anyMatch(event -> event.event() instanceof ComplaintEvent.Solved
                                && event.actor().equals(Actor.staff(person)));
                return;
            }
            // A bell that rang meanwhile is no reason to refuse what the person saw, but it may be one for another
            // bell.
            boolean isOvertaken = complaints.history(number, seen.version(), 100).stream()
                    .map(HistoryEvent::event)
                    .anyMatch(event -> event instanceof ComplaintEvent.Escalated
                            || event instanceof ComplaintEvent.EscalationAcknowledged);
            // Neighbours have rules of their own: closing with fewer notices than were promised needs a reason.
            boolean isOfNeighbour = !refused.key().startsWith("complaint.");
            assertThat(legal && !isOvertaken && !isOfNeighbour)
                    .as("%s at %s was refused: %s", command, seen, refused.getMessage())
                    .isFalse();
            refusals.add(refused.key());
            assertThat(complaints.history(number, seen.version(), 100))
                    .as("a refusal leaves nothing by %s", person)
                    .allMatch(event -> !event.actor().equals(Actor.staff(person)) || event.sequence() > seen.version());
        }
    }

    private void edge(Complaint before, Complaint after, Command command) {
        if (before.stage() == after.stage()) {
            return;
        }
        before.stage().edges().stream()
                .filter(edge -> edge.to() == after.stage())
                .filter(edge -> switch (edge) {
                    case CONFIRMED -> command instanceof Command.Confirm;
                    case UNREACHED -> command instanceof Command.CloseUnreached;
                    case ASSESSED,
                            VERIFIED,
                            SOLVED,
                            NOT_SATISFIED,
                            RETURNED_TO_ACCEPT,
                            RETURNED_TO_VERIFY,
                            WITHDRAWN_IN_ACCEPT,
                            WITHDRAWN_IN_VERIFY,
                            WITHDRAWN_IN_HANDLE,
                            REOPENED -> true;
                })
                .forEach(taken::add);
    }

    /** The rules once more, said as a table and without the code under test. */
    private static boolean isLegal(Complaint c, Command command) {
        boolean open = c.archivedAt() == null;
        Stage stage = c.stage();
        boolean working = stage == Stage.ACCEPT || stage == Stage.VERIFY || stage == Stage.HANDLE;
        boolean told = stage == Stage.FEEDBACK && c.toldAt() != null;
        return c.erasedAt() == null
                && switch (command) {
                    case Command.ConfirmOwnership x -> open && c.ownerConfirmedAt() == null;
                    case Command.TransferOwnership x -> open && !x.owner().equals(c.owner());
                    case Command.Assess x ->
                        open
                                && working
                                && c.ownerConfirmedAt() != null
                                && x.category() != null
                                && (x.kind() == c.kind() || x.note() != null);
                    case Command.Verify x -> open && stage == Stage.VERIFY;
                    case Command.Solve x ->
                        open && stage == Stage.HANDLE && (x.outcome() != Outcome.REJECTED || x.routes() != null);
                    case Command.TellResult x -> open && stage == Stage.FEEDBACK;
                    case Command.Confirm x -> open && told;
                    case Command.RefuseResult x -> open && told;
                    case Command.RecordAttempt x -> open && told;
                    case Command.CloseUnreached x -> open && told && c.confirmationAttempts() >= 3;
                    case Command.Archive x -> open && stage == Stage.ARCHIVE;
                    case Command.Return x -> open && (stage == Stage.VERIFY || stage == Stage.HANDLE);
                    case Command.Withdraw x -> open && working;
                    case Command.Reopen x -> stage == Stage.ARCHIVE;
                    case Command.AddInformation x -> true;
                    case Command.Note x -> true;
                    case Command.AskCustomer x -> open && working && c.waitingSince() == null;
                    case Command.ResumeWork x -> open && c.waitingSince() != null;
                    case Command.Acknowledge x -> open;
                    case Command.RecordDelivery x -> open && c.toldAt() != null;
                    case Command.AddFacts x -> open && working;
                    case Command.PauseClocks x ->
                        open
                                && working
                                && !c.standing().contains(x.reason())
                                && (c.kind() == Kind.COMPLAINT || c.kind() == Kind.REPAIR_REQUEST);
                    case Command.ResumeClocks x -> open && c.standing().contains(x.reason());
                    // The pack's clocks cannot be extended, and nobody has revised them.
                    case Command.ExtendClock x -> false;
                    case Command.ReplacePolicy x -> false;
                    case Command.CorrectDeadlines x -> true;
                    case Command.WarnOfClock x -> true;
                    case Command.Escalate x ->
                        open
                                && (!c.escalations().containsKey(x.clock())
                                        || Objects.requireNonNull(
                                                                c.escalations().get(x.clock()))
                                                        .level()
                                                < x.level());
                    case Command.AcknowledgeEscalation x ->
                        open
                                && c.escalations().containsKey(x.clock())
                                && Objects.requireNonNull(c.escalations().get(x.clock()))
                                                .acknowledgedBy()
                                        == null;
                    case Command.CompleteTask x -> open && c.tasks().contains(x.task());
                    case Command.AnswerAuthority x -> c.channel() == Channel.REGULATOR && c.outcome() != null;
                    case Command.Erase x -> !open;
                    case Command.ConvertKind x -> open && working && x.kind() != c.kind();
                    // What concerns two complaints is tried in JoinsTests and JoiningTests.
                    case Command.Tie x -> false;
                    case Command.TakeIn x -> false;
                    case Command.LetGo x -> false;
                    case Command.AnswerLink x -> false;
                };
    }

    private static Command command(Random random) {
        UUID someone = random.nextBoolean() ? SomeComplaint.OWNER : SomeComplaint.COLLEAGUE;
        return switch (random.nextInt(38)) {
            case 0 -> new Command.ConfirmOwnership(someone);
            case 1 -> new Command.TransferOwnership(someone, "请假");
            case 2, 3 ->
                new Command.Assess(
                        any(Kind.class, random),
                        random.nextInt(6) == 0 ? null : "repeated-repair",
                        any(Severity.class, random),
                        any(Priority.class, random),
                        "technical-support",
                        random.nextBoolean() ? someone : null,
                        random.nextBoolean() ? "备注\u2028" : null);
            case 4, 5 -> new Command.Verify(any(Finding.class, random), "属实");
            case 6, 7 -> new Command.Solve(any(Outcome.class, random), "更换", random.nextBoolean() ? "可向12315投诉" : null);
            case 8, 9 -> new Command.TellResult(Contact.PHONE, "已处理完毕");
            case 10 -> new Command.Confirm(null, random.nextBoolean() ? 4 : null);
            case 11 -> new Command.RefuseResult("没修好");
            case 12, 13, 14 -> new Command.RecordAttempt(Contact.PHONE, "无人接听");
            case 15, 16 -> new Command.CloseUnreached("三次未接通");
            case 17 -> new Command.Archive("工艺");
            case 18 -> new Command.Return("需要补充");
            case 19 -> new Command.Withdraw("客户撤诉");
            case 20 -> new Command.Reopen("问题复发");
            case 21 -> new Command.AddInformation("补充说明", List.of());
            case 22 ->
                new Command.Note(
                        "内部备注", List.of(new Attachment("00".repeat(32), Personal.of("照片.jpg"), "image/jpeg", 12)));
            case 23 -> new Command.AskCustomer("请提供发票");
            case 24 -> random.nextInt(40) == 0 ? new Command.Erase("到期") : new Command.ResumeWork("客户已回电");
            case 25 -> new Command.RecordDelivery(Contact.SMS);
            case 26 -> new Command.AddFacts("发现另一处故障");
            case 27 -> new Command.PauseClocks("APPRAISAL", "送检", Contact.PHONE);
            case 28 -> new Command.ResumeClocks("APPRAISAL", "报告已出");
            case 29 -> new Command.ExtendClock("tell", "COMPLEX", "多方", Contact.PHONE);
            case 30 -> new Command.ReplacePolicy("solve", "新规");
            case 31 -> new Command.CorrectDeadlines();
            case 32, 33 -> escalation(random, someone);
            case 34 -> new Command.AcknowledgeEscalation("solve");
            case 36 -> new Command.ConvertKind(any(Kind.class, random), "原来是咨询");
            case 35 -> new Command.CompleteTask(Objects.requireNonNull(OPENED.get()));
            default -> new Command.WarnOfClock("solve", 75, null, null);
        };
    }

    private static Command escalation(Random random, UUID someone) {
        return new Command.Escalate(
                "solve",
                "solution",
                1 + random.nextInt(4),
                "100%",
                Grade.INTERNAL,
                List.of(Recipient.LEAD),
                List.of(someone, SomeComplaint.OWNER),
                random.nextInt(4) == 0 ? someone : null,
                random.nextInt(3) == 0,
                random.nextInt(10) == 0
                        ? List.of(
                                new Command.NewTask(task(), someone, new Label("查明原因", "Find out why"), Instant.EPOCH))
                        : List.of());
    }

    private static UUID task() {
        UUID task = UUID.randomUUID();
        OPENED.set(task);
        return task;
    }

    private static <E extends Enum<E>> E any(Class<E> type, Random random) {
        return List.copyOf(EnumSet.allOf(type)).get(random.nextInt(type.getEnumConstants().length));
    }

    private void verify(List<ComplaintNumber> numbers) throws IOException {
        List<String> ids = numbers.stream()
                .map(number -> complaints.find(number).orElseThrow().id().toString())
                .toList();
        assertThat(HistoryCheck.of(stored).details())
                .filteredOn(finding -> ids.stream().anyMatch(finding::contains))
                .isEmpty();
        for (ComplaintNumber number : numbers) {
            Complaint complaint = complaints.find(number).orElseThrow();
            List<HistoryEvent> events = complaints.history(number, 0, Complaints.HISTORY_LIMIT);
            assertThat(events)
                    .extracting(HistoryEvent::sequence)
                    .startsWith(1)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(Objects.requireNonNull(events.getLast()).sequence())
                    .isEqualTo(Math.min(complaint.version(), Complaints.HISTORY_LIMIT));
        }
    }
}
