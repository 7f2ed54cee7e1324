package io.bihuan.pack;

import io.bihuan.platform.WhenServing;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The packs of the database, read with the parts that all modules registered. */
@Configuration(proxyBeanMethods = false)
class PackConfiguration {
    @Bean
    Packs packs(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource time,
            List<PackPart<?>> registered,
            ObjectProvider<PackPreparation> preparations,
            Environment environment) {
        var parts = new ArrayList<>(Packs.ownParts());
        parts.addAll(registered);
        // Only what a new database begins with: later the business lines are managed in it.
        var lines = Binder.get(environment)
                .bind("bihuan.business-lines", Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of);
        return new Packs(new Packs.Setup(
                new StoredPacks(jdbc),
                transactions,
                time,
                ZoneId.of(environment.getProperty("bihuan.zone", "Asia/Shanghai")),
                List.copyOf(parts),
                preparations::orderedStream,
                () -> PackFolder.shipped(Packs.class.getClassLoader()),
                lines));
    }

    /** A new database gets its packs before anybody is served; else they are read beside the start, and the first page waits if it must. */
    @Bean
    SmartInitializingSingleton packsAtStart(Packs packs) {
        return () -> {
            packs.businessLines();
            Thread.ofVirtual().name("first-packs").start(packs::warm);
        };
    }

    @Bean
    @WhenServing
    PackWatch packWatch(Packs packs) {
        return new PackWatch(packs);
    }
}
