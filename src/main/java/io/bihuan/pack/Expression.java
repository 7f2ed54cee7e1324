package io.bihuan.pack;

import io.bihuan.web.Misread;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a pack states over the answers of its form and what is known of the case:
 * {@code mileage > 3000 and productType in ['car', 'van']}. It compares and joins, nothing else: it cannot run for long, call
 * anything or fail. A comparison with something that is not known does not hold.
 */
public final class Expression {
    /** The words for what is known of a case beside the answers of its form. */
    public static final Set<String> CASE_WORDS = Set.of("kind", "channel", "category", "severity", "customersAffected");

    /** Those of them that are known while the form is filled in. */
    public static final Set<String> FORM_WORDS = Set.of("kind", "channel", "category");

    static final int LONGEST = 2_000;
    static final int DEEPEST = 20;

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private final String text;
    private final Term term;

    private Expression(String text, Term term) {
        this.text = text;
        this.term = term;
    }

    /**
     * What is known, by the name of the field: a {@link String}, {@link BigDecimal}, {@link LocalDate}, {@link Boolean},
     * {@link Severity}, or a set of codes of which any may be meant (a category and all above it); null when it is not known.
     */
    @FunctionalInterface
    public interface Facts {
        @Nullable
        Object of(String field);
    }

    /** What kind of values a field has. */
    public enum Type {
        TEXT,
        WORD,
        CATEGORY,
        SEVERITY,
        NUMBER,
        DATE,
        FLAG
    }

    /** A text that is no expression, with the column in it, counted from 1. */
    public static final class Invalid extends Misread {
        private final int column;

        Invalid(int column, String key, Object... arguments) {
            super(key, arguments);
            this.column = column;
        }

        public int column() {
            return column;
        }
    }

    /** The expression that the text states; {@link Invalid} when it states none. */
    public static Expression parse(String text) {
        return new Expression(text, new ExpressionParser(text).parse());
    }

    public boolean holds(Facts facts) {
        return term.holds(facts);
    }

    /** The names of the fields it looks at. */
    public Set<String> fields() {
        var names = new LinkedHashSet<String>();
        comparisons(comparison -> names.add(comparison.field()));
        return names;
    }

    /** Hands over each comparison, from the left. */
    void comparisons(Consumer<Comparison> each) {
        visit(term, each);
    }

    private static void visit(Term term, Consumer<Comparison> each) {
        switch (term) {
            case All all -> all.terms().forEach(inner -> visit(inner, each));
            case Any any -> any.terms().forEach(inner -> visit(inner, each));
            case Not not -> visit(not.term(), each);
            case Comparison comparison -> each.accept(comparison);
        }
    }

    /** The text as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    // ---- what it is made of ----

    sealed interface Term {
        boolean holds(Facts facts);
    }

    record All(List<Term> terms) implements Term {
        @Override
        public boolean holds(Facts facts) {
            for (var index = 0; index < terms.size(); index++) {
                if (!terms.get(index).holds(facts)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Any(List<Term> terms) implements Term {
        @Override
        public boolean holds(Facts facts) {
            for (var index = 0; index < terms.size(); index++) {
                if (terms.get(index).holds(facts)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Term term) implements Term {
        @Override
        public boolean holds(Facts facts) {
            return !term.holds(facts);
        }
    }

    /** A field against one or more literals; {@code column} is where it stands in the text. */
    sealed interface Comparison extends Term {
        String field();

        int column();

        List<Literal> literals();

        /** Whether it asks for more and less, not only for the same. */
        boolean ordering();
    }

    record Compare(String field, int column, Operator operator, Literal literal) implements Comparison {
        @Override
        public boolean holds(Facts facts) {
            var value = facts.of(field);
            return value != null && operator.holds(literal.compare(value));
        }

        @Override
        public List<Literal> literals() {
            return List.of(literal);
        }

        @Override
        public boolean ordering() {
            return operator != Operator.EQUAL && operator != Operator.UNEQUAL;
        }
    }

