package io.bihuan.complaint;

import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked of a complaint: one record for each verb of the process. {@link Complaint#decide} says when it is allowed. */
public sealed interface Command {
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
            @Nullable String note)
            implements Command {}

    record Verify(Finding finding, String account) implements Command {}

    /** The decision; {@code routes} are the customer's further routes, which must be told when the claim is rejected. */
    record Solve(Outcome outcome, String measures, @Nullable String routes) implements Command {}

    record TellResult(Contact way, String text) implements Command {}

    record Confirm(@Nullable String comment, @Nullable Integer rating) implements Command {}

    record RefuseResult(String reason) implements Command {}

    /** A timed attempt to get the customer's answer. */
    record RecordAttempt(Contact way, String note) implements Command {}

    /** After at least {@link Complaint#ATTEMPTS_TO_CLOSE} attempts. */
    record CloseUnreached(String reason) implements Command {}

    record Archive(@Nullable String cause) implements Command {}

    /** One stage back: from VERIFY to ACCEPT, from HANDLE to VERIFY. */
    record Return(String reason) implements Command {}

    record Withdraw(String reason) implements Command {}

    record Reopen(String reason) implements Command {}

    /** Something more from or about the customer's side; also resumes the clocks that waited for it. */
    record AddInformation(String text, List<Attachment> attachments) implements Command {}

    /** For colleagues only. */
    record Note(String text, List<Attachment> attachments) implements Command {}

    /** It is the customer's turn: pausable clocks stand. */
    record AskCustomer(String question) implements Command {}

    record ResumeWork(String reason) implements Command {}

    record Acknowledge(Contact way) implements Command {}

    /** A clock's warning point was reached; asked by the clock only. */
    record WarnOfClock(String clock, int level) implements Command {}

    /** Personal data and texts become unreadable for good. */
    record Erase(String reason) implements Command {}
}
