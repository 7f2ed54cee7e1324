package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.pack.Written.Items;
import io.bihuan.pack.Written.Keys;
import io.bihuan.pack.Written.Pair;
import io.bihuan.pack.Written.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Spoils what is written in the shipped packs, what they inherit included: each is refused at its place. Of every kind, that is one change
 * at one key of the schema, one is tried in each pack, always the same; the long form tries all: {@code
 * -Dbihuan.mutations=100000}. Spoilt places that have nothing to do with each other are read together, since a pack has thousands;
 * where one of them hides another, that one is read again alone.
 */
class PackMutationTests {
    private static final List<PackPart<?>> PARTS = AllParts.find();
    private static final PackSchema SCHEMA = new PackSchema();
    private static final int TOGETHER = 40;
    private static final int OF_EACH_KIND = Integer.getInteger("bihuan.mutations", 1);
    private static final long SEED = 20_261_123;

    /** Keys that only some of their mappings must have. */
    private static final Set<String> SOMETIMES_REQUIRED = Set.of(
            "categories[].department",
            "form[].options",
            "clocks[].source",
            "texts.bodies[].phone",
            "texts.bodies[].url",
            "calendars[].zone",
            "calendars[].week",
            "calendars[].makeUp",
            "letters[].subject",
            "compensation[].value.upTo",
            "compensation[].value.percent",
            "compensation[].value.times",
            "compensation[].value.of",
            "statutes[].lists",
            "statutes[].lists.*.items[].years");

    /** Which of them a calculator can do without only it knows. */
    private static final Set<String> SOME_REQUIRED = Set.of("statutes[].numbers", "statutes[].lists");

    /**
     * One change of a pack.
     *
     * @param kind what is done, at which key of the schema
     * @param unit the item of a list in which it is
     * @param with null to take the key away
     * @param place where a problem must be, with these words in it; or must not be
     */
    private record Mutation(
            String kind,
            Object unit,
            Written target,
            @Nullable Written with,
            Position place,
            String words,
            boolean refused) {
        boolean isAsItShouldBe(Map<Position, List<String>> problems) {
            return problems.getOrDefault(place, List.of()).stream().anyMatch(each -> each.contains(words)) == refused;
        }
    }

    static Stream<PackFolder> packs() {
        return PackFolder.shipped(PackMutationTests.class.getClassLoader()).stream()
                .filter(folder -> !Packs.read(folder, 1, PARTS).isAbstract());
    }

    @ParameterizedTest
    @MethodSource("packs")
    void whateverIsSpoiltIsRefusedAtItsPlace(PackFolder folder) {
        var reader = reader(folder);
        var referred = new HashSet<Position>();
        var stated = new HashMap<String, Expression>();
        reader.tell(new PackReading.Listener() {
            @Override
            public void asked(String path) {}

            @Override
            public void words(String path, Set<String> words) {}

            @Override
            public void referred(Position position) {
                referred.add(position);
            }

            @Override
            public void stated(Position position, Expression expression) {
                stated.put(expression.toString(), expression);
            }
        });
        var problems = new ArrayList<PackProblem>();
        assertThat(reader.read(problems)).as(problems.toString()).isPresent();
        var mutations = new ArrayList<Mutation>();
        var whole = reader.whole();
        whole.forEach((name, part) -> collect(name, part, part, referred, stated, mutations));

        assertThat(mutations).hasSizeGreaterThan(1_000);
        assertThat(referred).isNotEmpty();
        assertThat(wrong(folder, whole, someOfEachKind(mutations, folder.name())))
                .isEmpty();
    }

    private static List<Mutation> someOfEachKind(List<Mutation> mutations, String pack) {
        var kinds = new LinkedHashMap<String, List<Mutation>>();
        mutations.forEach(mutation -> kinds.computeIfAbsent(mutation.kind(), kind -> new ArrayList<>())
                .add(mutation));
        var random = new Random(SEED + pack.hashCode());
        kinds.values().forEach(all -> Collections.shuffle(all, random));
        return kinds.values().stream()
                .flatMap(all -> all.stream().limit(OF_EACH_KIND))
                .toList();
    }

