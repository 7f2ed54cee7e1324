package io.bihuan.platform.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** How to reach the embedded database, as settings. Which there are is known at once; asking for a value waits for the server. */
final class DatabaseProperties extends EnumerablePropertySource<Supplier<ServerAccess>> {
    private final Map<String, Function<ServerAccess, String>> values = new LinkedHashMap<>();

    DatabaseProperties(Supplier<ServerAccess> access, boolean withMasterKey) {
        super("embeddedServer", access);
        values.put("spring.datasource.url", ServerAccess::url);
        values.put("spring.datasource.username", ServerAccess::username);
        values.put("spring.datasource.password", ServerAccess::password);
        if (withMasterKey) {
            values.put("bihuan.master-key", ServerAccess::masterKey);
        }
    }

    @Override
    public String[] getPropertyNames() {
        return values.keySet().toArray(String[]::new);
    }

    @Override
    public boolean containsProperty(String name) {
        return values.containsKey(name);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Function<ServerAccess, String> value = values.get(name);
        return value == null ? null : value.apply(source.get());
    }
}
