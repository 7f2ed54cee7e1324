package io.bihuan.platform.database;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Without {@code spring.datasource.url} the application brings its own database, in {@code bihuan.data}. It starts while the
 * application's parts are read, and stops after the last of them.
 */
final class EmbeddedServerPostProcessor implements EnvironmentPostProcessor, Ordered {
    private static final String MASTER_KEY = "bihuan.master-key";

    private final Log log;
    private final ConfigurableBootstrapContext bootstrap;

    EmbeddedServerPostProcessor(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
        this.log = logs.getLog(EmbeddedServer.class);
        this.bootstrap = bootstrap;
    }

    /** After everything that may bring settings. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
            return;
        }
        Path folder = Path.of(environment.getProperty("bihuan.data", "./data"));
        boolean isCommand = environment.containsProperty("bihuan.command");
        Optional<ServerAccess> running = isCommand ? EmbeddedServer.running(folder) : Optional.empty();
        if (running.isPresent()) {
            // The running application looks after its own schema.
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("embeddedSchema", Map.of("spring.flyway.enabled", false)));
            environment
                    .getPropertySources()
                    .addFirst(new DatabaseProperties(running::get, !environment.containsProperty(MASTER_KEY)));
        } else {
            ServerStart start = start(folder);
            environment
                    .getPropertySources()
                    .addFirst(new DatabaseProperties(
                            () -> start.server().access(), !environment.containsProperty(MASTER_KEY)));
        }
    }

    private ServerStart start(Path folder) {
        var start = new ServerStart(folder, log);
        // Registered before any other bean, it is destroyed after all others: after the connection pool.
        bootstrap.addCloseListener(event -> ((DefaultSingletonBeanRegistry)
                        event.getApplicationContext().getBeanFactory())
                .registerDisposableBean("embeddedServer", start::close));
        SpringApplication.getShutdownHandlers().add(start::close); // a start that fails before there are beans
        return start;
    }
}
