package io.bihuan.standard;

import io.bihuan.pack.PackNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The goals of a pack. */
public record Targets(List<Target> all) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    public Targets {
        all = List.copyOf(all);
    }

    static Targets read(PackNode node) {
        return new Targets(node.children().stream().map(Targets::target).toList());
    }

    public Optional<Target> find(String name) {
        return all.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    private static Target target(PackNode node) {
        String name = node.define("target", "name");
        if (node.has("atLeast") && node.has("atMost")) {
            node.problemAt("atMost", "standard.problem.twoGoals");
        }
        if (!node.has("atLeast") && !node.has("atMost") && !node.has("within")) {
            node.problem("standard.problem.noGoal");
        }
        return new Target(
                name,
                node.label("label"),
                percent(node, "atLeast"),
                percent(node, "atMost"),
                Within.readOptional(node, "within"),
                node.source("source"));
    }

    private static @Nullable BigDecimal percent(PackNode node, String key) {
        PackNode value = node.optionalChild(key).orElse(null);
        if (value == null) {
            return null;
        }
        String written = value.scalar();
        if (written.matches("\\d{1,3}(\\.\\d{1,2})?%")) {
            var percent = new BigDecimal(written.substring(0, written.length() - 1));
            if (percent.compareTo(WHOLE) <= 0) {
                return percent;
            }
        }
        if (!written.isEmpty()) {
            value.problem("standard.problem.percent", written);
        }
        return BigDecimal.ZERO;
    }
}
