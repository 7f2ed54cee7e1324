package io.bihuan.industry;

import io.bihuan.industry.PartField.Kind;
import io.bihuan.pack.PackFolder;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Keeping;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Measure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a pack that are changed on pages, item by item. What the base gives can be taken over and is then the pack's own; all
 * else of the files stays as it is written. Whether the result makes sense is for the check of the pack to say.
 */
public final class DraftParts {
    private static final String BASE = "base/";
    private static final String IDENTITY = "pack.yaml";
    private static final List<PartField> NAMED =
            List.of(PartField.of(Kind.TEXT, "name", "zh"), PartField.of(Kind.TEXT, "name", "en"));
    private static final List<PartField> LABELLED =
            List.of(PartField.of(Kind.TEXT, "label", "zh"), PartField.of(Kind.TEXT, "label", "en"));

    /** What can be changed, in the order of the pages. */
    private static final Map<String, List<PartField>> FIELDS = fields();

    /** An item of a part; {@code depth} below others in a tree. */
    public record Item(List<String> path, String code, String zh, String en, boolean isInherited, int depth) {}

    private DraftParts() {}

    private static Map<String, List<PartField>> fields() {
        var fields = new LinkedHashMap<String, List<PartField>>();
        fields.put(
                "categories",
                and(
                        NAMED,
                        PartField.of(Kind.DEPARTMENT, "department"),
                        PartField.of(Kind.SEVERITY, "severity"),
                        PartField.of(Kind.FLAG, "safety"),
                        PartField.of(Kind.LINES, "keywords")));
        fields.put(
                "standards",
                and(
                        LABELLED,
                        PartField.of(Kind.LINES, "categories"),
                        PartField.of(Kind.LONG, "text", "zh"),
                        PartField.of(Kind.LONG, "text", "en"),
                        PartField.of(Kind.MEASURES, "measures"),
                        PartField.of(Kind.LONG, "tell", "zh"),
                        PartField.of(Kind.LONG, "tell", "en")));
        fields.put(
                "playbooks",
                and(
                        LABELLED,
                        PartField.of(Kind.LINES, "categories"),
                        PartField.of(Kind.PAIRS, "ask"),
                        PartField.of(Kind.PAIRS, "check"),
                        PartField.of(Kind.PAIRS, "collect")));
        fields.put(
                "compensation",
                and(
                        LABELLED,
                        PartField.of(Measure.values(), "measure"),
                        PartField.of(Kind.LINES, "categories"),
                        PartField.of(Kind.NUMBER, "value", "upTo"),
                        PartField.of(Compensation.Per.values(), "value", "per"),
                        PartField.of(Kind.NUMBER, "value", "percent"),
                        PartField.of(Kind.NUMBER, "value", "times"),
                        PartField.of(Compensation.Base.values(), "value", "of"),
                        PartField.of(Kind.NUMBER, "value", "atLeast"),
                        PartField.of(Kind.NUMBER, "limits", "AGENT"),
                        PartField.of(Kind.NUMBER, "limits", "HANDLER"),
                        PartField.of(Kind.NUMBER, "limits", "MANAGER"),
                        PartField.of(Kind.LONG, "condition", "zh"),
                        PartField.of(Kind.LONG, "condition", "en")));
        fields.put(
                "letters",
                List.of(
                        PartField.of(Letter.Purpose.values(), "purpose"),
                        PartField.of(Letter.Way.values(), "channel"),
                        PartField.of(Kind.LINES, "categories"),
                        PartField.of(Kind.TEXT, "subject", "zh"),
                        PartField.of(Kind.TEXT, "subject", "en"),
                        PartField.of(Kind.LONG, "text", "zh"),
                        PartField.of(Kind.LONG, "text", "en")));
        fields.put(
                "targets",
                and(
                        LABELLED,
                        PartField.of(Kind.TEXT, "atLeast"),
                        PartField.of(Kind.TEXT, "atMost"),
                        PartField.of(Kind.TEXT, "within")));
        fields.put("departments", NAMED);
        fields.put("remedies", NAMED);
        fields.put(
                "retention",
                and(
                        LABELLED,
                        PartField.of(Kind.TEXT, "keep"),
                        PartField.of(Keeping.After.values(), "after"),
                        PartField.of(Kind.LINES, "categories")));
        return fields;
    }

    private static List<PartField> and(List<PartField> first, PartField... more) {
        var all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return List.copyOf(all);
    }

    /** The parts that can be changed on pages. */
    public static List<String> parts() {
        return List.copyOf(FIELDS.keySet());
    }

    public static List<PartField> fields(String part) {
        return FIELDS.getOrDefault(part, List.of());
    }

    /** The items of a part, those of a tree each before those below it. */
    public static List<Item> items(PackFolder folder, String part) {
        var items = new ArrayList<Item>();
        collect(new Sides(folder, part), List.of(part), 0, items);
        return items;
    }

