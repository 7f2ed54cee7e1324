package io.bihuan.routing;

import io.bihuan.routing.RoutingRules.Certificate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * To whom a case goes best: everybody who may get it, the best first, with the points; everybody else with the reason.
 *
 * @param weights the points that could be had
 */
public record Ranking(Map<Criterion, Integer> weights, List<Scored> proposed, List<Excluded> excluded) {
    /** Shares of the points of a criterion, in percent. */
    private static final int WHOLE = 100;

    /** A skill for the product or for the category, but not for both. */
    private static final int NEARLY = 70;

    /** Somebody who serves all regions, beside one who serves this one. */
    private static final int HALF = 50;

    /** Somebody who may get it, with what speaks for it. */
    public record Scored(Candidate candidate, Map<Criterion, Integer> points) {
        public Scored {
            points = Map.copyOf(points);
        }

        public int total() {
            return points.values().stream().mapToInt(Integer::intValue).sum();
        }

        public int points(Criterion criterion) {
            return points.getOrDefault(criterion, 0);
        }
    }

    /** Somebody who may not; {@code certificate} is the one that is missing or has run out. */
    public record Excluded(
            Candidate candidate, Exclusion why, @Nullable Certificate certificate) {}

    public Ranking {
        weights = Map.copyOf(weights);
        proposed = List.copyOf(proposed);
        excluded = List.copyOf(excluded);
    }

    public Optional<Candidate> best() {
        return proposed.stream().findFirst().map(Scored::candidate);
    }

    static Ranking of(
            RoutingRules rules,
            RoutedCase routed,
            Recusal recusal,
            Seat seat,
            List<Candidate> candidates,
            LocalDate today) {
        var excluded = new ArrayList<Excluded>();
        var eligible = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            var against = excluded(rules, routed, recusal, seat, candidate, today);
            if (against == null) {
                eligible.add(candidate);
            } else {
                excluded.add(against);
            }
        }
        int mostRecent = eligible.stream().mapToInt(Candidate::recent).max().orElse(0);
        var proposed = eligible.stream()
                .map(candidate -> new Scored(candidate, points(rules, routed, candidate, mostRecent)))
                .sorted(Comparator.comparingInt(Scored::total)
                        .reversed()
                        .thenComparingInt(scored -> scored.candidate().open())
                        .thenComparingInt(scored -> scored.candidate().recent())
                        .thenComparing(scored -> scored.candidate().id()))
                .toList();
        return new Ranking(rules.weights(), proposed, excluded);
    }

    private static @Nullable Excluded excluded(
            RoutingRules rules, RoutedCase routed, Recusal recusal, Seat seat, Candidate candidate, LocalDate today) {
        var profile = candidate.profile();
        var recused = recusal.against(candidate.id(), profile.outlet(), candidate.department(), seat);
        if (recused.isPresent()) {
            return new Excluded(candidate, recused.get(), null);
        }
        if (candidate.isAway()) {
            return new Excluded(candidate, Exclusion.AWAY, null);
        }
        // The owner keeps the promise to the customer; whoever works on the thing needs the certificate.
        for (var certificate : seat == Seat.HANDLER ? rules.certificates() : List.<Certificate>of()) {
            if (certificate.concerns(routed.path()) && !profile.holds(certificate.name(), today)) {
                return new Excluded(candidate, Exclusion.NO_CERTIFICATE, certificate);
            }
        }
        Integer most = profile.mostOpen();
        return most != null && candidate.open() >= most ? new Excluded(candidate, Exclusion.FULL, null) : null;
    }

    private static Map<Criterion, Integer> points(
            RoutingRules rules, RoutedCase routed, Candidate candidate, int mostRecent) {
        var points = new EnumMap<Criterion, Integer>(Criterion.class);
        for (var criterion : Criterion.values()) {
            int share =
                    switch (criterion) {
                        case SKILL -> skill(routed, candidate.profile().skills());
                        case LOAD -> left(candidate.open(), full(rules, candidate));
                        case SHIFT -> candidate.isOnDuty() ? WHOLE : 0;
                        case REGION -> region(routed, candidate.profile().regions());
                        case LANGUAGE -> candidate.profile().speaks(routed.language()) ? WHOLE : 0;
                        case FAIRNESS -> left(candidate.recent(), mostRecent);
                    };
            points.put(criterion, rules.weight(criterion) * share / WHOLE);
        }
        return points;
    }

    private static int full(RoutingRules rules, Candidate candidate) {
        Integer own = candidate.profile().mostOpen();
        return own == null ? rules.fullLoad() : own;
    }

    private static int left(int used, int full) {
        return full == 0 ? WHOLE : Math.max(0, WHOLE - used * WHOLE / full);
    }

    private static int skill(RoutedCase routed, Set<String> skills) {
        boolean isOfProduct = routed.answers().stream().anyMatch(skills::contains);
        boolean isOfCategory = routed.path().stream().anyMatch(skills::contains);
        return isOfProduct && isOfCategory ? WHOLE : isOfProduct || isOfCategory ? NEARLY : 0;
    }

    private static int region(RoutedCase routed, Set<String> regions) {
        return regions.isEmpty()
                ? HALF
                : regions.stream().anyMatch(region -> routed.text().contains(region)) ? WHOLE : 0;
    }
}
