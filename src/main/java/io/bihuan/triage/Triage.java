package io.bihuan.triage;

import io.bihuan.pack.Pack;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Judges cases by the rules of a pack. Without side effects, and safe to share between threads. */
public final class Triage {
    /** One for each content of a pack that was in use since the start: a handful. */
    private final Map<String, Assessment> assessments = new ConcurrentHashMap<>();

    public Proposal assess(Pack pack, Facts facts) {
        return assessment(pack).of(facts);
    }

    /** The categories that the words of a text speak for, the likeliest first: those that concern safety before all others. */
    public List<Guessed> suggest(Pack pack, String text) {
        return assessment(pack).suggest(text);
    }

    private Assessment assessment(Pack pack) {
        return assessments.computeIfAbsent(pack.hash(), hash -> new Assessment(pack));
    }
}