    public static Optional<Item> item(PackFolder folder, List<String> path) {
        return items(folder, path.getFirst()).stream()
                .filter(item -> item.path().equals(path))
                .findFirst();
    }

    /** What is written in a field of an item, as it is typed; empty when nothing is. */
    public static String value(PackFolder folder, List<String> path, PartField field) {
        var sides = new Sides(folder, path.getFirst());
        List<String> place = and(path, field.path());
        YamlText text = sides.of(place);
        if (text == null) {
            return "";
        }
        return switch (field.kind()) {
            case TEXT, LONG, NUMBER, FLAG, DEPARTMENT, SEVERITY, WORD ->
                text.value(place).orElse("");
            case LINES -> String.join("\n", text.values(place));
            case PAIRS -> rows(text, place, List.of(List.of("zh"), List.of("en")));
            case MEASURES -> rows(text, place, MEASURE);
        };
    }

    /** Writes what was typed into the fields of an item of the pack's own; a field left empty is removed. */
    public static PackFolder set(PackFolder folder, List<String> path, Map<String, String> typed) {
        String part = path.getFirst();
        return change(folder, part, text -> {
            for (PartField field : fields(part)) {
                List<String> place = and(path, field.path());
                String value = typed.getOrDefault(field.key(), "").strip();
                if (value.equals(value(folder, path, field).strip())) {
                    continue;
                }
                if (value.isEmpty()) {
                    text.remove(place);
                    continue;
                }
                for (int depth = path.size() + 1; depth < place.size(); depth++) {
                    if (!text.has(place.subList(0, depth))) {
                        text.setMapping(place.subList(0, depth));
                    }
                }
                switch (field.kind()) {
                    case TEXT, LONG, DEPARTMENT, SEVERITY, WORD -> text.set(place, value);
                    case NUMBER -> text.setNumber(place, value);
                    case FLAG -> text.setFlag(place, value.equals("true"));
                    case LINES -> text.set(place, lines(value));
                    case PAIRS ->
                        text.setItems(
                                place,
                                lines(value).stream().map(DraftParts::pair).toList());
                    case MEASURES ->
                        text.setItems(
                                place,
                                lines(value).stream().map(DraftParts::measure).toList());
                }
            }
        });
    }

    /** Adds an item with its name; below another when the list is that one's children. */
    public static PackFolder add(PackFolder folder, List<String> list, String code, String zh, String en) {
        String part = list.getFirst();
        boolean isLabelled =
                fields(part).stream().anyMatch(field -> field.path().getFirst().equals("label"));
        var item = new LinkedHashMap<String, Object>();
        item.put(identityKey(part), code);
        if (!part.equals("letters")) {
            item.put(isLabelled ? "label" : "name", label(zh, en));
        }
        return change(owning(folder, list), part, text -> text.add(list, item));
    }

    /** Removes an item of the pack's own; one that the base gives too is then as the base has it. */
    public static PackFolder remove(PackFolder folder, List<String> path) {
        return change(folder, path.getFirst(), text -> text.remove(path));
    }

    /** Makes an item that the base gives the pack's own, word for word. */
    public static PackFolder takeOver(PackFolder folder, List<String> path) {
        var sides = new Sides(folder, path.getFirst());
        Object copy = sides.base == null ? null : sides.base.copy(path).orElse(null);
        if (copy == null || (sides.own != null && sides.own.has(path))) {
            return folder;
        }
        List<String> list = path.subList(0, path.size() - 1);
        return change(owning(folder, list), path.getFirst(), text -> text.add(list, copy));
    }

    // ---- inside ----

    /** The texts of a part: the pack's own, and what its base gives; null where there is none. */
    private static final class Sides {
        private final @Nullable YamlText own;
        private final @Nullable YamlText base;

        Sides(PackFolder folder, String part) {
            this.own = text(folder, part, false);
            this.base = text(folder, part, true);
        }

        private static @Nullable YamlText text(PackFolder folder, String part, boolean isBase) {
            String file = file(folder, part, isBase);
            return file == null ? null : read(folder, file);
        }

        /** The text in which a place stands, the own one first. */
        @Nullable
        YamlText of(List<String> place) {
            if (own != null && own.has(place)) {
                return own;
            }
            return base != null && base.has(place) ? base : null;
        }
    }

    private static void collect(Sides sides, List<String> list, int depth, List<Item> items) {
        var codes = new LinkedHashSet<String>();
        if (sides.own != null) {
            codes.addAll(sides.own.identities(list));
        }
        if (sides.base != null) {
            codes.addAll(sides.base.identities(list));
        }
        for (String code : codes) {
            List<String> path = and(list, List.of(code));
            items.add(new Item(
                    path,
                    code,
                    label(sides, path, "zh"),
                    label(sides, path, "en"),
                    sides.own == null || !sides.own.has(path),
                    depth));
            collect(sides, and(path, List.of("children")), depth + 1, items);
        }
    }

