package io.bihuan.complaint.web;

import io.bihuan.clock.ClockPolicies;
import io.bihuan.pack.Category;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of one pack in the language of one reader; a code that the pack no longer has stands for itself. */
public record Terms(Pack pack, Locale locale) {
    /** Options under a heading. */
    public record Group(String label, List<Option> options) {}

    public String name() {
        return pack.name().in(locale);
    }

    /** How a pack is called; another one than this stands for itself. */
    String packName(String id) {
        return id.equals(pack.id()) ? name() : id;
    }

    public String category(@Nullable String code) {
        return code == null
                ? ""
                : pack.categories().find(code).map(c -> c.label().in(locale)).orElse(code);
    }

    /** From the top of the tree: 维修质量 / 反复维修未修好. */
    public String categoryPath(@Nullable String code) {
        if (code == null) {
            return "";
        }
        List<Category> path = pack.categories().path(code);
        return path.isEmpty()
                ? code
                : path.stream().map(c -> c.label().in(locale)).collect(Collectors.joining(" / "));
    }

    public String department(@Nullable String code) {
        return code == null
                ? ""
                : pack.departments().find(code).map(d -> d.label().in(locale)).orElse(code);
    }

    public String remedy(@Nullable String code) {
        return code == null
                ? ""
                : pack.remedies().find(code).map(r -> r.label().in(locale)).orElse(code);
    }

    public String clock(@Nullable String name) {
        return name == null
                ? ""
                : pack.part(ClockPolicies.class)
                        .find(name)
                        .map(policy -> policy.label().in(locale))
                        .orElse(name);
    }

    public String of(Label label) {
        return label.in(locale);
    }

    /** The categories that can be given, under those above them. */
    public List<Group> categories() {
        return pack.categories().tops().stream()
                .map(top -> new Group(
                        top.label().in(locale),
                        pack.categories().leaves().stream()
                                .filter(leaf -> pack.categories().within(leaf.code(), top.code()))
                                .map(leaf ->
                                        new Option(leaf.code(), leaf.label().in(locale)))
                                .toList()))
                .toList();
    }

    public List<Option> departments() {
        return pack.departments().all().stream()
                .map(department ->
                        new Option(department.code(), department.label().in(locale)))
                .toList();
    }
}
