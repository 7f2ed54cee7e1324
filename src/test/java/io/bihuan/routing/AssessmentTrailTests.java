package io.bihuan.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import io.bihuan.routing.AssessmentTrail.Change;
import io.bihuan.routing.AssessmentTrail.Field;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssessmentTrailTests {
    private static final Actor AGENT = Actor.staff(new UUID(1, 1));

    private static HistoryEvent event(int sequence, ComplaintEvent event) {
        return new HistoryEvent(
                new UUID(0, sequence), sequence, Instant.EPOCH.plusSeconds(sequence), AGENT, event, List.of());
    }

    private static ComplaintEvent assessed(Severity severity, @Nullable Factors factors, @Nullable String note) {
        return new ComplaintEvent.Assessed(
                Kind.COMPLAINT,
                "noise",
                severity,
                Priority.MEDIUM,
                "quality",
                null,
                note == null ? null : Personal.of(note),
                factors);
    }

    @Test
    void aReassessmentShowsWhatItChangedAndTheEarlierOneStays() {
        var steps = AssessmentTrail.of(List.of(
                event(1, assessed(Severity.GENERAL, new Factors(1, 1, 2, 1, 1), null)),
                event(2, new ComplaintEvent.Noted(Personal.of("无关"), List.of())),
                event(3, assessed(Severity.URGENT, new Factors(3, 1, 3, 1, 1), "又坏了一次"))));

        assertThat(steps).hasSize(2);
        assertThat(steps.getLast().changes())
                .containsExactly(
                        new Change(Field.SEVERITY, "GENERAL", "URGENT"),
                        new Change(Field.FACTOR_SEVERITY, "1", "3"),
                        new Change(Field.FACTOR_COMPLEXITY, "2", "3"));
        assertThat(steps.getLast().note()).isEqualTo("又坏了一次");
        assertThat(steps.getLast().by()).isEqualTo(AGENT);
    }

    @Test
    void whatAnEscalationRaisedIsNoChangeOfTheNextAssessment() {
        var steps = AssessmentTrail.of(List.of(
                event(1, assessed(Severity.GENERAL, null, null)),
                event(2, new ComplaintEvent.SeverityRaised(Severity.GENERAL, Severity.URGENT)),
                event(3, assessed(Severity.URGENT, null, null))));

        assertThat(steps.getLast().changes()).isEmpty();
    }
}
