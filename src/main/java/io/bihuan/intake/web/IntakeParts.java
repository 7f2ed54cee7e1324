package io.bihuan.intake.web;

import io.bihuan.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What intake adds to the frame of all pages. */
@Configuration(proxyBeanMethods = false)
class IntakeParts {
    @Bean
    NavigationItem importsItem() {
        return new NavigationItem("intake.import.title", "/desk/imports", "upload", 60);
    }
}
