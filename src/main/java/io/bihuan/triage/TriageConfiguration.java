package io.bihuan.triage;

import io.bihuan.pack.PackPart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes every pack read its rules. */
@Configuration(proxyBeanMethods = false)
class TriageConfiguration {
    static final PackPart<TriageRules> RULES = PackPart.of("rules", TriageRules.class, TriageRules::read);

    @Bean
    PackPart<TriageRules> triageRulesPart() {
        return RULES;
    }

    @Bean
    Triage triage() {
        return new Triage();
    }
}
