package io.bihuan.triage;

import static java.util.stream.Collectors.joining;

import io.bihuan.complaint.Factor;
import io.bihuan.complaint.Factors;
import io.bihuan.pack.CaseFacts;
import io.bihuan.pack.Categories;
import io.bihuan.pack.Category;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.triage.Condition.Situation;
import io.bihuan.triage.Phrases.Span;
import io.bihuan.triage.Reason.Aspect;
import io.bihuan.triage.TriageRules.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of one pack, made ready to judge many cases. */
final class Assessment {
    private final Pack pack;
    private final Categories categories;
    private final TriageRules rules;
    private final Phrases phrases;
    private final List<Words> lists;
    private final Map<String, List<Keyword>> keywords = new HashMap<>();
    private final List<String> negations;
    private final List<String> questions;

    /** A word list as it is looked for; the words keep their written form for the reason shown. */
    private record Words(String name, Map<String, String> written, List<String> except) {}

    /** A word that speaks for a category, which stands at this place of the tree. */
    private record Keyword(int order, Category category, String written) {}

    private record Guess(Category category, int weight, List<String> words) {
        static final Comparator<Guess> LIKELIEST = Comparator.comparing(
                        (Guess guess) -> guess.category().safety(), Boolean::compare)
                .thenComparingInt(Guess::weight)
                .reversed();

        Guess and(Guess other) {
            var both = new ArrayList<>(words);
            both.addAll(other.words);
            return new Guess(category, weight + other.weight, both);
        }
    }

    Assessment(Pack pack) {
        this.pack = pack;
        this.categories = pack.categories();
        this.rules = pack.part(TriageRules.class);
        this.lists = rules.wordLists().stream()
                .map(list -> new Words(list.name(), written(list.words()), plain(list.except())))
                .toList();
        var leaves = categories.leaves();
        for (var place = 0; place < leaves.size(); place++) {
            var order = place;
            var category = leaves.get(place);
            written(category.keywords())
                    .forEach((plain, written) -> keywords.computeIfAbsent(plain, word -> new ArrayList<>())
                            .add(new Keyword(order, category, written)));
        }
        this.negations = plain(rules.negations());
        this.questions = plain(rules.questions());
        var all = new LinkedHashSet<String>();
        lists.forEach(list -> {
            all.addAll(list.written().keySet());
            all.addAll(list.except());
        });
        all.addAll(keywords.keySet());
        this.phrases = new Phrases(all);
    }

    Proposal of(Facts facts) {
        var text = Phrases.plain(facts.text());
        var found = phrases.in(text);
        var said = said(text, found);
        var why = new ArrayList<Reason>();
        var category = category(facts, text, found, why);
        var path = category == null ? List.<Category>of() : categories.path(category.code());
        var known = new CaseFacts(
                pack,
                facts.kind(),
                facts.channel() == null ? null : facts.channel().name(),
                category == null ? null : category.code(),
                null,
                facts.customersAffected(),
                facts.answers());
        var situation = new Situation(facts, path, said, null, known);
        var severity = severity(situation, category, why);
        var judged = situation.judged(severity);
        var whyFactors = new ArrayList<FactorReason>();
        return new Proposal(
                category == null ? null : category.code(),
                severity,
                priority(judged, severity, why),
                department(judged, category, why),
                List.copyOf(why),
                factors(judged, whyFactors),
                List.copyOf(whyFactors));
    }

    private Factors factors(Situation situation, List<FactorReason> why) {
        return new Factors(
                level(Factor.SEVERITY, situation, why),
                level(Factor.SAFETY, situation, why),
                level(Factor.COMPLEXITY, situation, why),
                level(Factor.IMPACT, situation, why),
                level(Factor.IMMEDIACY, situation, why));
    }

    /** The highest that a row asks for: what speaks for danger is not outweighed by a row that stands before it. */
    private int level(Factor factor, Situation situation, List<FactorReason> why) {
        Row<Integer> highest = null;
        for (var each : rules.factors()) {
            var row = each.row();
            if (each.factor() == factor
                    && (highest == null || row.then() > highest.then())
                    && row.when().holds(situation)) {
                highest = row;
            }
        }
        if (highest == null) {
            why.add(new FactorReason(factor, "default", rules.otherwise().byDefault(), null));
            return 1;
        }
        why.add(new FactorReason(
                factor, highest.name(), highest.label(), highest.when().evidence(situation)));
        return highest.then();
    }

    private @Nullable Category category(Facts facts, String text, Map<String, List<Span>> found, List<Reason> why) {
        var chosen = Optional.ofNullable(facts.category()).flatMap(categories::find);
        if (chosen.isPresent()) {
            why.add(new Reason(Aspect.CATEGORY, "chosen", rules.otherwise().byChoice(), null));
            return chosen.get();
        }
        var guesses = guesses(text, found);
        if (guesses.isEmpty()) {
            return null;
        }
        var guess = guesses.getFirst();
        why.add(new Reason(
                Aspect.CATEGORY,
                "keywords",
                rules.otherwise().byKeywords(),
                guess.words().stream().collect(joining("、"))));
        return guess.category();
    }

