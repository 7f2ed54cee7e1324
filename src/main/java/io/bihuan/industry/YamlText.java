package io.bihuan.industry;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A text of YAML in which single values are changed where they stand: comments, order and layout of everything else stay as its author
 * wrote them. A path names keys of mappings, and items of lists by their {@code code}, {@code name} or {@code key}, or {@code #0}.
 */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]*|[0-9]{1,6}%");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,2})?");
    /** An item of a list that nothing names: its place from 0. */
    private static final Pattern POSITION = Pattern.compile("#[0-9]{1,4}");

    private static final List<String> WORDS = List.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
    private static final List<String> IDENTITIES = List.of("code", "name", "key");

    private String text;
    private @Nullable Node root;

    YamlText(String text) {
        this.text = text;
        this.root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    }

    @Override
    public String toString() {
        return text;
    }

    boolean has(List<String> path) {
        return find(path).isPresent();
    }

    /** The value at a path; empty when there is none or it is no single value. */
    Optional<String> value(List<String> path) {
        return find(path).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    /** Writes a text or word at a path; the key is added where only it is missing. False when what is above is missing. */
    boolean set(List<String> path, String value) {
        return write(path, scalar(value));
    }

    /** The same of a number, as it was typed: what is none is written as a text, for the check of the pack to refuse. */
    boolean setNumber(List<String> path, String value) {
        return write(path, NUMBER.matcher(value).matches() ? value : scalar(value));
    }

    /** Makes room for keys below. */
    boolean setMapping(List<String> path) {
        return write(path, "{}");
    }

    boolean setFlag(List<String> path, boolean value) {
        return write(path, String.valueOf(value));
    }

    /** The same of a list of texts. */
    boolean set(List<String> path, List<String> values) {
        return write(path, values.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]")));
    }

    /** The same of a list of mappings, each on a line of its own where the text has lines. */
    boolean setItems(List<String> path, List<? extends Map<String, ?>> items) {
        Optional<Node> found = find(path);
        Optional<Node> above = find(path.subList(0, path.size() - 1));
        boolean isBlock = found.map(node -> !isFlow(node))
                .orElseGet(() -> above.map(node -> !isFlow(node)).orElse(false));
        if (!isBlock || items.isEmpty()) {
            return write(path, flow(items));
        }
        int column = found.map(node -> node.getStartMark().getColumn())
                .orElseGet(() -> above.orElseThrow().getStartMark().getColumn() + 2);
        String lines =
                items.stream().map(item -> "- " + flow(item)).collect(Collectors.joining("\n" + " ".repeat(column)));
        return write(path, found.isPresent() ? lines : "\n" + " ".repeat(column) + lines);
    }

    private boolean write(List<String> path, String written) {
        Optional<Node> found = find(path);
        if (found.isPresent()) {
            Node node = found.get();
            if (node instanceof ScalarNode || isFlow(node)) {
                replace(offset(node.getStartMark()), offset(node.getEndMark()), written);
            } else {
                replace(offset(node.getStartMark()), end(node), written);
            }
            return true;
        }
        Optional<Node> above = find(path.subList(0, path.size() - 1));
        if (above.isEmpty() || !(above.get() instanceof MappingNode mapping)) {
            return false;
        }
        String pair = path.getLast() + (written.startsWith("\n") ? ":" : ": ") + written;
        if (isFlow(mapping)) {
            int close = offset(mapping.getEndMark()) - 1;
            replace(close, close, mapping.getValue().isEmpty() ? pair : ", " + pair);
        } else {
            int behind = lineEnd(end(mapping));
            replace(behind, behind, "\n" + " ".repeat(mapping.getStartMark().getColumn()) + pair);
        }
        return true;
    }

    /** Removes a key with its value, or an item of a list; false when there is none. */
    boolean remove(List<String> path) {
        Optional<Node> above = find(path.subList(0, path.size() - 1));
        if (above.isEmpty()) {
            return false;
        }
        return switch (above.get()) {
            case MappingNode mapping -> {
                List<NodeTuple> pairs = mapping.getValue();
                yield cut(
                        mapping,
                        pairs.stream().map(NodeTuple::getKeyNode).toList(),
                        pairs.stream().map(NodeTuple::getValueNode).toList(),
                        indexOfKey(mapping, path.getLast()));
            }
            case SequenceNode list -> cut(list, list.getValue(), list.getValue(), indexOfItem(list, path.getLast()));
            default -> false; // a single value has nothing below it; the library's nodes are not sealed
        };
    }

    private boolean cut(Node whole, List<? extends Node> starts, List<? extends Node> ends, int index) {
        if (index < 0) {
            return false;
        }
        boolean isLast = index == starts.size() - 1;
        if (isFlow(whole)) {
            int from = offset(starts.get(index).getStartMark());
            int to = end(ends.get(index));
            if (!isLast) {
                to = offset(starts.get(index + 1).getStartMark());
            } else if (index > 0) {
                from = end(ends.get(index - 1));
            }
            replace(from, to, "");
        } else if (starts.size() == 1) {
            replace(offset(whole.getStartMark()), end(whole), whole instanceof SequenceNode ? "[]" : "{}");
        } else {
            int from = lineStart(offset(starts.get(index).getStartMark()));
            int to = text.indexOf('\n', end(ends.get(index)));
            boolean sharesLine = index == 0 && whole instanceof MappingNode && !isBlank(from, starts.getFirst());
            if (sharesLine) {
                // The first key of an item stands behind its dash: what follows takes its place.
                replace(
                        offset(starts.getFirst().getStartMark()),
                        offset(starts.get(1).getStartMark()),
                        "");
            } else {
                replace(from, to < 0 ? text.length() : to + 1, "");
            }
        }
        return true;
    }

    /** The texts of a list; empty when there is none. */
    List<String> values(List<String> path) {
        return items(path).stream()
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .toList();
    }

    /** What names the items of a list, in their order. */
    List<String> identities(List<String> path) {
        var found = new ArrayList<String>();
        for (Node item : items(path)) {
            String identity = identity(item);
            if (identity != null) {
                found.add(identity);
            }
        }
        return found;
    }

    int size(List<String> path) {
        return items(path).size();
    }

    private List<Node> items(List<String> path) {
        return find(path).orElse(null) instanceof SequenceNode list ? list.getValue() : List.of();
    }

    /** The item or value at a path as plain mappings, lists and texts; empty when there is none. */
    Optional<Object> copy(List<String> path) {
        return find(path).map(YamlText::plain);
    }

    private static Object plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var map = new LinkedHashMap<String, Object>();
                for (NodeTuple pair : mapping.getValue()) {
                    if (pair.getKeyNode() instanceof ScalarNode key) {
                        map.put(key.getValue(), plain(pair.getValueNode()));
                    }
                }
                yield map;
            }
            case SequenceNode list ->
                list.getValue().stream().map(YamlText::plain).toList();
            case ScalarNode scalar ->
                scalar.isPlain() && !scalar.getTag().equals(Tag.STR) ? new Raw(scalar.getValue()) : scalar.getValue();
            default -> ""; // aliases are refused by the check of the pack
        };
    }

    /** A number, flag or day, which stands without quotes. */
    private record Raw(String text) {}

    /** Adds an item, written as one line of YAML, at the end of a list; false when there is no list. */
    boolean add(List<String> path, Object item) {
        Optional<Node> found = find(path);
        if (found.isEmpty() || !(found.get() instanceof SequenceNode list)) {
            return false;
        }
        String written = flow(item);
        if (isFlow(list)) {
            int close = offset(list.getEndMark()) - 1;
            replace(close, close, list.getValue().isEmpty() ? written : ", " + written);
        } else {
            int behind = lineEnd(end(list));
            replace(behind, behind, "\n" + " ".repeat(list.getStartMark().getColumn()) + "- " + written);
        }
        return true;
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(each -> each.getKey() + ": " + flow(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
            case Raw raw -> raw.text();
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> scalar(String.valueOf(value)); // any other value is a text
        };
    }

    /** A value as it is written, in quotes unless it can only be read one way. */
    static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT))) {
            return value;
        }
        var quoted = new StringBuilder("\"");
        value.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> {}
                case '\t' -> quoted.append("\\t");
                default -> quoted.appendCodePoint(point); // everything else stands for itself
            }
        });
        return quoted.append('"').toString();
    }

    // ---- inside ----

    private void replace(int from, int to, String written) {
        text = text.substring(0, from) + written + text.substring(to);
        root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    }

    private Optional<Node> find(List<String> path) {
        Node at = root;
        for (String step : path) {
            if (at instanceof MappingNode mapping) {
                int index = indexOfKey(mapping, step);
                at = index < 0 ? null : mapping.getValue().get(index).getValueNode();
            } else if (at instanceof SequenceNode list) {
                int index = indexOfItem(list, step);
                at = index < 0 ? null : list.getValue().get(index);
            } else {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(at);
    }

    private static int indexOfKey(MappingNode mapping, String key) {
        List<NodeTuple> pairs = mapping.getValue();
        for (int index = 0; index < pairs.size(); index++) {
            if (pairs.get(index).getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return index;
            }
        }
        return -1;
    }

    private static int indexOfItem(SequenceNode list, String identity) {
        if (POSITION.matcher(identity).matches()) {
            int index = Integer.parseInt(identity.substring(1));
            return index < list.getValue().size() ? index : -1;
        }
        for (int index = 0; index < list.getValue().size(); index++) {
            if (identity.equals(identity(list.getValue().get(index)))) {
                return index;
            }
        }
        return -1;
    }

    /** What names an item of a list: its code, name or key, else the value itself. */
    static @Nullable String identity(Node item) {
        if (item instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (item instanceof MappingNode mapping) {
            for (String key : IDENTITIES) {
                int index = indexOfKey(mapping, key);
                if (index >= 0 && mapping.getValue().get(index).getValueNode() instanceof ScalarNode scalar) {
                    return scalar.getValue();
                }
            }
        }
        return null;
    }

    private static boolean isFlow(Node node) {
        return switch (node) {
            case MappingNode mapping -> mapping.getFlowStyle() == FlowStyle.FLOW;
            case SequenceNode list -> list.getFlowStyle() == FlowStyle.FLOW;
            default -> true; // a single value ends where its mark says
        };
    }

    /** Where the last thing in it ends: the end mark of a block stands behind the blank lines and comments that follow it. */
    private int end(Node node) {
        if (isFlow(node)) {
            return offset(node.getEndMark());
        }
        var inside = new ArrayList<Node>();
        switch (node) {
            case MappingNode mapping -> mapping.getValue().forEach(pair -> inside.add(pair.getValueNode()));
            case SequenceNode list -> inside.addAll(list.getValue());
            default -> {} // a single value is flow
        }
        return inside.isEmpty() ? offset(node.getEndMark()) : end(inside.getLast());
    }

    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    /** Behind the comment that follows on the line. */
    private int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        String rest = text.substring(offset, end < 0 ? text.length() : end);
        return rest.isBlank() || rest.strip().startsWith("#") ? offset + rest.length() : offset;
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private boolean isBlank(int from, Node start) {
        return text.substring(from, offset(start.getStartMark())).isBlank();
    }
}
