package io.bihuan.standard;

import io.bihuan.pack.Category;
import io.bihuan.pack.PackNode;
import java.time.Period;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long what is kept, by a pack. */
public record Retention(List<Keeping> all) {
    public static final Retention NONE = new Retention(List.of());
    private static final Pattern LENGTH = Pattern.compile("([1-9]\\d{0,2})([ym])");

    public Retention {
        all = List.copyOf(all);
    }

    static Retention read(PackNode node) {
        return new Retention(node.children().stream().map(Retention::keeping).toList());
    }

    /** What holds for a category: what names it or one above it, then what is for all. */
    public List<Keeping> forCategory(List<Category> path) {
        return all.stream().filter(each -> each.applies().covers(path)).toList();
    }

    private static Keeping keeping(PackNode node) {
        return new Keeping(
                node.define("retention", "name"),
                node.label("label"),
                Applies.read(node),
                length(node.child("keep")),
                node.oneOf("after", Keeping.After.class),
                node.source("source"));
    }

    private static Period length(PackNode node) {
        String written = node.scalar();
        Matcher match = LENGTH.matcher(written);
        if (match.matches()) {
            int amount = Integer.parseInt(match.group(1));
            return match.group(2).equals("y") ? Period.ofYears(amount) : Period.ofMonths(amount);
        }
        if (!written.isEmpty()) {
            node.problem("standard.problem.keeping", written);
        }
        return Period.ofYears(1);
    }
}
