package io.bihuan.complaint;

import io.bihuan.platform.follower.Feed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the module's parts share. */
@Configuration(proxyBeanMethods = false)
class ComplaintConfiguration {
    @Bean
    Feed complaintFeed(JdbcClient jdbc) {
        return new Feed(jdbc, "complaint.event", "complaint_id");
    }
}
