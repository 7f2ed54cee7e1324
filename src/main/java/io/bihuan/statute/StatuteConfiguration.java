package io.bihuan.statute;

import io.bihuan.pack.PackPart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the part {@code statutes} of packs known. */
@Configuration(proxyBeanMethods = false)
class StatuteConfiguration {
    @Bean
    PackPart<Statutes> statutesPart() {
        return new StatutesPart();
    }
}
