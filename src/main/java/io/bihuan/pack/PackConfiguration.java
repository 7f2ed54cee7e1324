package io.bihuan.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Loads the shipped packs at start with the parts that all modules registered. */
@Configuration(proxyBeanMethods = false)
class PackConfiguration {
    @Bean
    Packs packs(List<PackPart<?>> registered, Environment environment) {
        var parts = new ArrayList<>(Packs.ownParts());
        parts.addAll(registered);
        var lines = Binder.get(environment)
                .bind("bihuan.business-lines", Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of);
        return Packs.load(PackFolder.shipped(Packs.class.getClassLoader()), parts, lines);
    }
}
