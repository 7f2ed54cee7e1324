package io.bihuan;

import io.bihuan.wechat.FakeWeChat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Gives each application of a {@link BihuanTest} its own database, before the application would start one itself. */
final class TestEnvironment implements EnvironmentPostProcessor, Ordered {
    private static volatile boolean seen;

    static boolean hasSeenApplications() {
        return seen;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        seen = true;
        if (!environment.getProperty("bihuan.test", Boolean.class, false)) {
            return;
        }
        try {
            Path target = Files.createDirectories(Path.of("target/test-data"));
            var database = TestDatabase.fresh();
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "testDefaults",
                            Map.of("bihuan.master-key", Base64.getEncoder().encodeToString(new byte[32]))));
            environment.getPropertySources().addLast(new MapPropertySource("testWeChat", FakeWeChat.settings()));
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "testDatabase",
                            Map.of(
                                    "spring.datasource.url", database.url(),
                                    "spring.datasource.username", database.username(),
                                    "spring.datasource.password", database.password(),
                                    "spring.datasource.hikari.minimum-idle", 0,
                                    "spring.datasource.hikari.idle-timeout", 10_000,
                                    "bihuan.data",
                                            Files.createTempDirectory(target, "data")
                                                    .toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
