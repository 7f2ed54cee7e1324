package io.bihuan.pack;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node knows of the database: which version of each pack holds when, and the business lines.
 *
 * @param activations by pack, the newest first: the one in force and all that are planned
 * @param lines by code, in their order, closed ones too
 */
record InForce(long revision, Map<String, List<Activation>> activations, Map<String, BusinessLine> lines) {
    /** The version that holds at that time; before the first came into force there was none other. */
    Optional<Activation> of(String pack, Instant at) {
        List<Activation> found = activations.get(pack);
        if (found == null || found.isEmpty()) {
            return Optional.empty();
        }
        return at(found, at).or(() -> Optional.of(found.getLast()));
    }

    List<Activation> planned(String pack, Instant at) {
        return planned(activations.getOrDefault(pack, List.of()), at);
    }

    /** Of activations of one pack, the newest first, the one that holds. */
    static Optional<Activation> at(List<Activation> activations, Instant at) {
        for (Activation each : activations) {
            if (!each.from().isAfter(at)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Those that come true if nobody says otherwise, the earliest first. */
    static List<Activation> planned(List<Activation> activations, Instant at) {
        return activations.stream()
                .filter(each -> each.from().isAfter(at))
                .filter(each -> activations.stream()
                        .noneMatch(other ->
                                other.seq() > each.seq() && !other.from().isAfter(each.from())))
                .sorted(Comparator.comparing(Activation::from))
                .toList();
    }
}
