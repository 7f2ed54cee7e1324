package io.bihuan.industry;

import io.bihuan.pack.PackFolder;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What differs between two versions of a pack, value by value; what the base gives counts as far as the pack does not say otherwise. */
public final class PackDifference {
    /**
     * One value that differs.
     *
     * @param path the part, then keys and the codes of items
     * @param before empty when it is new, {@code after} empty when it is gone
     */
    public record Change(List<String> path, String before, String after) {
        public String part() {
            return path.getFirst();
        }

        /** The place within the part. */
        public List<String> place() {
            return path.subList(1, path.size());
        }
    }

    private static final String IDENTITY = "pack.yaml";
    private static final String BASE = "base/";

    private PackDifference() {}

    /** The changes, by part in the order of the earlier version. Both must be readable. */
    public static List<Change> between(PackFolder before, PackFolder after) {
        Map<List<String>, String> was = values(before);
        Map<List<String>, String> would = values(after);
        var paths = new LinkedHashSet<>(was.keySet());
        paths.addAll(would.keySet());
        var changes = new ArrayList<Change>();
        for (List<String> path : paths) {
            String one = was.getOrDefault(path, "");
            String other = would.getOrDefault(path, "");
            if (!one.equals(other)) {
                changes.add(new Change(path, one, other));
            }
        }
        // Stable: within a part the order of the files stays.
        var parts = new LinkedHashMap<String, List<Change>>();
        changes.forEach(change ->
                parts.computeIfAbsent(change.part(), part -> new ArrayList<>()).add(change));
        return parts.values().stream().flatMap(List::stream).toList();
    }

    private static Map<List<String>, String> values(PackFolder folder) {
        var values = new LinkedHashMap<List<String>, String>();
        // The own ones last: they win.
        folder.files().forEach((file, bytes) -> {
            if (file.startsWith(BASE) && !file.equals(BASE + IDENTITY)) {
                collect(bytes, values);
            }
        });
        folder.files().forEach((file, bytes) -> {
            if (!file.startsWith(BASE)) {
                collect(bytes, values);
            }
        });
        return values;
    }

    private static void collect(byte[] yaml, Map<List<String>, String> values) {
        Node root = new Yaml(new SafeConstructor(new LoaderOptions()))
                .compose(new StringReader(new String(yaml, StandardCharsets.UTF_8)));
        if (root != null) {
            collect(root, List.of(), values);
        }
    }

    private static void collect(Node node, List<String> path, Map<List<String>, String> values) {
        switch (node) {
            case ScalarNode scalar -> values.put(path, scalar.getValue());
            case MappingNode mapping -> {
                for (NodeTuple pair : mapping.getValue()) {
                    if (pair.getKeyNode() instanceof ScalarNode key) {
                        collect(pair.getValueNode(), and(path, key.getValue()), values);
                    }
                }
            }
            case SequenceNode list -> collect(list, path, values);
            default -> {} // aliases are refused before
        }
    }

    private static void collect(SequenceNode list, List<String> path, Map<List<String>, String> values) {
        List<Node> items = list.getValue();
        if (items.stream().allMatch(ScalarNode.class::isInstance)) {
            values.put(
                    path,
                    String.join(
                            "、",
                            items.stream()
                                    .map(item -> ((ScalarNode) item).getValue())
                                    .toList()));
            return;
        }
        for (int index = 0; index < items.size(); index++) {
            String identity = YamlText.identity(items.get(index));
            collect(items.get(index), and(path, identity == null ? String.valueOf(index + 1) : identity), values);
        }
    }

    private static List<String> and(List<String> path, String step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
