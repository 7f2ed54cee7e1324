package io.bihuan.pack;

import io.bihuan.web.Phrase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the reading of one pack collects: problems, codes that are defined, references that must meet one. */
final class PackReading {
    /** More than anybody reads at once; each costs a search for what may have been meant. */
    private static final int MOST_PROBLEMS = 500;

    private final List<PackProblem> problems = new ArrayList<>();
    private final Map<String, Map<String, Position>> defined = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<String, Expression.Field> answers = new TreeMap<>();
    private final Map<String, Set<String>> vocabulary = new HashMap<>();
    private final List<Stated> expressions = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();

    private boolean isLenient;
    private @Nullable Listener listener;

    private record Reference(String kind, String code, Position position) {}

    private record Wanted(String key, Set<Expression.Type> types, Position position) {}

    private record Stated(Expression expression, Set<String> words, IntFunction<Position> place) {}

    /** Whom to tell what readers ask for; for tests that compare this with what is written about packs. */
    interface Listener {
        void asked(String path);

        void words(String path, Set<String> words);

        void referred(Position position);

        void stated(Position position, Expression expression);
    }

    void tell(Listener told) {
        listener = told;
    }

    void asked(PackNode node, String key) {
        if (listener != null) {
            var path = node.path();
            listener.asked(path.isEmpty() ? key : path + "." + key);
        }
    }

    void words(PackNode node, Enum<?>[] words) {
        if (listener != null) {
            listener.words(node.path(), names(words));
        }
    }

    /** An abstract pack may leave out anything. */
    void lenient(boolean isLenient) {
        this.isLenient = isLenient;
    }

    boolean isLenient() {
        return isLenient;
    }

    void problem(Position position, Phrase message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new PackProblem(position, message));
        }
    }

    int count() {
        return problems.size();
    }

    void define(String kind, String code, Position position) {
        var first = defined.computeIfAbsent(kind, key -> new TreeMap<>()).putIfAbsent(code, position);
        if (first != null) {
            problem(position, Phrase.of("pack.problem.exists", kind(kind), code, first));
        }
    }

    void refer(String kind, String code, Position position) {
        references.add(new Reference(kind, code, position));
        if (listener != null) {
            listener.referred(position);
        }
    }

    void answer(String key, Expression.Field field) {
        answers.putIfAbsent(key, field);
    }

    void referAnswer(String key, Set<Expression.Type> types, Position position) {
        wanted.add(new Wanted(key, types, position));
    }

    private void check(Wanted question) {
        var field = answers.get(question.key());
        if (field == null) {
            problem(
                    question.position(),
                    Phrase.of(
                            "pack.problem.unknownQuestion",
                            PackNode.shortened(question.key()),
                            suggestion(question.key(), answers.keySet())));
        } else if (!question.types().contains(field.type())) {
            problem(
                    question.position(),
                    Phrase.of(
                            "pack.problem.otherAnswer",
                            question.key(),
                            field.type().name(),
                            joined(
                                    "pack.problem.or",
                                    question.types().stream()
                                            .map(Enum::name)
                                            .sorted()
                                            .toList())));
        }
    }

    /** Makes known which words a field of expressions can have that is not of the form. */
    void vocabulary(Map<String, Set<String>> words) {
        vocabulary.putAll(words);
    }

    void expression(Expression expression, Set<String> words, IntFunction<Position> place) {
        expressions.add(new Stated(expression, words, place));
        if (listener != null) {
            listener.stated(place.apply(1), expression);
        }
    }

    private void check(Stated stated) {
        stated.expression().comparisons(comparison -> {
            var field = field(comparison.field(), stated.words());
            if (field == null) {
                var known = new TreeSet<>(answers.keySet());
                known.addAll(stated.words());
                problem(
                        stated.place().apply(comparison.column()),
                        Phrase.of(
                                "pack.problem.unknownField",
                                PackNode.shortened(comparison.field()),
                                suggestion(comparison.field(), known)));
            } else {
                field.check(comparison).forEach(wrong -> problem(stated.place().apply(wrong.column()), wrong.phrase()));
            }
        });
    }

    private Expression.@Nullable Field field(String name, Set<String> words) {
        if (!words.contains(name)) {
            return answers.get(name);
        }
        return switch (name) {
            case "kind" -> new Expression.Field(Expression.Type.WORD, names(Kind.values()));
            case "severity" -> new Expression.Field(Expression.Type.SEVERITY, names(Severity.values()));
            case "customersAffected" -> new Expression.Field(Expression.Type.NUMBER, null);
            case "category" ->
                new Expression.Field(
                        Expression.Type.CATEGORY,
                        defined.getOrDefault("category", Map.of()).keySet());
            default -> new Expression.Field(Expression.Type.WORD, vocabulary.get(name));
        };
    }

    private static Set<String> names(Enum<?>[] words) {
        return Arrays.stream(words).map(Enum::name).collect(Collectors.toSet());
    }

    void resolve() {
        expressions.forEach(this::check);
        wanted.forEach(this::check);
        for (var reference : references) {
            if (problems.size() >= MOST_PROBLEMS) {
                return;
            }
            var known = defined.getOrDefault(reference.kind(), Map.of()).keySet();
            if (!known.contains(reference.code())) {
                problem(
                        reference.position(),
                        Phrase.of(
                                "pack.problem.unknown",
                                kind(reference.kind()),
                                reference.code(),
                                suggestion(reference.code(), known)));
            }
        }
    }

    List<PackProblem> problems() {
        return problems.stream()
                .sorted(Comparator.comparing(PackProblem::position))
                .distinct()
                .toList();
    }

    /** The name of a kind of thing. */
    static Phrase kind(String kind) {
        return Phrase.of("pack.problem.kind." + kind.replace(' ', '-'));
    }

    /** "did you mean …?" for a near miss, else the words that are known, shortened when they are many. */
    static Phrase suggestion(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return Phrase.of("pack.problem.suggestion.none");
        }
        var nearest = known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(folded(word), folded(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        if (distance(folded(word), folded(nearest)) <= Math.max(1, nearest.length() / 3)) {
            return Phrase.of("pack.problem.suggestion.nearest", nearest);
        }
        var shown = known.stream().sorted().limit(12).toList();
        return Phrase.of(
                known.size() > shown.size() ? "pack.problem.suggestion.some" : "pack.problem.suggestion.all",
                words(shown));
    }

    /** A list of words of a pack. */
    static Phrase words(List<String> words) {
        return joined("pack.problem.and", words);
    }

    /** @param key of a text that joins two */
    private static Phrase joined(String key, List<String> words) {
        return words.stream()
                .map(word -> Phrase.of("pack.problem.word", word))
                .reduce((before, next) -> Phrase.of(key, before, next))
                .orElseThrow();
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Levenshtein distance. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 20) {
            return Integer.MAX_VALUE;
        }
        var above = new int[other.length() + 1];
        for (var column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (var row = 1; row <= one.length(); row++) {
            var current = new int[other.length() + 1];
            current[0] = row;
            for (var column = 1; column <= other.length(); column++) {
                var change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], above[column]) + 1, above[column - 1] + change);
            }
            above = current;
        }
        return above[other.length()];
    }
}
