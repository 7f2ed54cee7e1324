package io.bihuan.complaint;

import java.time.Instant;

/** Tells customers what is asked of them, within the transaction in which it is asked: a module above knows the ways to them. */
public interface QuestionTelling {
    /**
     * Once for each question.
     *
     * @param asked the event of the question
     * @param by when the answer is wanted
     */
    void tell(Complaint complaint, HistoryEvent asked, String question, Instant by);
}
