package io.bihuan.regulator.web;

import io.bihuan.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module adds to the frame of all pages. */
@Configuration(proxyBeanMethods = false)
class RegulatorParts {
    @Bean
    NavigationItem regulatorItem() {
        return new NavigationItem("regulator.title", "/desk/regulator-cases", "flag", 45).in("web.navigation.incoming");
    }
}
