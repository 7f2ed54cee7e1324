package io.bihuan.correspondence;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.QuestionTelling;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Sends customers what they are asked by the pack's letter. Whom nothing can be sent to has to be called: the forms say so. */
@Component
class QuestionLetter implements QuestionTelling {
    private final Correspondence correspondence;
    private final Writing writing;

    QuestionLetter(Correspondence correspondence, Writing writing) {
        this.correspondence = correspondence;
        this.writing = writing;
    }

    @Override
    public void tell(Complaint complaint, HistoryEvent asked, String question, Instant by) {
        var values = Map.of(Placeholder.MEASURES, question, Placeholder.DUE_AT, writing.time(complaint, by));
        correspondence.tellIfPossible(
                complaint.number(), Saying.letter(Purpose.INFORMATION_REQUEST, asked.id(), values), asked.actor());
    }
}
