package io.bihuan.standard;

import io.bihuan.pack.Category;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import java.util.List;
import java.util.Optional;

/** The playbooks of a pack. */
public record Playbooks(List<Playbook> all) {
    private static final int MOST_LINES = 10;

    public Playbooks {
        all = List.copyOf(all);
    }

    static Playbooks read(PackNode node) {
        return new Playbooks(node.children().stream().map(Playbooks::playbook).toList());
    }

    /** The most specific one. */
    public Optional<Playbook> forCategory(List<Category> path) {
        return Applies.best(all, Playbook::applies, path).stream().findFirst();
    }

    private static Playbook playbook(PackNode node) {
        return new Playbook(
                node.define("playbook", "name"),
                node.label("label"),
                Applies.read(node),
                node.flag("required"),
                lines(node, "ask"),
                lines(node, "check"),
                lines(node, "collect"),
                node.optionalChild("notices").map(NoticePlan::read).orElse(NoticePlan.USUAL));
    }

    private static List<Label> lines(PackNode node, String key) {
        int count = node.child(key).children().size();
        if (node.has(key) && count == 0) {
            node.problemAt(key, "standard.problem.noLine");
        }
        if (count > MOST_LINES) {
            node.problemAt(key, "standard.problem.tooManyLines", count, MOST_LINES);
        }
        return node.labels(key);
    }
}
