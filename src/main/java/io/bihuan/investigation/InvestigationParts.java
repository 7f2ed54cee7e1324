package io.bihuan.investigation;

import io.bihuan.complaint.CaseEvents;
import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Dossier;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What the module adds to complaints: its events, its pages and its lines. */
@Configuration(proxyBeanMethods = false)
class InvestigationParts {
    private static final int PLACE = 20;

    @Bean
    CaseEvents investigationEvents() {
        return Investigations.EVENTS;
    }

    @Bean
    @Order(PLACE)
    CasePart investigationPart(Standing standing, InstantSource time) {
        return new Part(standing, time);
    }

    private record Part(Standing standing, InstantSource time) implements CasePart {
        @Override
        public List<Tab> tabs(Complaint complaint, SignedIn who) {
            return complaint.erasedAt() == null ? tabs(standing.of(complaint.id())) : List.of();
        }

        @Override
        public List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
            return glances(standing.of(complaint.id()), t);
        }

        @Override
        public Front front(Dossier dossier, SignedIn who, Texts t) {
            Complaint complaint = dossier.complaint();
            Standing.Row row =
                    dossier.mayHave(InvestigationEvent.class) ? standing.of(complaint.id()) : Standing.Row.NONE;
            return new Front(complaint.erasedAt() == null ? tabs(row) : List.of(), glances(row, t));
        }

        private static List<Tab> tabs(Standing.Row row) {
            return List.of(
                    new Tab("investigation.tab", "investigation", "search", row.openSteps()),
                    new Tab("investigation.evidence.tab", "evidence", "file", 0));
        }

        private List<Glance> glances(Standing.Row row, Texts t) {
            var glances = new ArrayList<Glance>();
            Instant due = row.nextDueAt();
            if (due != null) {
                boolean isLate = due.isBefore(time.instant());
                glances.add(new Glance(
                        t.of("investigation.glance.steps"),
                        t.of(
                                isLate ? "investigation.glance.steps.late" : "investigation.glance.steps.open",
                                row.openSteps(),
                                t.dateTime(due)),
                        isLate ? "red" : null,
                        "investigation"));
            }
            ResponsibilityDecision decision = row.responsibility();
            if (decision != null) {
                glances.add(new Glance(
                        t.of("investigation.responsibility"),
                        said(decision.kind(), decision.share(), t),
                        null,
                        "investigation"));
            }
            return glances;
        }
    }

    /** A responsibility in words, with the share of it. */
    static String said(Responsibility kind, @Nullable Integer share, Texts t) {
        return share == null ? t.of(kind) : t.of("investigation.share.of", t.of(kind), share);
    }
}
