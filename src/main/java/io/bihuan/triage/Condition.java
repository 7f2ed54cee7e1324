package io.bihuan.triage;

import io.bihuan.complaint.Channel;
import io.bihuan.pack.CaseFacts;
import io.bihuan.pack.Category;
import io.bihuan.pack.Expression;
import io.bihuan.pack.Kind;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The left side of a rule: every column that is filled must hold; within a column any one is enough.
 *
 * @param says names of word lists
 * @param categories codes; what is below them counts too
 * @param safety null: does not matter
 * @param customersAffected at least so many; 0: does not matter
 * @param expression over the answers of the form and what is known of the case; null: does not matter
 */
record Condition(
        List<String> says,
        List<String> categories,
        @Nullable Boolean safety,
        List<Kind> kinds,
        List<Circumstance> circumstances,
        int customersAffected,
        List<Severity> severities,
        List<Channel> channels,
        @Nullable Expression expression) {
    static final int MOST_CUSTOMERS = 1_000_000;
    private static final Set<String> BEFORE_SEVERITY = Expression.CASE_WORDS.stream()
            .filter(word -> !word.equals("severity"))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * A case as far as it is judged.
     *
     * @param path the category and those above it, from the top; empty without a category
     * @param said the word lists that the text meets, with the word met
     */
    record Situation(
            Facts facts,
            List<Category> path,
            Map<String, String> said,
            @Nullable Severity severity,
            CaseFacts known) {
        Situation judged(Severity severity) {
            return new Situation(facts, path, said, severity, known.judged(severity));
        }

        private boolean isIn(List<String> categories) {
            return path.stream().anyMatch(category -> categories.contains(category.code()));
        }

        private boolean isSafety() {
            return !path.isEmpty() && path.getLast().safety();
        }
    }

    static Condition read(PackNode node, boolean severityIsKnown) {
        var condition = new Condition(
                node.referAll(TriageRules.WORD_LIST, "says"),
                node.referAll("category", "categories"),
                node.has("safety") ? node.flag("safety") : null,
                node.anyOf("kinds", Kind.class),
                node.anyOf("circumstances", Circumstance.class),
                node.number("customersAffected", 2, MOST_CUSTOMERS, 0),
                severityIsKnown ? node.anyOf("severities", Severity.class) : List.of(),
                node.anyOf("channels", Channel.class),
                node.expression("expression", severityIsKnown ? Expression.CASE_WORDS : BEFORE_SEVERITY));
        if (condition.isEmpty() && !node.has("expression")) {
            node.problem("triage.problem.noCondition");
        }
        return condition;
    }

    private boolean isEmpty() {
        return says.isEmpty()
                && categories.isEmpty()
                && safety == null
                && kinds.isEmpty()
                && circumstances.isEmpty()
                && customersAffected == 0
                && severities.isEmpty()
                && channels.isEmpty()
                && expression == null;
    }

    boolean holds(Situation situation) {
        var facts = situation.facts();
        return (says.isEmpty() || evidence(situation) != null)
                && (categories.isEmpty() || situation.isIn(categories))
                && (safety == null || safety == situation.isSafety())
                && (kinds.isEmpty() || kinds.contains(facts.kind()))
                && (circumstances.isEmpty() || meets(facts.circumstances()))
                && facts.customersAffected() >= customersAffected
                && (severities.isEmpty() || severities.contains(situation.severity()))
                && (channels.isEmpty() || isAmong(facts.channel()))
                && (expression == null || expression.holds(situation.known()));
    }

    private boolean isAmong(@Nullable Channel channel) {
        return channel != null && channels.contains(channel);
    }

    /** The customer's word that met this condition. */
    @Nullable
    String evidence(Situation situation) {
        for (var list : says) {
            var word = situation.said().get(list);
            if (word != null) {
                return word;
            }
        }
        return null;
    }

    private boolean meets(Set<Circumstance> present) {
        return circumstances.stream().anyMatch(present::contains);
    }
}