    record OneOf(String field, int column, List<Literal> literals) implements Comparison {
        @Override
        public boolean holds(Facts facts) {
            var value = facts.of(field);
            if (value == null) {
                return false;
            }
            for (var index = 0; index < literals.size(); index++) {
                if (literals.get(index).compare(value) == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean ordering() {
            return false;
        }
    }

    record Between(String field, int column, Literal least, Literal most) implements Comparison {
        @Override
        public boolean holds(Facts facts) {
            var value = facts.of(field);
            return value != null
                    && Operator.AT_LEAST.holds(least.compare(value))
                    && Operator.AT_MOST.holds(most.compare(value));
        }

        @Override
        public List<Literal> literals() {
            return List.of(least, most);
        }

        @Override
        public boolean ordering() {
            return true;
        }
    }

    enum Operator {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean holds(int compared) {
            return compared != Literal.INCOMPARABLE
                    && switch (this) {
                        case EQUAL -> compared == 0;
                        case UNEQUAL -> compared != 0;
                        case LESS -> compared < 0;
                        case AT_MOST -> compared <= 0;
                        case MORE -> compared > 0;
                        case AT_LEAST -> compared >= 0;
                    };
        }
    }

    /**
     * A value as it is written, understood once in every way that its field may need.
     *
     * @param column where it stands in the text
     */
    record Literal(
            int column,
            @Nullable String text,
            @Nullable LocalDate date,
            @Nullable Severity severity,
            @Nullable BigDecimal number,
            @Nullable Boolean flag) {
        static final int INCOMPARABLE = Integer.MIN_VALUE;

        static Literal of(int column, String text) {
            return new Literal(column, text, date(text), severity(text), null, null);
        }

        static Literal of(int column, BigDecimal number) {
            return new Literal(column, null, null, null, number, null);
        }

        static Literal of(int column, boolean flag) {
            return new Literal(column, null, null, null, null, flag);
        }

        /** How the value stands to this literal: negative, 0 or positive; {@link #INCOMPARABLE} for values of another type. */
        int compare(Object value) {
            return switch (value) {
                case String word -> text == null ? INCOMPARABLE : Integer.signum(word.compareTo(text));
                case BigDecimal amount -> number == null ? INCOMPARABLE : amount.compareTo(number);
                case Severity level -> severity == null ? INCOMPARABLE : Integer.signum(level.compareTo(severity));
                case LocalDate day -> date == null ? INCOMPARABLE : Integer.signum(day.compareTo(date));
                case Boolean yes -> flag == null ? INCOMPARABLE : Boolean.compare(yes, flag);
                case Set<?> codes -> text == null ? INCOMPARABLE : codes.contains(text) ? 0 : 1;
                default -> INCOMPARABLE; // facts have no values of other types
            };
        }

        String written() {
            if (number != null) {
                return number.toPlainString();
            }
            return flag != null ? flag.toString() : "'" + text + "'";
        }

        private static @Nullable LocalDate date(String text) {
            if (!DAY.matcher(text).matches()) {
                return null;
            }
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException noDay) {
                return null;
            }
        }

        private static @Nullable Severity severity(String text) {
            for (var severity : Severity.values()) {
                if (severity.name().equals(text)) {
                    return severity;
                }
            }
            return null;
        }
    }

    /** A name in an expression, with what may be compared with it. */
    record Field(Type type, @Nullable Set<String> words) {
        /** What is wrong with the comparison: each problem with its column in the text. */
        List<Invalid> check(Comparison comparison) {
            var wrong = new ArrayList<Invalid>();
            if (comparison.ordering() && !ordered()) {
                wrong.add(new Invalid(comparison.column(), "pack.problem.noOrder", comparison.field()));
            }
            for (var literal : comparison.literals()) {
                var problem = problem(literal);
                if (problem != null) {
                    wrong.add(new Invalid(
                            literal.column(), problem, PackNode.shortened(literal.written()), comparison.field()));
                } else if (words != null && literal.text() != null && !words.contains(literal.text())) {
                    wrong.add(new Invalid(
                            literal.column(),
                            "pack.problem.unknownWordFor",
                            PackNode.shortened(literal.text()),
                            comparison.field(),
                            PackReading.suggestion(literal.text(), words)));
                }
            }
            return wrong;
        }

        private boolean ordered() {
            return switch (type) {
                case NUMBER, DATE, SEVERITY -> true;
                case TEXT, WORD, CATEGORY, FLAG -> false;
            };
        }

        /** The key of what is wrong. */
        private @Nullable String problem(Literal literal) {
            return switch (type) {
                case TEXT, WORD, CATEGORY, SEVERITY -> literal.text() == null ? "pack.problem.compare.text" : null;
                case NUMBER -> literal.number() == null ? "pack.problem.compare.number" : null;
                case DATE -> literal.date() == null ? "pack.problem.compare.date" : null;
                case FLAG -> literal.flag() == null ? "pack.problem.compare.flag" : null;
            };
        }
    }
}