    private static String label(Sides sides, List<String> path, String language) {
        for (String key : List.of("label", "name", "subject", "text")) {
            List<String> place = and(path, List.of(key, language));
            YamlText text = sides.of(place);
            if (text != null) {
                String label = text.value(place).orElse("");
                return label.length() <= 60 ? label : label.substring(0, label.offsetByCodePoints(0, 40)) + "…";
            }
        }
        return "";
    }

    private static String identityKey(String part) {
        return switch (part) {
            case "categories", "departments", "remedies" -> "code";
            default -> "name"; // all others are named
        };
    }

    private static Map<String, String> label(String zh, String en) {
        var label = new LinkedHashMap<String, String>();
        label.put("zh", zh);
        label.put("en", en);
        return label;
    }

    /** With the lists on the way to this one in a file of the pack's own. */
    private static PackFolder owning(PackFolder folder, List<String> list) {
        String part = list.getFirst();
        PackFolder result = folder;
        if (file(folder, part, false) == null) {
            var files = new TreeMap<>(folder.files());
            String file = "own-" + part + ".yaml";
            files.put(file, (part + ": []\n").getBytes(StandardCharsets.UTF_8));
            var identity = read(folder, IDENTITY);
            identity.add(List.of("files"), file);
            files.put(IDENTITY, identity.toString().getBytes(StandardCharsets.UTF_8));
            result = new PackFolder(folder.name(), files);
        }
        return change(result, part, text -> {
            // part, item, "children", item, "children" …
            for (int depth = 2; depth < list.size(); depth += 2) {
                List<String> item = list.subList(0, depth);
                if (!text.has(item)) {
                    text.add(item.subList(0, depth - 1), Map.of(identityKey(part), item.getLast()));
                }
                List<String> children = list.subList(0, depth + 1);
                if (!text.has(children)) {
                    text.set(children, List.of());
                }
            }
        });
    }

    private static PackFolder change(PackFolder folder, String part, Consumer<YamlText> change) {
        String file = file(folder, part, false);
        if (file == null) {
            return folder;
        }
        YamlText text = read(folder, file);
        change.accept(text);
        var files = new TreeMap<>(folder.files());
        files.put(file, text.toString().getBytes(StandardCharsets.UTF_8));
        return new PackFolder(folder.name(), files);
    }

    /** The file that has a part; null when none has. */
    private static @Nullable String file(PackFolder folder, String part, boolean isBase) {
        return folder.files().keySet().stream()
                .filter(file -> file.startsWith(BASE) == isBase && !file.endsWith(IDENTITY))
                .filter(file -> read(folder, file).has(List.of(part)))
                .findFirst()
                .orElse(null);
    }

    private static YamlText read(PackFolder folder, String file) {
        return new YamlText(new String(folder.files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8));
    }

    private static List<String> and(List<String> path, List<String> more) {
        var longer = new ArrayList<>(path);
        longer.addAll(more);
        return List.copyOf(longer);
    }

    // ---- lists as lines ----

    private static final List<List<String>> MEASURE =
            List.of(List.of("measure"), List.of("by"), List.of("within"), List.of("text", "zh"), List.of("text", "en"));

    private static String rows(YamlText text, List<String> list, List<List<String>> columns) {
        var rows = new ArrayList<String>();
        for (int index = 0; index < text.size(list); index++) {
            List<String> item = and(list, List.of("#" + index));
            rows.add(columns.stream()
                    .map(column -> text.value(and(item, column)).orElse(""))
                    .collect(Collectors.joining(" | ")));
        }
        return String.join("\n", rows);
    }

    private static List<String> lines(String value) {
        return value.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Map<String, Object> pair(String line) {
        String[] cells = cells(line, 2);
        return new LinkedHashMap<>(label(cells[0], cells[1]));
    }

    private static Map<String, Object> measure(String line) {
        String[] cells = cells(line, 5);
        var measure = new LinkedHashMap<String, Object>();
        measure.put("measure", cells[0]);
        measure.put("by", cells[1]);
        if (!cells[2].isEmpty()) {
            measure.put("within", cells[2]);
        }
        measure.put("text", label(cells[3], cells[4]));
        return measure;
    }

    /** The cells of a line, those that are missing empty; the last takes what is left. */
    private static String[] cells(String line, int count) {
        String[] cells = new String[count];
        Arrays.fill(cells, "");
        String[] written = line.split("\\|", count);
        for (int index = 0; index < written.length; index++) {
            cells[index] = written[index].strip();
        }
        return cells;
    }
}