    // ---- what is changed ----

    private static void collect(
            String path,
            Written node,
            Object unit,
            Set<Position> referred,
            Map<String, Expression> stated,
            List<Mutation> mutations) {
        spoil(path, node, unit, mutations);
        switch (node) {
            case Scalar scalar -> {
                if (referred.contains(scalar.position())) {
                    mutations.add(
                            replaced("unknown", path, unit, scalar, text(scalar, scalar.value() + "x"), "unknown "));
                }
                var expression = stated.get(scalar.value());
                if (expression != null && scalar.value().equals(expression.toString()) && isWhen(path)) {
                    mutations.add(unknownField(path, unit, scalar, expression));
                }
            }
            case Items items ->
                items.all()
                        .forEach(item -> collect(
                                path + "[]",
                                item,
                                Written.identity(item) == null ? unit : item,
                                referred,
                                stated,
                                mutations));
            case Keys keys -> {
                for (var pair : keys.all()) {
                    var key = ((Scalar) pair.key()).value();
                    collect(path + "." + key, pair.value(), unit, referred, stated, mutations);
                    remove(path, keys, key, pair, unit, mutations);
                }
            }
        }
    }

    private static boolean isWhen(String path) {
        return path.endsWith("expression") || path.toLowerCase(Locale.ROOT).endsWith("when");
    }

    private static void spoil(String path, Written node, Object unit, List<Mutation> mutations) {
        var place = node.position();
        var word = new Scalar(place, "wrong", true, false, true);
        var number = new Scalar(place, "987654321", true, false, true);
        var list = new Items(place, List.of(new Items(place, List.of(word))));
        var mapping = new Keys(place, List.of(new Pair(new Scalar(place, "wrong", true, false, true), list)));
        switch (node) {
            case Scalar scalar -> {
                mutations.add(replaced("list", path, unit, scalar, list, ""));
                mutations.add(replaced("mapping", path, unit, scalar, mapping, ""));
                mutations.add(replaced("value", path, unit, scalar, Tag.INT.equals(scalar.tag()) ? word : number, ""));
            }
            case Items items -> {
                mutations.add(replaced("mapping", path, unit, items, mapping, ""));
                mutations.add(replaced("value", path, unit, items, word, ""));
            }
            case Keys keys -> {
                mutations.add(replaced("list", path, unit, keys, list, ""));
                mutations.add(replaced("value", path, unit, keys, path.endsWith(".source") ? number : word, ""));
            }
        }
    }

    private static void remove(String path, Keys keys, String key, Pair pair, Object unit, List<Mutation> mutations) {
        var plain = SCHEMA.opened(path);
        if (!SOME_REQUIRED.contains(plain) && !SOMETIMES_REQUIRED.contains(plain + "." + key)) {
            var isRequired = SCHEMA.required(plain).contains(key);
            mutations.add(new Mutation(
                    "without " + plain + "." + key,
                    unit,
                    pair.value(),
                    null,
                    keys.position(),
                    "`" + key + "` is missing",
                    isRequired));
        }
    }

    private static Mutation replaced(
            String what, String path, Object unit, Written target, Written with, String words) {
        return new Mutation(what + " " + SCHEMA.opened(path), unit, target, with, target.position(), words, true);
    }

    private static Mutation unknownField(String path, Object unit, Scalar scalar, Expression expression) {
        var field = expression.fields().iterator().next();
        var spoilt = scalar.value().replaceFirst("\\b" + field + "\\b", field + "Q");
        var place = scalar.position();
        var column = place.column() + spoilt.indexOf(field + "Q") + (scalar.plain() ? 0 : 1);
        return new Mutation(
                "field " + SCHEMA.opened(path),
                unit,
                scalar,
                text(scalar, spoilt),
                scalar.oneLine() ? new Position(place.file(), place.line(), column) : place,
                "unknown field",
                true);
    }

