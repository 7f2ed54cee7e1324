package io.bihuan.platform.database;

import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** Flyway takes a tenth of the start to read its own parts: it does so beside the first steps of the application. */
final class FlywayPreinitializer implements BackgroundPreinitializer {
    @Override
    public void preinitialize() {
        Flyway.configure().locations("classpath:db/migration").load();
    }
}
