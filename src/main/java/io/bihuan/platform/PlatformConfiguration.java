package io.bihuan.platform;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the platform gives to all modules. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    /** The {@link java.time.InstantSource} of all; tests put a movable one before it. */
    @Bean
    DatabaseTime databaseTime(JdbcClient jdbc) {
        return new DatabaseTime(jdbc);
    }
}
