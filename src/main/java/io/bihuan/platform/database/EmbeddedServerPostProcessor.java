package io.bihuan.platform.database;

import java.nio.file.Path;
import java.util.HashMap;
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
 * Without {@code spring.datasource.url} the application brings its own database, in {@code bihuan.data}. It is up before the
 * first bean and stops after the last.
 */
final class EmbeddedServerPostProcessor implements EnvironmentPostProcessor, Ordered {
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
        var properties = new HashMap<String, Object>();
        ServerAccess access;
        if (running.isPresent()) {
            access = running.get();
            // The running application looks after its own schema.
            properties.put("spring.flyway.enabled", false);
        } else {
            access = start(folder).access();
        }
        properties.put("spring.datasource.url", access.url());
        properties.put("spring.datasource.username", access.username());
        properties.put("spring.datasource.password", access.password());
        if (!environment.containsProperty("bihuan.master-key")) {
            properties.put("bihuan.master-key", access.masterKey());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("embeddedServer", properties));
    }

    private EmbeddedServer start(Path folder) {
        EmbeddedServer server = EmbeddedServer.start(folder, log);
        log.info("PostgreSQL runs in " + folder.toAbsolutePath().normalize() + " as process " + server.pid() + ", "
                + server.access());
        bootstrap.addCloseListener(event -> {
            // Registered before any other bean, it is destroyed after all others: after the connection pool.
            var beans = event.getApplicationContext().getBeanFactory();
            beans.registerSingleton("embeddedServer", server);
            ((DefaultSingletonBeanRegistry) beans).registerDisposableBean("embeddedServer", server::close);
        });
        SpringApplication.getShutdownHandlers().add(server::close); // a start that fails before there are beans
        return server;
    }
}
