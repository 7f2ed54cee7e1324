package io.bihuan.standard;

import io.bihuan.pack.Category;
import io.bihuan.pack.PackNode;
import java.util.List;
import java.util.Optional;

/** The handling standards of a pack. */
public record Standards(List<Standard> all) {
    public Standards {
        all = List.copyOf(all);
    }

    static Standards read(PackNode node) {
        return new Standards(node.children().stream().map(Standards::standard).toList());
    }

    /** The most specific one. */
    public Optional<Standard> forCategory(List<Category> path) {
        return Applies.best(all, Standard::applies, path).stream().findFirst();
    }

    private static Standard standard(PackNode node) {
        PackNode measures = node.child("measures");
        if (node.has("measures") && measures.children().isEmpty()) {
            measures.problem("standard.problem.noMeasure");
        }
        return new Standard(
                node.define("standard", "name"),
                node.label("label"),
                Applies.read(node),
                node.label("text"),
                measures.children().stream().map(Standards::step).toList(),
                node.label("tell"),
                node.source("source"));
    }

    private static Standard.Step step(PackNode node) {
        return new Standard.Step(
                node.oneOf("measure", Measure.class),
                node.refer("department", "by"),
                Within.read(node.child("within")),
                node.label("text"));
    }
}
