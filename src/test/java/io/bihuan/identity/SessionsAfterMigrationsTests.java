package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

@BihuanTest
class SessionsAfterMigrationsTests {
    @Autowired
    ConfigurableListableBeanFactory beans;

    @Test
    void oldSessionsAreClearedAwayOnlyWhenTheMigrationsAreThrough() {
        String sessions = beans.getBeanNamesForType(JdbcIndexedSessionRepository.class)[0];
        String migrations = beans.getBeanNamesForType(FlywayMigrationInitializer.class)[0];
        assertThat(beans.getDependenciesForBean(sessions)).contains(migrations);
    }
}
