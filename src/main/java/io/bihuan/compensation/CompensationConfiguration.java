package io.bihuan.compensation;

import io.bihuan.complaint.CaseEvents;
import io.bihuan.investigation.Responsibilities;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module adds to the history. */
@Configuration(proxyBeanMethods = false)
class CompensationConfiguration {
    @Bean
    CaseEvents compensationEvents() {
        return CaseEvents.of(CompensationEvent.class);
    }

    @Bean
    Responsible decidedByInvestigation(Responsibilities responsibilities) {
        return complaint ->
                responsibilities.of(complaint).map(decision -> decision.kind().name());
    }
}
