package io.bihuan.capture.web;

import io.bihuan.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module adds to the frame of all pages. */
@Configuration(proxyBeanMethods = false)
class CaptureParts {
    @Bean
    NavigationItem postsItem() {
        return new NavigationItem("capture.posts.title", "/desk/posts", "message", 46).in("web.navigation.incoming");
    }

    @Bean
    NavigationItem slipsItem() {
        return new NavigationItem("capture.slips.title", "/desk/slips", "edit", 47).in("web.navigation.incoming");
    }

    @Bean
    NavigationItem outletsItem() {
        return new NavigationItem("capture.outlets.title", "/desk/outlets", "home", 75).in("web.navigation.incoming");
    }
}
