package io.bihuan.dossier;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.CaseEvents;
import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.platform.Refused;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the history and the complaint have to know of the file. */
@Configuration(proxyBeanMethods = false)
class DossierConfiguration {
    @Bean
    CaseEvents dossierEvents() {
        return CaseEvents.of(DossierEvent.class);
    }

    @Bean
    CaseEventWords dossierWords() {
        return new CaseEventWords() {
            @Override
            public Class<? extends ComplaintEvent.CaseEvent> family() {
                return DossierEvent.class;
            }

            @Override
            public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
                return switch ((DossierEvent) event) {
                    case DossierEvent.DossierSealed e ->
                        new Words(
                                reader.t().of("dossier.event.sealed"),
                                "lock",
                                "secondary",
                                reader.t().of("dossier.said.sealed", e.files(), e.sha256()),
                                null);
                };
            }
        };
    }

    /** Nothing is put away of which a part is missing. */
    @Bean
    CaseGuard completeDossier() {
        return (complaint, command, actor) -> {
            if (command instanceof Command.Archive) {
                List<DossierPart> missing = Completeness.missing(complaint);
                if (!missing.isEmpty()) {
                    throw new Refused("dossier.refused.incomplete", missing.toArray());
                }
            }
        };
    }
}
