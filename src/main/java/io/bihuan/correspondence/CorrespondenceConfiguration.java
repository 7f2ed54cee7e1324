package io.bihuan.correspondence;

import io.bihuan.complaint.CaseEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the events of this module known. */
@Configuration(proxyBeanMethods = false)
class CorrespondenceConfiguration {
    @Bean
    CaseEvents correspondenceEvents() {
        return CaseEvents.of(CorrespondenceEvent.class);
    }
}
