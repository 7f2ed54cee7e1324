package io.bihuan.pack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The category tree of a pack. */
public final class Categories {
    private static final int DEEPEST = 5;
    private static final int MOST = 5_000;

    private final List<Category> tops;
    private final Map<String, Category> byCode = new LinkedHashMap<>();
    private final Map<String, Set<String>> codes = new HashMap<>();

    private Categories(List<Category> tops) {
        this.tops = List.copyOf(tops);
        this.tops.forEach(this::index);
    }

    static Categories read(PackNode node) {
        var tops = new Reader().read(node.children(), null, 1);
        if (tops.isEmpty()) {
            node.problem("pack.problem.noCategory");
        }
        return new Categories(tops);
    }

    /** The categories of the first level, in the order of the pack. */
    public List<Category> tops() {
        return tops;
    }

    public Optional<Category> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The category and what is above it, from the top; empty when there is no such category. */
    public List<Category> path(String code) {
        var path = new ArrayList<Category>();
        for (var at = byCode.get(code); at != null; at = at.parent() == null ? null : byCode.get(at.parent())) {
            path.add(at);
        }
        return List.copyOf(path.reversed());
    }

    /** The codes of the category and of what is above it, in no order; its own when there is no such category. */
    public Set<String> codes(String code) {
        var known = codes.get(code);
        return known == null ? Set.of(code) : known;
    }

    /** Whether the category is this ancestor or below it. */
    public boolean within(String code, String ancestor) {
        return path(code).stream().anyMatch(category -> category.code().equals(ancestor));
    }

    /** The categories that a complaint is given, in the order of the pack. */
    public List<Category> leaves() {
        return byCode.values().stream().filter(Category::isLeaf).toList();
    }

    /** All categories, each before those below it. */
    public List<Category> all() {
        return List.copyOf(byCode.values());
    }

    private void index(Category category) {
        byCode.put(category.code(), category);
        var above = new HashSet<String>();
        above.add(category.code());
        if (category.parent() != null) {
            above.addAll(codes(category.parent()));
        }
        codes.put(category.code(), Set.copyOf(above));
        category.children().forEach(this::index);
    }

    /** Counts as it goes down, so that no pack makes it go on for ever. */
    private static final class Reader {
        private int count;

        List<Category> read(List<PackNode> nodes, @Nullable Category parent, int level) {
            var found = new ArrayList<Category>();
            for (var node : nodes) {
                if (level > DEEPEST) {
                    node.problem("pack.problem.categoriesTooDeep", DEEPEST);
                    break;
                }
                if (++count > MOST) {
                    if (count == MOST + 1) {
                        node.problem("pack.problem.tooManyCategories", MOST);
                    }
                    break;
                }
                found.add(read(node, parent, level));
            }
            return Collections.unmodifiableList(found);
        }

        private Category read(PackNode node, @Nullable Category parent, int level) {
            var code = node.define("category", "code");
            var label = node.label("name");
            var department = parent == null || node.has("department")
                    ? node.refer("department", "department")
                    : parent.department();
            var severity = node.optionalOneOf("severity", Severity.class);
            var safety = node.has("safety") ? node.flag("safety") : parent != null && parent.safety();
            var alone = new Category(
                    code,
                    parent == null ? null : parent.code(),
                    label,
                    department,
                    severity != null ? severity : parent != null ? parent.severity() : Severity.GENERAL,
                    safety,
                    List.copyOf(node.texts("keywords")),
                    List.of());
            return new Category(
                    alone.code(),
                    alone.parent(),
                    alone.label(),
                    alone.department(),
                    alone.severity(),
                    alone.safety(),
                    alone.keywords(),
                    read(node.children("children"), alone, level + 1));
        }
    }
}
