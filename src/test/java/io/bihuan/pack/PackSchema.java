package io.bihuan.pack;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the schema of packs says, by the path of keys as {@link PackNode#path} gives it. */
final class PackSchema {
    private final JsonNode root = read();
    private final Map<String, Set<String>> keys = new TreeMap<>();
    private final Map<String, Set<String>> required = new TreeMap<>();
    private final Map<String, Set<String>> words = new TreeMap<>();
    private final Set<String> open = new TreeSet<>();

    private final Set<String> all = new TreeSet<>();

    PackSchema() {
        collect("", root);
        keys.forEach((path, names) -> names.forEach(name -> all.add(path.isEmpty() ? name : path + "." + name)));
    }

    private static JsonNode read() {
        try (InputStream in = PackSchema.class.getClassLoader().getResourceAsStream(PackSchemaRoute.FILE)) {
            return new JsonMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** What must be there when a pack and what it extends are put together; a file alone may leave out what it inherits. */
    Set<String> required(String path) {
        return required.getOrDefault(plain(path), Set.of());
    }

    /** The path as the schema has it: a key that it does not name, where any is taken, is {@code *}. */
    String opened(String path) {
        var opened = "";
        for (var step : plain(path).split("\\.", -1)) {
            var before = opened.isEmpty() ? "" : opened + ".";
            // a list behind the key stays
            var any = before + "*" + step.replaceFirst("^[^\\[]*", "");
            var isNamed = all.contains(before + step.replace("[]", ""));
            opened = !isNamed && open.contains(before + "*") ? any : before + step;
        }
        return opened;
    }

    /** The same path for every level of a tree of categories. */
    static String plain(String path) {
        return path.replaceAll("^categories\\[](\\.children\\[])+", "categories[]");
    }

    Set<String> keys() {
        return all;
    }

    /** Whether a mapping takes keys that the schema does not name; the path ends with {@code .*}. */
    boolean isOpen(String path) {
        return open.contains(path);
    }

    Map<String, Set<String>> words() {
        return words;
    }

    private void collect(String path, JsonNode schema) {
        if (!plain(path).equals(path)) {
            return;
        }
        if (schema.has("$ref")) {
            collect(path, root.at(schema.get("$ref").asString().substring(1)));
        }
        for (var properties : schema.path("properties").properties()) {
            keys.computeIfAbsent(path, any -> new TreeSet<>()).add(properties.getKey());
            collect(path.isEmpty() ? properties.getKey() : path + "." + properties.getKey(), properties.getValue());
        }
        for (var name : schema.path("x-required")) {
            required.computeIfAbsent(path, any -> new TreeSet<>()).add(name.asString());
        }
        for (var word : schema.path("enum")) {
            words.computeIfAbsent(path, any -> new TreeSet<>()).add(word.asString());
        }
        if (schema.has("items")) {
            collect(path + "[]", schema.get("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            open.add(path + ".*");
            collect(path + ".*", schema.get("additionalProperties"));
        }
        for (var choice : schema.path("oneOf")) {
            collect(path, choice);
        }
    }
}
