package io.bihuan.pack;

import io.bihuan.web.Phrase;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A place in a pack's file with typed access to what is written there. A value that is missing or of the wrong type is noted
 * as a problem of the pack and a stand-in is returned, so that one reading reports all errors; the accessors never throw.
 * A key that nobody asked for is a problem too.
 *
 * <p>Accessors with a key read the value under that key of a mapping, those without read this value itself.
 */
public final class PackNode {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,8})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_TEXT = 4_000;

    private final PackReading reading;
    /** Null where something is missing or wrong and has been reported: everything asked of it stays silent. */
    private final @Nullable Written node;

    private final Position position;
    private final Set<String> asked = new LinkedHashSet<>();
    private @Nullable Map<String, Entry> entries;
    private @Nullable List<PackNode> items;
    private boolean anyKey;

    private record Entry(Position key, PackNode value) {}

    /** Where this is below, and by which key; empty for an item of a list. */
    private final @Nullable PackNode parent;

    private final String step;

    private PackNode(
            PackReading reading, @Nullable Written node, Position position, @Nullable PackNode parent, String step) {
        this.parent = parent;
        this.step = step;
        this.reading = reading;
        this.node = node;
        this.position = position;
    }

    static PackNode of(PackReading reading, Written node) {
        return of(reading, node, "");
    }

    /** The value of a part. */
    static PackNode of(PackReading reading, Written node, String name) {
        return new PackNode(reading, node, node.position(), null, name);
    }

    private PackNode below(Written node, String key) {
        return new PackNode(reading, node, node.position(), this, key);
    }

    /** Which keys lead here: {@code clocks[].amount}. */
    String path() {
        if (parent == null) {
            return step;
        }
        var above = parent.path();
        if (step.isEmpty()) {
            return above + "[]";
        }
        return (above.isEmpty() ? "" : above + ".") + (parent.anyKey ? "*" : step);
    }

    public Position position() {
        return position;
    }

    /**
     * Notes a problem at this place: what is wrong and what to do.
     *
     * @param message the key of its text in the bundles, {@code <module>.problem.<name>}
     */
    public void problem(String message, Object... arguments) {
        problem(Phrase.of(message, arguments));
    }

    public void problem(Phrase message) {
        if (node != null) {
            reading.problem(position, message);
        }
    }

    /** Notes a problem at the value of the key, or here when there is none. */
    public void problemAt(String key, String message, Object... arguments) {
        var entry = entries().get(key);
        if (entry == null) {
            problem(message, arguments);
        } else {
            reading.problem(entry.value.position, Phrase.of(message, arguments));
        }
    }

    /**
     * Notes that a word of this text is none of the known ones, and which one may be meant.
     *
     * @param kind what the word names; its own name is the text {@code pack.problem.kind.<kind>}
     */
    public void unknown(String kind, String word, Collection<String> known) {
        problem("pack.problem.unknown", PackReading.kind(kind), shortened(word), PackReading.suggestion(word, known));
    }

    public boolean has(String key) {
        ask(key);
        return entries().containsKey(key);
    }

    // ---- texts and codes ----

    public String text(String key) {
        return child(key).text();
    }

    public @Nullable String optionalText(String key) {
        return optionalChild(key).map(PackNode::text).orElse(null);
    }

    /** The texts of a list; empty when the key is absent. */
    public List<String> texts(String key) {
        return optionalChild(key)
                .map(list -> list.children().stream().map(PackNode::text).toList())
                .orElse(List.of());
    }

    public String text() {
        if (node == null) {
            return "";
        }
        if (!(node instanceof Written.Scalar scalar)) {
            problem("pack.problem.textNeeded", what(node));
            return "";
        }
        if ((Tag.NULL.equals(scalar.tag()) && scalar.plain()) || scalar.value().isBlank()) {
            problem("pack.problem.emptyText");
            return "";
        }
        if (scalar.plain() && !Tag.STR.equals(scalar.tag())) {
            problem("pack.problem.unquotedText", scalar.value(), what(node));
            return "";
        }
        if (scalar.value().length() > LONGEST_TEXT) {
            problem("pack.problem.tooLong", LONGEST_TEXT);
            return "";
        }
        return scalar.value();
    }

    /** What is written here, be it a text or a number, as it is written. */
    public String scalar() {
        if (node == null) {
            return "";
        }
        if (node instanceof Written.Scalar scalar) {
            return scalar.value();
        }
        problem("pack.problem.valueNeeded", what(node));
        return "";
    }

    public boolean isMapping() {
        return node instanceof Written.Keys;
    }

    /**
     * The text under the key as the code of a new thing of this kind, to which others may {@link #refer}.
     *
     * @param kind what it is; its own name is the text {@code pack.problem.kind.<kind>}
     */
    public String define(String kind, String key) {
        var value = child(key);
        var code = value.code();
        if (!code.isEmpty()) {
            reading.define(kind, code, value.position);
        }
        return code;
    }

    /** The text under the key as the code of something that the pack defines somewhere, in any part and order. */
    public String refer(String kind, String key) {
        return child(key).refer(kind);
    }

    public @Nullable String optionalRefer(String kind, String key) {
        return optionalChild(key).map(value -> value.refer(kind)).orElse(null);
    }

    /** A list of references; empty when the key is absent. */
    public List<String> referAll(String kind, String key) {
        return optionalChild(key)
                .map(list ->
                        list.children().stream().map(item -> item.refer(kind)).toList())
                .orElse(List.of());
    }

    /** Says that a code which is part of this text is a reference. */
    public void mention(String kind, String code) {
        reading.refer(kind, code, position);
    }

    private String refer(String kind) {
        var code = text();
        if (!code.isEmpty()) {
            reading.refer(kind, code, position);
        }
        return code;
    }

    private String code() {
        var code = text();
        if (!code.isEmpty()
                && (code.length() > LONGEST_CODE || !CODE.matcher(code).matches())) {
            problem("pack.problem.noCode", shortened(code), LONGEST_CODE);
            return "";
        }
        return code;
    }

    public Label label(String key) {
        return child(key).label();
    }

    public @Nullable Label optionalLabel(String key) {
        return optionalChild(key).map(PackNode::label).orElse(null);
    }

    /** A list of texts in both languages; empty when the key is absent. */
    public List<Label> labels(String key) {
        return optionalChild(key)
                .map(list -> list.children().stream().map(PackNode::label).toList())
                .orElse(List.of());
    }

    /** A text in both languages: {@code {zh: …, en: …}}. */
    public Label label() {
        return new Label(text("zh"), text("en"));
    }

    // ---- numbers, flags, durations, words of an enum ----

    /** A whole number within the bounds, both included. */
    public int number(String key, int least, int most) {
        return child(key).number(least, most);
    }

    public int number(String key, int least, int most, int otherwise) {
        return optionalChild(key).map(value -> value.number(least, most)).orElse(otherwise);
    }

    /** A list of whole numbers within the bounds; empty when the key is absent. */
    public List<Integer> numbers(String key, int least, int most) {
        return optionalChild(key)
                .map(list -> list.children().stream()
                        .map(item -> item.number(least, most))
                        .toList())
                .orElse(List.of());
    }

    public int number(int least, int most) {
        if (node == null) {
            return least;
        }
        if (!(node instanceof Written.Scalar scalar)
                || !scalar.plain()
                || !NUMBER.matcher(scalar.value()).matches()) {
            problem("pack.problem.wholeNumberNeeded", what(node));
            return least;
        }
        var number = Integer.parseInt(scalar.value());
        if (number < least || number > most) {
            problem("pack.problem.outOfRange", least, most, number);
            return least;
        }
        return number;
    }

    /** {@code true} or {@code false}; false when the key is absent. */
    public boolean flag(String key) {
        return optionalChild(key).map(PackNode::flag).orElse(false);
    }

    private boolean flag() {
        if (node == null) {
            return false;
        }
        if (node instanceof Written.Scalar scalar && scalar.plain()) {
            if (scalar.value().equals("true")) {
                return true;
            }
            if (scalar.value().equals("false")) {
                return false;
            }
        }
        problem("pack.problem.flagNeeded", what(node));
        return false;
    }

    /** A length of time such as 45s, 30m, 24h or 7d (a day is 24 hours). */
    public Duration duration(String key) {
        return child(key).duration();
    }

    public @Nullable Duration optionalDuration(String key) {
        return optionalChild(key).map(PackNode::duration).orElse(null);
    }

    private Duration duration() {
        if (node == null) {
            return Duration.ZERO;
        }
        if (node instanceof Written.Scalar scalar) {
            var match = DURATION.matcher(scalar.value());
            if (match.matches()) {
                var amount = Long.parseLong(match.group(1));
                return switch (match.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
            }
        }
        problem("pack.problem.durationNeeded", what(node));
        return Duration.ZERO;
    }

    public <E extends Enum<E>> E oneOf(String key, Class<E> words) {
        return child(key).oneOf(words);
    }

    public <E extends Enum<E>> @Nullable E optionalOneOf(String key, Class<E> words) {
        return optionalChild(key).map(value -> value.oneOf(words)).orElse(null);
    }

    /** A list of words of the enum; empty when the key is absent. */
    public <E extends Enum<E>> List<E> anyOf(String key, Class<E> words) {
        return optionalChild(key)
                .map(list ->
                        list.children().stream().map(item -> item.oneOf(words)).toList())
                .orElse(List.of());
    }

    /** This text as a word of the enum. */
    public <E extends Enum<E>> E oneOf(Class<E> words) {
        var constants = words.getEnumConstants();
        reading.words(this, constants);
        var written = text();
        for (var constant : constants) {
            if (constant.name().equals(written)) {
                return constant;
            }
        }
        if (!written.isEmpty()) {
            problem(
                    "pack.problem.unknownWord",
                    shortened(written),
                    PackReading.suggestion(
                            written, Arrays.stream(constants).map(Enum::name).toList()));
        }
        return constants[0];
    }

    // ---- days, sources, expressions ----

    /** A day such as 2026-01-31. */
    public LocalDate date(String key) {
        return child(key).date();
    }

    public @Nullable LocalDate optionalDate(String key) {
        return optionalChild(key).map(PackNode::date).orElse(null);
    }

    private LocalDate date() {
        if (node instanceof Written.Scalar scalar && DAY.matcher(scalar.value()).matches()) {
            try {
                return LocalDate.parse(scalar.value());
            } catch (DateTimeParseException wrong) {
                problem("pack.problem.noDay", scalar.value());
                return LocalDate.EPOCH;
            }
        }
        if (node != null) {
            problem("pack.problem.dateNeeded", what(node));
        }
        return LocalDate.EPOCH;
    }

    /** Where a rule comes from: a text, or a law as {@link #law} reads it; null when the key is absent. */
    public @Nullable Source source(String key) {
        return optionalChild(key)
                .map(value -> value.isMapping() ? value.law() : Source.text(value.text()))
                .orElse(null);
    }

    /** The law a rule comes from: {@code {law: {zh: …, en: …}, article: …, from: 2022-01-01, confirmed: true}}. */
    public Source law(String key) {
        var value = child(key);
        if (value.node instanceof Written.Scalar) {
            value.problem("pack.problem.lawNeeded", what(value.node));
            return Source.text("");
        }
        return value.law();
    }

    private Source law() {
        var from = date("from");
        var to = optionalDate("to");
        if (to != null && to.isBefore(from)) {
            problemAt("to", "pack.problem.lawEndsFirst");
        }
        var confirmed = child("confirmed").flag();
        return new Source(label("law"), text("article"), from, to, confirmed);
    }

    /**
     * The condition under the key, null when the key is absent. What it compares is checked when all of the pack is read.
     *
     * @param words those of {@link Expression#CASE_WORDS} that are known where it is asked; the answers of the form always are
     */
    public @Nullable Expression expression(String key, Set<String> words) {
        return optionalChild(key).map(value -> value.expression(words)).orElse(null);
    }

    private @Nullable Expression expression(Set<String> words) {
        var text = text();
        if (text.isEmpty()) {
            return null;
        }
        try {
            var expression = Expression.parse(text);
            reading.expression(expression, words, this::inside);
            return expression;
        } catch (Expression.Invalid wrong) {
            reading.problem(inside(wrong.column()), wrong.phrase());
            return null;
        }
    }

    /** The place of a column of this text; this node's own where the text is written in several lines. */
    private Position inside(int column) {
        if (!(node instanceof Written.Scalar scalar) || !scalar.oneLine()) {
            return position;
        }
        var before = column - 1;
        if (!scalar.plain()) {
            before++;
        }
        if (scalar.doubled()) {
            // each quote of the text is written twice
            before += (int) scalar.value()
                    .substring(0, Math.min(column - 1, scalar.value().length()))
                    .chars()
                    .filter(character -> character == '\'')
                    .count();
        }
        return new Position(position.file(), position.line(), position.column() + before);
    }

    /** This text as the key of a question of the form whose answers are of one of these types. */
    public String referAnswer(Set<Expression.Type> types) {
        var key = text();
        if (!key.isEmpty()) {
            reading.referAnswer(key, types, position);
        }
        return key;
    }

    /** Makes an answer of the form known to expressions; the words are those it can have, null for any. */
    void answer(String key, Expression.Type type, @Nullable Set<String> words) {
        reading.answer(key, new Expression.Field(type, words));
    }

    // ---- structure ----

    public PackNode child(String key) {
        ask(key);
        var entry = entries().get(key);
        if (entry == null) {
            if (node instanceof Written.Keys && !reading.isLenient()) {
                problem("pack.problem.missing", key);
            }
            return nothing(key);
        }
        return entry.value;
    }

    public Optional<PackNode> optionalChild(String key) {
        ask(key);
        return Optional.ofNullable(entries().get(key)).map(Entry::value);
    }

    /** The items of the list under the key; empty when the key is absent. */
    public List<PackNode> children(String key) {
        return optionalChild(key).map(PackNode::children).orElse(List.of());
    }

    /** The items of this list. */
    public List<PackNode> children() {
        var known = items;
        if (known == null) {
            known = new ArrayList<>();
            if (node instanceof Written.Items sequence) {
                for (var item : sequence.all()) {
                    known.add(below(item, ""));
                }
            } else if (node != null) {
                problem("pack.problem.listNeeded", what(node));
            }
            items = known;
        }
        return known;
    }

    /** The keys of this mapping as texts, in the order of the file. */
    List<PackNode> keys() {
        anyKey = true;
        var keys = new ArrayList<PackNode>();
        entries()
                .forEach((key, entry) -> keys.add(new PackNode(
                        reading, new Written.Scalar(entry.key, key, false, false, true), entry.key, this, key)));
        return keys;
    }

    Optional<Written> written() {
        return Optional.ofNullable(node);
    }

    /** The values of the mapping under the key, whatever their keys are; empty when the key is absent. */
    public Map<String, PackNode> fields(String key) {
        return optionalChild(key).map(PackNode::fields).orElse(Map.of());
    }

    /** The values of this mapping, whatever their keys are, in the order of the file. */
    public Map<String, PackNode> fields() {
        anyKey = true;
        var fields = new LinkedHashMap<String, PackNode>();
        entries().forEach((key, entry) -> fields.put(key, entry.value));
        return fields;
    }

    /** The values of the mapping under the key, whose keys are words of the enum; empty when the key is absent. */
    public <E extends Enum<E>> Map<E, PackNode> fieldsBy(String key, Class<E> words) {
        return optionalChild(key).map(value -> value.fieldsBy(words)).orElseGet(() -> new EnumMap<>(words));
    }

    private <E extends Enum<E>> Map<E, PackNode> fieldsBy(Class<E> words) {
        var fields = new EnumMap<E, PackNode>(words);
        for (var word : words.getEnumConstants()) {
            optionalChild(word.name()).ifPresent(value -> fields.put(word, value));
        }
        return fields;
    }

    // ---- inside ----

    private void ask(String key) {
        if (asked.add(key) && !anyKey) {
            reading.asked(this, key);
        }
    }

    /** Notes the keys that no reader asked for, in this place and below. */
    void reportUnknownKeys() {
        var opened = entries;
        if (opened != null) {
            opened.forEach((key, entry) -> {
                if (!anyKey && !asked.contains(key)) {
                    reading.problem(
                            entry.key,
                            Phrase.of("pack.problem.unknownKey", shortened(key), PackReading.suggestion(key, asked)));
                } else {
                    entry.value.reportUnknownKeys();
                }
            });
        }
        var list = items;
        if (list != null) {
            list.forEach(PackNode::reportUnknownKeys);
        }
    }

    private Map<String, Entry> entries() {
        var known = entries;
        if (known == null) {
            known = new LinkedHashMap<>();
            if (node instanceof Written.Keys mapping) {
                for (var pair : mapping.all()) {
                    var place = pair.key().position();
                    if (!(pair.key() instanceof Written.Scalar key) || (key.plain() && !Tag.STR.equals(key.tag()))) {
                        reading.problem(place, Phrase.of("pack.problem.keyNeedsQuotes"));
                        continue;
                    }
                    var first = known.putIfAbsent(key.value(), new Entry(place, below(pair.value(), key.value())));
                    if (first != null) {
                        reading.problem(
                                place, Phrase.of("pack.problem.keyTwice", shortened(key.value()), first.key.line()));
                    }
                }
            } else if (node != null) {
                problem("pack.problem.mappingNeeded", what(node));
            }
            entries = known;
        }
        return known;
    }

    private PackNode nothing(String key) {
        return new PackNode(reading, null, position, this, key);
    }

    private static Phrase what(Written node) {
        return switch (node) {
            case Written.Keys mapping -> Phrase.of("pack.problem.what.mapping");
            case Written.Items sequence -> Phrase.of("pack.problem.what.list");
            case Written.Scalar scalar -> what(scalar);
        };
    }

    private static Phrase what(Written.Scalar scalar) {
        var value = shortened(scalar.value());
        if (!scalar.plain() || Tag.STR.equals(scalar.tag())) {
            return Phrase.of("pack.problem.what.text", value);
        }
        if (Tag.INT.equals(scalar.tag()) || Tag.FLOAT.equals(scalar.tag())) {
            return Phrase.of("pack.problem.what.number", value);
        }
        if (Tag.BOOL.equals(scalar.tag())) {
            return Phrase.of("pack.problem.what.flag", value);
        }
        if (Tag.TIMESTAMP.equals(scalar.tag())) {
            return Phrase.of("pack.problem.what.date", value);
        }
        return Phrase.of(Tag.NULL.equals(scalar.tag()) ? "pack.problem.what.nothing" : "pack.problem.what.other");
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
