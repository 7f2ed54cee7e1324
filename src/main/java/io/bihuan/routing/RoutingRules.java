package io.bihuan.routing;

import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The part {@code routing} of a pack: how much each criterion weighs, and who must hold which certificate.
 *
 * @param fairnessDays over so many days it is counted who got how many cases
 * @param fullLoad so many open cases leave nothing of the points for load
 * @param weights points of a criterion that is met in full
 */
public record RoutingRules(
        int fairnessDays, int fullLoad, Map<Criterion, Integer> weights, List<Certificate> certificates) {
    private static final int MOST_DAYS = 90;
    private static final int MOST_LOAD = 1_000;
    private static final int MOST_POINTS = 100;

    /** For packs that say nothing of it. */
    public static final RoutingRules PLAIN = new RoutingRules(
            7,
            30,
            Map.of(
                    Criterion.SKILL, 35,
                    Criterion.LOAD, 20,
                    Criterion.SHIFT, 15,
                    Criterion.REGION, 10,
                    Criterion.LANGUAGE, 10,
                    Criterion.FAIRNESS, 10),
            List.of());

    /**
     * What somebody must hold who handles cases of these categories.
     *
     * @param categories codes; what is below them counts too
     */
    public record Certificate(String name, Label label, List<String> categories) {
        boolean concerns(List<String> path) {
            return path.stream().anyMatch(categories::contains);
        }
    }

    public RoutingRules {
        weights = Map.copyOf(weights);
        certificates = List.copyOf(certificates);
    }

    public int weight(Criterion criterion) {
        return weights.getOrDefault(criterion, 0);
    }

    static RoutingRules read(PackNode node) {
        var weights = new EnumMap<Criterion, Integer>(Criterion.class);
        var table = node.child("weights");
        for (var criterion : Criterion.values()) {
            weights.put(criterion, table.number(criterion.name(), 0, MOST_POINTS));
        }
        return new RoutingRules(
                node.number("fairnessDays", 1, MOST_DAYS),
                node.number("fullLoad", 1, MOST_LOAD),
                weights,
                node.children("certificates").stream()
                        .map(RoutingRules::certificate)
                        .toList());
    }

    private static Certificate certificate(PackNode node) {
        return new Certificate(
                node.define("certificate", "name"), node.label("label"), node.referAll("category", "categories"));
    }
}
