package io.bihuan.investigation;

import io.bihuan.pack.Severity;
import io.bihuan.web.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How much must be known before something counts as verified: the more serious the complaint, the more. An ordinary one needs its finding
 * only, an urgent one the evidence of its playbook, a major one every line of it and both sides; what cannot be had needs a reason.
 */
final class Thoroughness {
    /** More would not be read. */
    private static final int MOST_NAMED = 5;

    private Thoroughness() {}

    /**
     * How far it has come.
     *
     * @param lines that are answered, and evidence that is there or excused
     * @param heard the sides that have spoken or are excused
     */
    record Settled(Set<String> lines, Set<Side> heard) {
        static final Settled NOTHING = new Settled(Set.of(), Set.of());
    }

    /** What is missing, in the order of the playbook. */
    static List<Phrase> gaps(Severity severity, List<PlaybookLine> lines, Settled settled) {
        var gaps = new ArrayList<Phrase>();
        for (PlaybookLine line : lines) {
            if (isNeeded(severity, line.part()) && !settled.lines().contains(line.key())) {
                gaps.add(Phrase.of("investigation.gap." + line.part().name(), line.label()));
            }
        }
        for (Side side : Side.values()) {
            if (severity == Severity.MAJOR && !settled.heard().contains(side)) {
                gaps.add(Phrase.of("investigation.gap.statement." + side.name()));
            }
        }
        return List.copyOf(gaps);
    }

    private static boolean isNeeded(Severity severity, PlaybookLine.Part part) {
        return switch (severity) {
            case GENERAL -> false;
            case URGENT -> part == PlaybookLine.Part.COLLECT;
            case MAJOR -> true;
        };
    }

    /** The first of them in one sentence. */
    static Phrase sentence(List<Phrase> gaps) {
        Phrase named = gaps.stream()
                .limit(MOST_NAMED)
                .reduce((before, next) -> Phrase.of("investigation.gap.and", before, next))
                .orElseThrow();
        return gaps.size() > MOST_NAMED ? Phrase.of("investigation.gap.more", named) : named;
    }
}
