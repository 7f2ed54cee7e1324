package io.bihuan.intake;

import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean
    DutyRoster dutyRoster(InstantSource time) {
        return new DutyRoster(List::of, time);
    }
}
