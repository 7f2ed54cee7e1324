package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks customers for what is lacking: the clocks that may wait for them do, and they are told that it is their turn. */
@Component
public class Questions {
    /** How long a customer has for an answer, where nobody said. */
    public static final Duration USUAL = Duration.ofDays(3);

    private final Complaints complaints;
    private final ObjectProvider<QuestionTelling> telling;

    Questions(Complaints complaints, ObjectProvider<QuestionTelling> telling) {
        this.complaints = complaints;
        this.telling = telling;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public Questions at(InstantSource otherTime) {
        return new Questions(complaints.at(otherTime), telling);
    }

    /**
     * Both or neither.
     *
     * @param version that whoever asks has seen; null: whichever
     * @param by when the answer is wanted; null: after {@link #USUAL}
     */
    @Transactional
    public Complaint ask(
            ComplaintNumber number, @Nullable Integer version, String question, @Nullable Instant by, Actor actor) {
        Complaint after = complaints.perform(number, version, new Command.AskCustomer(question), actor);
        HistoryEvent asked = complaints.history(number, after.version() - 1, 1).getFirst();
        Instant until = by == null ? asked.at().plus(USUAL) : by;
        telling.orderedStream().forEach(each -> each.tell(after, asked, question, until));
        return after;
    }
}
