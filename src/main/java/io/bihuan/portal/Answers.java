package io.bihuan.portal;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Stage;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.solution.Answer;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Reopening;
import io.bihuan.teamwork.SharedThread;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What customers do with a complaint that they follow: each form counts once, and only for what it showed. */
@Component
public class Answers {
    private static final int TRIES = 5;

    private final Complaints complaints;
    private final ComplaintFiles files;
    private final SentForms forms;
    private final Allowances allowances;
    private final Packs packs;
    private final Solutions solutions;
    private final SharedThread thread;
    private final TransactionTemplate transaction;
    private final DataSource database;
    private final InstantSource time;

    Answers(
            Complaints complaints,
            ComplaintFiles files,
            SentForms forms,
            Allowances allowances,
            Packs packs,
            Solutions solutions,
            SharedThread thread,
            TransactionTemplate transaction,
            DataSource database,
            InstantSource time) {
        this.complaints = complaints;
        this.files = files;
        this.forms = forms;
        this.allowances = allowances;
        this.packs = packs;
        this.solutions = solutions;
        this.thread = thread;
        this.transaction = transaction;
        this.database = database;
        this.time = time;
    }

    /** What became of an answer. */
    public enum Received {
        NOW,
        /** The same form was taken in before. */
        BEFORE,
        /** The complaint has moved on since the customer saw it; nothing has changed. */
        OVERTAKEN
    }

    /** Who answers, from where, with which form. */
    public record Sender(ComplaintNumber number, FormToken form, String address) {}

    /** The complaint is not where the form believed it to be. */
    private static final class Overtaken extends RuntimeException {}

    /**
     * The customer accepts a result.
     *
     * @param told when the result that the customer saw was told
     * @param rating 1 (very bad) to 5 (very good)
     */
    public Received confirm(Sender sender, Instant told, @Nullable Integer rating, String comment) {
        return decided(
                sender,
                complaint -> isTold(complaint, told),
                new Command.Confirm(comment, rating),
                "+" + rating + comment);
    }

    /**
     * The customer does not accept a result.
     *
     * @param told when the result that the customer saw was told
     */
    public Received refuse(Sender sender, Instant told, String reason) {
        return decided(sender, complaint -> isTold(complaint, told), new Command.RefuseResult(reason), "-" + reason);
    }

    /** The customer takes the complaint back. */
    public Received withdraw(Sender sender, String reason) {
        return decided(
                sender,
                // What goes on together with another one is not this customer's alone.
                complaint -> complaint.number().equals(sender.number()) && mayBeWithdrawn(complaint),
                new Command.Withdraw(reason),
                reason);
    }

    /** The customer adds a text, files or both. */
    public Received add(Sender sender, String text, List<Attachment> attachments) {
        return once(
                sender,
                text + attachments.stream().map(Attachment::sha256).toList(),
                alongside -> complaints.performOnLiving(
                        sender.number(),
                        new Command.AddInformation(text, attachments),
                        Actor.CUSTOMER,
                        files.used(attachments).andThen(alongside)));
    }

    /** The customer accepts what was proposed, or does not; the text says why not. */
    public Received answer(Sender sender, int proposal, Answer answer, String text) {
        return together(
                sender,
                proposal + answer.name() + text,
                number -> solutions.answer(number, proposal, answer, text, Contact.ONLINE, Actor.CUSTOMER));
    }

    /** The customer wants to know something about a proposal before answering it. */
    public Received ask(Sender sender, int proposal, String question) {
        return together(
                sender, proposal + "?" + question, number -> solutions.ask(number, proposal, question, Actor.CUSTOMER));
    }

    /** The customer says something in the thread to which the staff invited. */
    public Received say(Sender sender, String text) {
        return together(sender, "say" + text, number -> thread.say(number, text, List.of(), Actor.CUSTOMER));
    }

    /** In one transaction what a neighbouring module does and that the form was sent. */
    private Received together(Sender sender, String content, Consumer<ComplaintNumber> action) {
        return once(
                sender,
                content,
                alongside -> Objects.requireNonNull(transaction.execute(status -> {
                    ComplaintNumber living = complaints.living(sender.number());
                    action.accept(living);
                    Complaint after = complaints.find(living).orElseThrow(Overtaken::new);
                    var writes = new Writes();
                    alongside.accept(after, writes);
                    writes.send(database);
                    return after;
                })));
    }

    /** The trouble is back: the complaint goes on under its number. */
    public Received reopen(Sender sender, String reason) {
        return decided(
                sender,
                complaint -> complaint.number().equals(sender.number()) && mayBeReopened(complaint),
                new Command.Reopen(reason),
                reason);
    }

    /** Within the window of its pack; what was joined goes on with the one that it is in. */
    public boolean mayBeReopened(Complaint complaint) {
        return complaint.archivedAt() != null
                && complaint.erasedAt() == null
                && !complaint.isJoined()
                && packs.get(complaint.pack(), complaint.packVersion())
                        .part(Reopening.class, Reopening.USUAL)
                        .isOpen(complaint.archivedAt(), time.instant());
    }

    /** As long as nothing was decided. */
    public static boolean mayBeWithdrawn(Complaint complaint) {
        return complaint.erasedAt() == null
                && !complaint.isJoined()
                && !complaint.isSharedWithOthers()
                && (complaint.stage() == Stage.ACCEPT
                        || complaint.stage() == Stage.VERIFY
                        || complaint.stage() == Stage.HANDLE);
    }

    private static boolean isTold(Complaint complaint, Instant told) {
        return complaint.stage() == Stage.FEEDBACK && told.equals(complaint.toldAt());
    }

    /** Decides on the state that was checked: when somebody changes it in between, it is checked again. */
    private Received decided(Sender sender, Predicate<Complaint> isAsSeen, Command command, String content) {
        return once(sender, content, alongside -> {
            for (int tries = 1; ; tries++) {
                ComplaintNumber living = complaints.living(sender.number());
                Complaint complaint = complaints.find(living).filter(isAsSeen).orElseThrow(Overtaken::new);
                Command said = living.equals(sender.number()) ? command : command.through(sender.number());
                try {
                    return complaints.perform(living, complaint.version(), said, Actor.CUSTOMER, alongside);
                } catch (Complaints.Changed changed) {
                    if (tries == TRIES) {
                        throw changed;
                    }
                }
            }
        });
    }

    private boolean isSame(ComplaintNumber one, ComplaintNumber other) {
        return one.equals(other) || complaints.living(one).equals(complaints.living(other));
    }

    private interface Action {
        Complaint with(BiConsumer<Complaint, Writes> alongside);
    }

    private Received once(Sender sender, String content, Action action) {
        try {
            SentForms.Sent sent = forms.once(sender.form(), content, alongside -> {
                allowances.use(Allowance.ANSWER, sender.address());
                return action.with(alongside);
            });
            if (!sent.isRepeated()) {
                return Received.NOW;
            }
            return sent.isChanged() || !isSame(sent.number(), sender.number()) ? Received.OVERTAKEN : Received.BEFORE;
        } catch (Overtaken overtaken) {
            // Of two equal forms at once the second finds the work of the first.
            return forms.find(sender.form(), content)
                    .filter(sent -> !sent.isChanged())
                    .map(sent -> Received.BEFORE)
                    .orElse(Received.OVERTAKEN);
        }
    }
}
