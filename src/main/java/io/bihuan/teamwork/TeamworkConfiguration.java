package io.bihuan.teamwork;

import io.bihuan.complaint.CaseEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the events of this module known to the history. */
@Configuration(proxyBeanMethods = false)
class TeamworkConfiguration {
    @Bean
    CaseEvents taskEvents() {
        return CaseEvents.of(TaskEvent.class);
    }

    @Bean
    CaseEvents teamEvents() {
        return CaseEvents.of(TeamEvent.class);
    }

    @Bean
    CaseEvents sharedEvents() {
        return CaseEvents.of(SharedEvent.class);
    }
}
