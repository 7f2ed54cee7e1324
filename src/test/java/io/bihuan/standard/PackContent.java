package io.bihuan.standard;

import io.bihuan.pack.PackFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a pack says, as its author wrote it: plain maps and lists of its files, before any reader of the product, so that an
 * unfinished pack can be judged too. A part that the pack leaves out is that of the pack it extends.
 */
final class PackContent {
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final int GRAM = 4;

    private final String id;
    private final Map<String, Object> parts;
    private final @Nullable PackContent base;

    private PackContent(String id, Map<String, Object> parts, @Nullable PackContent base) {
        this.id = id;
        this.parts = parts;
        this.base = base;
    }

    /** All packs but the abstract ones. */
    static List<PackContent> of(List<PackFolder> folders) {
        var read = new LinkedHashMap<String, Map<String, Object>>();
        folders.forEach(folder -> read.put(folder.name(), read(folder)));
        return read.entrySet().stream()
                .filter(each -> !Boolean.TRUE.equals(each.getValue().get("abstract")))
                .map(each -> {
                    var above = read.get(String.valueOf(each.getValue().get("extends")));
                    return new PackContent(
                            each.getKey(),
                            each.getValue(),
                            above == null ? null : new PackContent("base", above, null));
                })
                .toList();
    }

    private static Map<String, Object> read(PackFolder folder) {
        var options = new LoaderOptions();
        var parts = new LinkedHashMap<String, Object>();
        folder.files().forEach((name, bytes) -> {
            if (name.startsWith(PackFolder.BASE)) {
                return; // read as the pack that it is
            }
            // Every scalar is the text that the author wrote: 2022-01-01 and 12315 too; only flags are told apart.
            Object read = new Yaml(
                            new SafeConstructor(options),
                            new Representer(new DumperOptions()),
                            new DumperOptions(),
                            options,
                            new Plain())
                    .load(new String(bytes, StandardCharsets.UTF_8));
            map(read).forEach(parts::put);
        });
        return parts;
    }

