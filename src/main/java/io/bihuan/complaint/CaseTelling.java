package io.bihuan.complaint;

import io.bihuan.complaint.CaseEventWords.Reader;
import io.bihuan.complaint.CaseEventWords.Words;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the events of all neighbouring modules. */
@Component
public class CaseTelling {
    private final ObjectProvider<CaseEventWords> neighbours;

    CaseTelling(ObjectProvider<CaseEventWords> neighbours) {
        this.neighbours = neighbours;
    }

    private CaseEventWords teller(ComplaintEvent.CaseEvent event) {
        List<CaseEventWords> tellers = neighbours.stream()
                .filter(each -> each.family().isInstance(event))
                .toList();
        if (tellers.size() != 1) {
            throw new IllegalStateException(tellers.size() + " tell " + event.getClass());
        }
        return tellers.getFirst();
    }

    /** Everybody of the staff whom the event names. */
    public Set<UUID> people(ComplaintEvent.CaseEvent event) {
        return teller(event).people(event);
    }

    public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
        return teller(event).words(event, reader);
    }

    public Optional<Words> toCustomer(ComplaintEvent.CaseEvent event, Texts t) {
        return teller(event).toCustomer(event, t);
    }
}