    private static Scalar text(Scalar scalar, String value) {
        return new Scalar(scalar.position(), value, scalar.plain(), scalar.doubled(), scalar.oneLine());
    }

    // ---- how it is read ----

    private static List<String> wrong(PackFolder folder, Map<String, Written> whole, List<Mutation> mutations) {
        var wrong = new ArrayList<String>();
        for (var together : grouped(mutations)) {
            var problems = problems(folder, whole, together);
            for (var mutation : together) {
                if (!mutation.isAsItShouldBe(problems)) {
                    var alone = problems(folder, whole, List.of(mutation));
                    if (!mutation.isAsItShouldBe(alone)) {
                        wrong.add(
                                mutation.place() + " " + (mutation.with() == null ? mutation.words() : mutation.with())
                                        + (mutation.refused() ? " is not refused: " : " is refused: ") + alone);
                    }
                }
            }
        }
        return wrong;
    }

    /** No two of a group are in the same item; what holds items is changed alone. */
    private static List<List<Mutation>> grouped(List<Mutation> mutations) {
        var groups = new ArrayList<List<Mutation>>();
        var rounds = new LinkedHashMap<Integer, List<Mutation>>();
        var seen = new IdentityHashMap<Object, Integer>();
        for (var mutation : mutations) {
            if (holdsItems(mutation.target())) {
                groups.add(List.of(mutation));
            } else {
                var round = seen.merge(mutation.unit(), 1, Integer::sum);
                var group = rounds.computeIfAbsent(round, number -> new ArrayList<>());
                group.add(mutation);
                if (group.size() == TOGETHER) {
                    groups.add(group);
                    rounds.remove(round);
                }
            }
        }
        groups.addAll(rounds.values());
        return groups;
    }

    private static boolean holdsItems(Written node) {
        return switch (node) {
            case Scalar scalar -> false;
            case Items items -> items.all().stream().anyMatch(item -> !(item instanceof Scalar));
            case Keys keys -> keys.all().stream().anyMatch(pair -> !(pair.value() instanceof Scalar));
        };
    }

    private static Map<Position, List<String>> problems(
            PackFolder folder, Map<String, Written> whole, List<Mutation> mutations) {
        var changes = new IdentityHashMap<Written, Mutation>();
        mutations.forEach(mutation -> changes.put(mutation.target(), mutation));
        var changed = new HashMap<String, Written>();
        whole.forEach((name, part) -> changed.put(name, changed(part, changes)));
        var problems = new HashMap<Position, List<String>>();
        reader(folder)
                .check(changed)
                .forEach(problem -> problems.computeIfAbsent(problem.position(), place -> new ArrayList<>())
                        .add(problem.message().toString()));
        return problems;
    }

    private static Written changed(Written node, IdentityHashMap<Written, Mutation> changes) {
        var mutation = changes.get(node);
        if (mutation != null && mutation.with() != null) {
            return mutation.with();
        }
        return switch (node) {
            case Scalar scalar -> scalar;
            case Items items ->
                new Items(
                        items.position(),
                        items.all().stream().map(item -> changed(item, changes)).toList());
            case Keys keys ->
                new Keys(
                        keys.position(),
                        keys.all().stream()
                                .filter(pair -> !isRemoved(changes.get(pair.value())))
                                .map(pair -> new Pair(pair.key(), changed(pair.value(), changes)))
                                .toList());
        };
    }

    private static boolean isRemoved(@Nullable Mutation mutation) {
        return mutation != null && mutation.with() == null;
    }

    private static PackReader reader(PackFolder folder) {
        return new PackReader(folder, 1, PARTS, new PackParser());
    }
}