    private static final class Plain extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
        }
    }

    String id() {
        return id;
    }

    // ---- what is wrong with one pack ----

    List<String> problems() {
        var found = new ArrayList<String>();
        List<Leaf> leaves = new ArrayList<>();
        list(parts.get("categories")).forEach(top -> leaves(map(top), List.of(), leaves));
        if (leaves.size() < 25) {
            found.add(id + ": has " + leaves.size() + " leaf categories, at least 25 are needed");
        }
        for (String part : List.of("standards", "playbooks")) {
            var named = named(part);
            var bare = new LinkedHashMap<String, List<String>>();
            leaves.stream()
                    .filter(leaf -> leaf.path().stream().noneMatch(named::contains))
                    .forEach(leaf -> bare.computeIfAbsent(leaf.path().getFirst(), top -> new ArrayList<>())
                            .add(leaf.path().getLast()));
            bare.forEach((top, codes) ->
                    found.add(id + ": category `" + top + "` has no item of its own in `" + part + "` for " + codes));
        }
        var purposes = new HashSet<String>();
        items("letters").forEach(letter -> purposes.add(String.valueOf(letter.get("purpose"))));
        for (Letter.Purpose purpose : Letter.Purpose.values()) {
            if (!purposes.contains(purpose.name())) {
                found.add(id + ": no letter has the purpose " + purpose);
            }
        }
        if (items("targets").isEmpty()) {
            found.add(id + ": has no `targets`");
        }
        for (Map<?, ?> playbook : own("playbooks")) {
            for (String key : List.of("ask", "check", "collect")) {
                int lines = list(playbook.get(key)).size();
                if (playbook.containsKey(key) && (lines < 3 || lines > 6)) {
                    found.add(id + ": playbook `" + playbook.get("name") + "` has " + lines + " lines in `" + key
                            + "`, 3 to 6 are needed");
                }
            }
        }
        labels(parts, id, (place, label) -> {
            if (!HAN.matcher(text(label, "zh")).find()) {
                found.add(place + ": the Chinese text has no Chinese character: " + text(label, "zh"));
            }
            if (HAN.matcher(text(label, "en")).find()) {
                found.add(place + ": the English text has Chinese characters: " + text(label, "en"));
            }
        });
        sources(parts, id, found);
        return found;
    }

    private record Leaf(List<String> path) {}

    private static void leaves(Map<?, ?> category, List<String> above, List<Leaf> found) {
        var path =
                Stream.concat(above.stream(), Stream.of(text(category, "code"))).toList();
        var children = list(category.get("children"));
        if (children.isEmpty()) {
            found.add(new Leaf(path));
        }
        children.forEach(child -> leaves(map(child), path, found));
    }

    /** The categories that some item of the part names. */
    private Set<String> named(String part) {
        var named = new HashSet<String>();
        items(part).forEach(item -> list(item.get("categories")).forEach(code -> named.add(String.valueOf(code))));
        return named;
    }

    private List<Map<?, ?>> own(String part) {
        return list(parts.get(part)).stream().<Map<?, ?>>map(PackContent::map).toList();
    }

    /** The own items, each with what an item of the same name above says beside, and those above. */
    private List<Map<?, ?>> items(String part) {
        var merged = new LinkedHashMap<String, Map<Object, Object>>();
        own(part).forEach(item -> merged.put(text(item, "name"), new LinkedHashMap<>(item)));
        if (base != null) {
            base.own(part).forEach(item -> {
                var mine = merged.computeIfAbsent(text(item, "name"), name -> new LinkedHashMap<>());
                item.forEach(mine::putIfAbsent);
            });
        }
        return List.copyOf(merged.values());
    }

    private static void labels(Object at, String place, BiConsumer<String, Map<?, ?>> visit) {
        if (at instanceof Map<?, ?> map) {
            if (map.containsKey("zh") || map.containsKey("en")) {
                visit.accept(place, map);
            } else {
                map.forEach((key, value) -> labels(value, place + "." + key, visit));
            }
        } else if (at instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                labels(list.get(i), place + "[" + name(list.get(i), i) + "]", visit);
            }
        }
    }

    /** A law is named by its article; what the law demands is named by a law. */
    private static void sources(Object at, String place, List<String> found) {
        if (at instanceof Map<?, ?> map) {
            if (map.containsKey("law") && text(map, "article").isBlank()) {
                found.add(place + ": the law has no article");
            }
            if ("LEGAL".equals(map.get("grade")) && !(map.get("source") instanceof Map<?, ?>)) {
                found.add(place + ": is of grade LEGAL but its source is no law with an article: " + map.get("source"));
            }
            map.forEach((key, value) -> sources(value, place + "." + key, found));
        } else if (at instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                sources(list.get(i), place + "[" + name(list.get(i), i) + "]", found);
            }
        }
    }

    private static String name(Object item, int index) {
        if (item instanceof Map<?, ?> map) {
            for (String key : List.of("name", "code", "key")) {
                if (map.containsKey(key)) {
                    return text(map, key);
                }
            }
        }
        return Integer.toString(index);
    }

    // ---- what two items have in common ----

    /** The Chinese text of one own item. */
    record Text(String place, Set<String> grams) {
        /** Shared 4-grams by all 4-grams of both, in percent. */
        int similarity(Text other) {
            long shared = grams.stream().filter(other.grams::contains).count();
            long all = grams.size() + other.grams.size() - shared;
            return all == 0 ? 0 : (int) Math.round(100.0 * shared / all);
        }
    }

    /** The own items of a part by their Chinese texts; one that only changes the categories of base's has none. */
    List<Text> texts(String part) {
        return own(part).stream()
                .map(item -> {
                    var chinese = new StringBuilder();
                    item.forEach((key, value) -> {
                        if (!key.equals("label") && !key.equals("source")) {
                            labels(
                                    value,
                                    "",
                                    (place, label) ->
                                            chinese.append(text(label, "zh")).append('\n'));
                        }
                    });
                    return new Text(id + "/" + part + "/" + text(item, "name"), grams(chinese.toString()));
                })
                .filter(each -> !each.grams().isEmpty())
                .toList();
    }

    /** All windows of four characters within one text; spaces and punctuation do not count. */
    static Set<String> grams(String text) {
        var grams = new LinkedHashSet<String>();
        text.lines().map(line -> line.replaceAll("[^\\p{L}\\p{N}]", "")).forEach(line -> {
            for (int at = 0; at + GRAM <= line.length(); at++) {
                grams.add(line.substring(at, at + GRAM));
            }
        });
        return grams;
    }

    // ---- plain values ----

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private static Map<String, Object> map(Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> read) {
            read.forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        return map;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