    /** The categories that the words of a text speak for, the likeliest first. */
    List<Guessed> suggest(String said) {
        var text = Phrases.plain(said);
        return guesses(text, phrases.in(text)).stream()
                .map(guess -> new Guessed(guess.category(), guess.words()))
                .toList();
    }

    /** The categories with words in the text: those that concern safety before all others, then whose keywords say most. */
    private List<Guess> guesses(String text, Map<String, List<Span>> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        var exceptions =
                lists.stream().flatMap(list -> exceptions(list, found).stream()).toList();
        var guesses = new TreeMap<Integer, Guess>();
        found.forEach((phrase, places) -> {
            var speaking = keywords.getOrDefault(phrase, List.of());
            if (!speaking.isEmpty() && isSaid(text, places, exceptions)) {
                speaking.forEach(keyword -> guesses.merge(
                        keyword.order(),
                        new Guess(keyword.category(), weight(phrase), List.of(keyword.written())),
                        Guess::and));
            }
        });
        // The sort is stable: of equals the first of the tree comes first.
        return guesses.values().stream().sorted(Guess.LIKELIEST).toList();
    }

    /** A Latin letter says about a third of what a Han character says. */
    private static int weight(String word) {
        return word.chars().map(character -> character < 128 ? 1 : 3).sum();
    }

    private Severity severity(Situation situation, @Nullable Category category, List<Reason> why) {
        var row = first(rules.severities(), situation);
        Severity severity;
        if (row != null) {
            severity = row.then();
            why.add(reason(Aspect.SEVERITY, row, situation));
        } else if (category != null) {
            severity = category.severity();
            why.add(new Reason(Aspect.SEVERITY, "category", rules.otherwise().byCategorySeverity(), null));
        } else {
            severity = rules.otherwise().severity();
            why.add(new Reason(Aspect.SEVERITY, "default", rules.otherwise().byDefault(), null));
        }
        var raise = first(rules.raises(), situation.judged(severity));
        if (raise == null || severity.raised(raise.then()) == severity) {
            return severity;
        }
        why.add(reason(Aspect.SEVERITY, raise, situation));
        return severity.raised(raise.then());
    }

    private Priority priority(Situation situation, Severity severity, List<Reason> why) {
        var row = first(rules.priorities(), situation);
        if (row != null) {
            why.add(reason(Aspect.PRIORITY, row, situation));
            return row.then();
        }
        why.add(new Reason(Aspect.PRIORITY, "urgency", rules.otherwise().byUrgency(), null));
        var priority = Priority.MEDIUM;
        for (var urgency : rules.otherwise().urgency()) {
            if (situation.facts().customersAffected() >= urgency.customersAffected()) {
                priority = urgency.priorities().getOrDefault(severity, priority);
            }
        }
        return priority;
    }

    private String department(Situation situation, @Nullable Category category, List<Reason> why) {
        var row = first(rules.departments(), situation);
        if (row != null) {
            why.add(reason(Aspect.DEPARTMENT, row, situation));
            return row.then();
        }
        if (category != null) {
            why.add(new Reason(Aspect.DEPARTMENT, "category", rules.otherwise().byCategoryDepartment(), null));
            return category.department();
        }
        why.add(new Reason(Aspect.DEPARTMENT, "default", rules.otherwise().byDefault(), null));
        return rules.otherwise().department();
    }

    private static <T> @Nullable Row<T> first(List<Row<T>> table, Situation situation) {
        for (var row : table) {
            if (row.when().holds(situation)) {
                return row;
            }
        }
        return null;
    }

    private static Reason reason(Aspect aspect, Row<?> row, Situation situation) {
        return new Reason(aspect, row.name(), row.label(), row.when().evidence(situation));
    }

    private Map<String, String> said(String text, Map<String, List<Span>> found) {
        if (found.isEmpty()) {
            return Map.of();
        }
        var said = new HashMap<String, String>();
        for (var list : lists) {
            for (var word : list.written().entrySet()) {
                var places = found.getOrDefault(word.getKey(), List.of());
                if (!places.isEmpty() && isSaid(text, places, exceptions(list, found))) {
                    said.put(list.name(), word.getValue());
                    break;
                }
            }
        }
        return said;
    }

    private static List<Span> exceptions(Words list, Map<String, List<Span>> found) {
        return list.except().stream()
                .flatMap(phrase -> found.getOrDefault(phrase, List.of()).stream())
                .toList();
    }

    private boolean isSaid(String text, List<Span> places, List<Span> exceptions) {
        for (var place : places) {
            if (exceptions.stream().noneMatch(exception -> exception.covers(place)) && !isDenied(text, place)) {
                return true;
            }
        }
        return false;
    }

    /** "没有漏电" denies, "有没有漏电" asks: a question about danger is taken for danger. */
    private boolean isDenied(String text, Span place) {
        return Phrases.directlyBefore(text, place.start(), questions) == null
                && Phrases.directlyBefore(text, place.start(), negations) != null;
    }

    private static Map<String, String> written(List<String> words) {
        var written = new LinkedHashMap<String, String>();
        words.forEach(word -> written.putIfAbsent(Phrases.plain(word), word));
        return written;
    }

    private static List<String> plain(List<String> words) {
        Set<String> plain = new LinkedHashSet<>();
        words.forEach(word -> plain.add(Phrases.plain(word)));
        return List.copyOf(plain);
    }
}
