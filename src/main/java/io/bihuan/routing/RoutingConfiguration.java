package io.bihuan.routing;

import io.bihuan.complaint.CaseEvents;
import io.bihuan.complaint.HandlerProposals;
import io.bihuan.identity.CertificateChoices;
import io.bihuan.pack.Packs;
import io.bihuan.web.Option;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What routing gives to the modules below it. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
    @Bean
    CaseEvents routingEvents() {
        return CaseEvents.of(RoutingEvent.class);
    }

    @Bean
    CertificateChoices routingCertificates(Packs packs) {
        return t -> {
            var options = new LinkedHashMap<String, Option>();
            packs.all()
                    .forEach(pack -> pack.part(RoutingRules.class, RoutingRules.PLAIN)
                            .certificates()
                            .forEach(certificate -> options.putIfAbsent(
                                    certificate.name(),
                                    new Option(
                                            certificate.name(),
                                            certificate.label().in(t.locale())))));
            return List.copyOf(options.values());
        };
    }

    @Bean
    HandlerProposals handlerProposals(Routing routing) {
        return (complaint, department) -> routing.rank(complaint, Seat.HANDLER, department).proposed().stream()
                .findFirst()
                .map(best -> new HandlerProposals.Proposed(
                        best.candidate().id(), best.candidate().name(), best.total()));
    }
}
