package io.bihuan.imports.web;

import io.bihuan.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What imports add to the frame of all pages. */
@Configuration(proxyBeanMethods = false)
class ImportsParts {
    @Bean
    NavigationItem importsItem() {
        return new NavigationItem("imports.title", "/desk/imports", "upload", 60).in("web.navigation.incoming");
    }
}
