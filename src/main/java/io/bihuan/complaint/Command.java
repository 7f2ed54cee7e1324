package io.bihuan.complaint;

import io.bihuan.clock.Grade;
import io.bihuan.clock.Recipient;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked of a complaint: one record for each verb of the process. {@link Complaint#decide} says when it is allowed. */
public sealed interface Command {
    /** The same, as it came in for a complaint that was joined into this one. */
    default Command through(ComplaintNumber joined) {
        return this;
    }

    /** What concerns two complaints or more: all of them change in one transaction. */
    sealed interface Tie extends Command {}

    /** The owner stands up for it: the first human answer. Whoever confirms becomes the owner. */
    record ConfirmOwnership(UUID owner) implements Command {}

    record TransferOwnership(UUID owner, String reason) implements Command {}

    /** In ACCEPT it leads on to VERIFY; in VERIFY and HANDLE it corrects what was assessed. */
    record Assess(
            Kind kind,
            @Nullable String category,
            Severity severity,
            Priority priority,
            @Nullable String department,
            @Nullable UUID handler,
            @Nullable String note,
            @Nullable Factors factors)
            implements Command {
        /** One that leaves the factors as they are. */
        public Assess(
                Kind kind,
                @Nullable String category,
                Severity severity,
                Priority priority,
                @Nullable String department,
                @Nullable UUID handler,
                @Nullable String note) {
            this(kind, category, severity, priority, department, handler, note, null);
        }
    }

    record Verify(Finding finding, String account) implements Command {}

    /** The decision; {@code routes} are the customer's further routes, which must be told when the claim is rejected. */
    record Solve(Outcome outcome, String measures, @Nullable String routes) implements Command {}

    record TellResult(Contact way, String text) implements Command {}

    /** {@code through} is the joined complaint whose customer says it; null: that of this one. */
    record Confirm(
            @Nullable String comment,
            @Nullable Integer rating,
            @Nullable ComplaintNumber through) implements Command {
        public Confirm(@Nullable String comment, @Nullable Integer rating) {
            this(comment, rating, null);
        }

        @Override
        public Confirm through(ComplaintNumber joined) {
            return new Confirm(comment, rating, joined);
        }
    }

    /** {@code through} is the joined complaint whose customer says it; null: that of this one. */
    record RefuseResult(String reason, @Nullable ComplaintNumber through) implements Command {
        public RefuseResult(String reason) {
            this(reason, null);
        }

        @Override
        public RefuseResult through(ComplaintNumber joined) {
            return new RefuseResult(reason, joined);
        }
    }

    /** A timed attempt to get the customer's answer. */
    record RecordAttempt(Contact way, String note) implements Command {}

    /** After at least {@link Complaint#ATTEMPTS_TO_CLOSE} attempts. */
    record CloseUnreached(String reason) implements Command {}

    record Archive(@Nullable String cause) implements Command {}

    /** One stage back: from VERIFY to ACCEPT, from HANDLE to VERIFY. */
    record Return(String reason) implements Command {}

    record Withdraw(String reason) implements Command {}

    record Reopen(String reason) implements Command {}

    /**
     * Something more from or about the customer's side; also resumes the clocks that waited for it.
     *
     * @param through the joined complaint whose customer says it; null: that of this one
     */
    record AddInformation(
            String text,
            List<Attachment> attachments,
            @Nullable ComplaintNumber through) implements Command {
        public AddInformation(String text, List<Attachment> attachments) {
            this(text, attachments, null);
        }

        @Override
        public AddInformation through(ComplaintNumber joined) {
            return new AddInformation(text, attachments, joined);
        }
    }

    /**
     * For colleagues only.
     *
     * @param mentions who of them is called by name
     */
    record Note(String text, List<Attachment> attachments, List<UUID> mentions) implements Command {
        public Note(String text, List<Attachment> attachments) {
            this(text, attachments, List.of());
        }
    }

    /** It is the customer's turn: pausable clocks stand. */
    record AskCustomer(String question) implements Command {}

    record ResumeWork(String reason) implements Command {}

    record Acknowledge(Contact way) implements Command {}

    /** The told result has reached the customer. */
    record RecordDelivery(Contact way) implements Command {}

    /** Clocks that may pause for this reason stand still; {@code told} is how the customer was told where he has to be. */
    record PauseClocks(String reason, String note, @Nullable Contact told) implements Command {}

    record ResumeClocks(String reason, String note) implements Command {}

    /** Something new came to light by which clocks that allow it begin anew. */
    record AddFacts(String facts) implements Command {}

    /**
     * The next extension of a clock's policy.
     *
     * @param why one of {@link io.bihuan.clock.ExtensionReason}
     * @param approver who granted it, if that is not who asks for it; the caller has checked that this person may
     */
    record ExtendClock(
            String clock,
            String why,
            String note,
            @Nullable Contact told,
            @Nullable UUID approver) implements Command {
        public ExtendClock(String clock, String why, String note, @Nullable Contact told) {
            this(clock, why, note, told, null);
        }
    }

    /** The clock goes on by the version of its policy that is in force now. */
    record ReplacePolicy(String clock, String reason) implements Command {}

    /** More became known of the calendars; asked by the clock only. */
    record CorrectDeadlines() implements Command {}

    /**
     * A clock's warning point was reached; asked by the clock only.
     *
     * @param point null where the level, in percent, says it
     * @param plan by which it escalates; null: owner and handler are told
     */
    record WarnOfClock(
            String clock,
            int level,
            @Nullable String point,
            @Nullable String plan) implements Command {}

    /**
     * A level of an escalation plan acts; asked by the clock only.
     *
     * @param newOwner null when it keeps its owner
     * @param tasks to be opened
     */
    record Escalate(
            String clock,
            String plan,
            int level,
            String point,
            Grade grade,
            List<Recipient> to,
            List<UUID> told,
            @Nullable UUID newOwner,
            boolean raiseSeverity,
            List<NewTask> tasks)
            implements Command {}

    /** A task to be opened. */
    record NewTask(UUID id, UUID assignee, Label text, Instant dueAt) {}

    /** Somebody knows of an escalation and takes care of it. */
    record AcknowledgeEscalation(String clock) implements Command {}

    record CompleteTask(UUID task) implements Command {}

    /**
     * What the authority that sent the case was answered: when and how it was settled with the customer, and with which result.
     *
     * @param settledAt when the two sides spoke
     */
    record AnswerAuthority(Instant settledAt, String course, SettlementWay way, String result) implements Command {}

    /** It is something else than was believed: its clocks are judged again. */
    record ConvertKind(Kind kind, String reason) implements Command {}

    /** A duplicate: what it is about goes on in the other one, or in the one that one goes on in. */
    record Join(ComplaintNumber into, String reason) implements Tie {}

    /** Undoes a join: deadlines are what they would be without it. */
    record Separate(String reason) implements Tie {}

    /** Also corrects a link; {@link LinkKind#REPEAT} raises the severity. */
    record Link(ComplaintNumber other, LinkKind kind) implements Tie {}

    record Unlink(ComplaintNumber other) implements Tie {}

    /**
     * A complaint goes on in this one; asked by {@link Joining} only.
     *
     * @param customers so many more it affects
     */
    record TakeIn(ComplaintNumber joined, int customers, Severity severity, Priority priority) implements Command {}

    /**
     * A complaint goes its own way again; asked by {@link Joining} only.
     *
     * @param below the complaint joined into this one by which it was in; itself mostly
     */
    record LetGo(ComplaintNumber separated, ComplaintNumber below, int customers) implements Command {}

    /** The other half of a link or its end; {@code kind} is null for the end. Asked by {@link Joining} only. */
    record AnswerLink(ComplaintNumber other, @Nullable LinkKind kind) implements Command {}

    /** Personal data and texts become unreadable for good. */
    record Erase(String reason) implements Command {}
}
