package io.bihuan.pack;

import io.bihuan.pack.Expression.All;
import io.bihuan.pack.Expression.Any;
import io.bihuan.pack.Expression.Between;
import io.bihuan.pack.Expression.Compare;
import io.bihuan.pack.Expression.Invalid;
import io.bihuan.pack.Expression.Literal;
import io.bihuan.pack.Expression.Not;
import io.bihuan.pack.Expression.OneOf;
import io.bihuan.pack.Expression.Operator;
import io.bihuan.pack.Expression.Term;
import io.bihuan.web.Phrase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of an expression from the left to the right, one method for each rule of the grammar. */
final class ExpressionParser {
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "between", "true", "false");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");

    private final String text;
    private int at;
    private int depth;

    ExpressionParser(String text) {
        this.text = text;
    }

    Term parse() {
        if (text.getBytes(StandardCharsets.UTF_8).length > Expression.LONGEST) {
            throw new Invalid(1, "pack.problem.expression.tooLong", Expression.LONGEST);
        }
        var term = any();
        space();
        if (at < text.length()) {
            var word = peek();
            throw wrong(
                    "pack.problem.expression.unexpected",
                    PackNode.shortened(word.isEmpty() ? text.substring(at) : word),
                    PackReading.suggestion(word, List.of("and", "or")));
        }
        return term;
    }

    private Term any() {
        var terms = new ArrayList<Term>();
        do {
            terms.add(all());
        } while (taken("or"));
        return terms.size() == 1 ? terms.getFirst() : new Any(List.copyOf(terms));
    }

    private Term all() {
        var terms = new ArrayList<Term>();
        do {
            terms.add(one());
        } while (taken("and"));
        return terms.size() == 1 ? terms.getFirst() : new All(List.copyOf(terms));
    }

    private Term one() {
        space();
        if (peek().equals("not")) {
            deeper();
            taken("not");
            var inner = one();
            depth--;
            return new Not(inner);
        }
        if (next() == '(') {
            deeper();
            at++;
            var inner = any();
            expect(')');
            depth--;
            return inner;
        }
        return comparison();
    }

    private void deeper() {
        if (++depth > Expression.DEEPEST) {
            throw wrong("pack.problem.expression.tooDeep", Expression.DEEPEST);
        }
    }

    private Term comparison() {
        var column = at + 1;
        var field = peek();
        if (field.isEmpty() || RESERVED.contains(field)) {
            throw at == text.length()
                    ? wrong("pack.problem.expression.endsEarly")
                    : wrong("pack.problem.expression.noField", here());
        }
        at += field.length();
        space();
        return switch (peek()) {
            case "in" -> {
                at += "in".length();
                yield new OneOf(field, column, list());
            }
            case "between" -> {
                at += "between".length();
                yield between(field, column);
            }
            default -> new Compare(field, column, operator(field), literal());
        };
    }

    private Term between(String field, int column) {
        var least = literal();
        if (!taken("and")) {
            throw wrong("pack.problem.expression.between");
        }
        return new Between(field, column, least, literal());
    }

    private Operator operator(String field) {
        var end = at;
        while (end < text.length() && "=!<>~&|".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        var sign = text.substring(at, end);
        for (var operator : Operator.values()) {
            if (operator.sign().equals(sign)) {
                at = end;
                return operator;
            }
        }
        throw sign.equals("==")
                ? wrong("pack.problem.expression.doubleEquals")
                : wrong("pack.problem.expression.operator", field, here());
    }

    private List<Literal> list() {
        expect('[');
        var literals = new ArrayList<Literal>();
        do {
            literals.add(literal());
            space();
        } while (next() == ',' && at++ >= 0);
        expect(']');
        return List.copyOf(literals);
    }

    private Literal literal() {
        space();
        var column = at + 1;
        if (next() == '\'') {
            return Literal.of(column, quoted());
        }
        var end = at;
        while (end < text.length() && (isWord(text.charAt(end)) || "-.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        var word = text.substring(at, end);
        if (word.equals("true") || word.equals("false")) {
            at = end;
            return Literal.of(column, word.equals("true"));
        }
        if (NUMBER.matcher(word).matches()) {
            at = end;
            return Literal.of(column, new BigDecimal(word));
        }
        throw word.isEmpty()
                ? wrong("pack.problem.expression.valueMissing")
                : wrong("pack.problem.expression.noValue", PackNode.shortened(word));
    }

    /** Two quotes in a text stand for one. */
    private String quoted() {
        var start = at;
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) != '\'') {
                value.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                value.append('\'');
                at++;
            } else {
                at++;
                return value.toString();
            }
        }
        at = start;
        throw wrong("pack.problem.expression.openQuote");
    }

    // ---- characters ----

    private void expect(char character) {
        space();
        if (next() != character) {
            throw at == text.length()
                    ? wrong("pack.problem.expression.missing", character)
                    : wrong("pack.problem.expression.missingBefore", character, here());
        }
        at++;
    }

    private boolean taken(String word) {
        space();
        if (!peek().equals(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    /** The word that stands here; empty when none does. */
    private String peek() {
        var end = at;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** What stands here, for what is said of it. */
    private Object here() {
        var word = peek();
        if (at == text.length()) {
            return Phrase.of("pack.problem.expression.end");
        }
        return word.isEmpty() ? text.substring(at, at + 1) : PackNode.shortened(word);
    }

    private Invalid wrong(String key, Object... arguments) {
        return new Invalid(at + 1, key, arguments);
    }
}
