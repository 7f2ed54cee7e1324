package io.bihuan.platform.files;

import io.bihuan.platform.WhenServing;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Puts the virus scanner together; every node scans, each what it claims. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScannerSettings.class)
class ScannerConfiguration {
    @Bean
    @WhenServing
    @ConditionalOnProperty("bihuan.scanner.enabled")
    ScanRounds scanRounds(JdbcClient jdbc, Files files, ScannerSettings settings, InstantSource time) {
        return new ScanRounds(new Scanning(jdbc, files, settings, time));
    }

    /** Looks every few seconds for files whose turn it is. */
    static final class ScanRounds {
        private final Scanning scanning;

        ScanRounds(Scanning scanning) {
            this.scanning = scanning;
        }

        @Scheduled(initialDelay = 5, fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
        void scan() {
            while (scanning.scanNext()) {
                // the next one
            }
        }
    }
}
