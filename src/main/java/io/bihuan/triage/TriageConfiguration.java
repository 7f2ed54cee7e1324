package io.bihuan.triage;

import io.bihuan.complaint.Channel;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes every pack read its rules. */
@Configuration(proxyBeanMethods = false)
class TriageConfiguration {
    static final PackPart<TriageRules> RULES = new PackPart<>() {
        @Override
        public String name() {
            return "rules";
        }

        @Override
        public Class<TriageRules> type() {
            return TriageRules.class;
        }

        @Override
        public TriageRules read(PackNode node) {
            return TriageRules.read(node);
        }

        @Override
        public Map<String, Set<String>> vocabulary() {
            return Map.of(
                    "channel", Arrays.stream(Channel.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet()));
        }
    };

    @Bean
    PackPart<TriageRules> triageRulesPart() {
        return RULES;
    }

    @Bean
    Triage triage() {
        return new Triage();
    }
}
