package io.bihuan.dossier;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Stage;
import io.bihuan.dossier.DossierPart.State;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Whether a complaint has everything that its file must have before it may be archived. */
final class Completeness {
    private Completeness() {}

    /** The state of each part, in their order. */
    static Map<DossierPart, State> of(Complaint complaint) {
        // Nobody answers for what the customer took back, or others closed.
        boolean isUnneeded = complaint.stage() == Stage.ARCHIVE && complaint.confirmation() == null;
        var states = new EnumMap<DossierPart, State>(DossierPart.class);
        for (DossierPart part : DossierPart.values()) {
            boolean isThere =
                    switch (part) {
                        case REGISTRATION, COURSE -> true;
                        // What was decided again was verified the first time.
                        case INVESTIGATION -> complaint.finding() != null || complaint.outcome() != null;
                        case SOLUTION -> complaint.outcome() != null;
                        case FEEDBACK -> complaint.toldAt() != null && complaint.confirmation() != null;
                    };
            states.put(part, isThere ? State.THERE : isUnneeded ? State.NOT_NEEDED : State.MISSING);
        }
        return states;
    }

    static List<DossierPart> missing(Complaint complaint) {
        return of(complaint).entrySet().stream()
                .filter(part -> part.getValue() == State.MISSING)
                .map(Map.Entry::getKey)
                .toList();
    }
}
