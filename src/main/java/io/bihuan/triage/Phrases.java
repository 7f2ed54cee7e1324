package io.bihuan.triage;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds many phrases in one pass over a text (Aho and Corasick 1975): the time grows with the text, not with the phrases. */
final class Phrases {
    private final Node root = new Node(0);

    /** Where a phrase stands in a {@link #plain} text. */
    record Span(int start, int end) {
        boolean covers(Span other) {
            return start <= other.start && other.end <= end;
        }
    }

    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>();
        private final int depth;
        private Node fallback = this;
        /** The nearest node on the way of fall-backs that ends a phrase. */
        private @Nullable Node shorter;

        private @Nullable String phrase;

        Node(int depth) {
            this.depth = depth;
        }
    }

    /** Phrases that are plain already. */
    Phrases(Collection<String> phrases) {
        for (var phrase : phrases) {
            var at = root;
            for (var index = 0; index < phrase.length(); index++) {
                var depth = at.depth + 1;
                at = at.next.computeIfAbsent(phrase.charAt(index), character -> new Node(depth));
            }
            if (at != root) {
                at.phrase = phrase;
            }
        }
        link();
    }

    private void link() {
        var waiting = new ArrayDeque<Node>();
        for (var child : root.next.values()) {
            child.fallback = root;
            waiting.add(child);
        }
        while (!waiting.isEmpty()) {
            var node = waiting.remove();
            node.next.forEach((character, child) -> {
                child.fallback = step(node.fallback, character);
                child.shorter = child.fallback.phrase != null ? child.fallback : child.fallback.shorter;
                waiting.add(child);
            });
        }
    }

    private Node step(Node from, char character) {
        var at = from;
        while (true) {
            var next = at.next.get(character);
            if (next != null) {
                return next;
            }
            if (at == root) {
                return root;
            }
            at = at.fallback;
        }
    }

    /** All places of all phrases in a plain text, in the order of the text; Latin words and numbers count as whole words only. */
    Map<String, List<Span>> in(String plain) {
        var found = new LinkedHashMap<String, List<Span>>();
        var at = root;
        for (var index = 0; index < plain.length(); index++) {
            at = step(at, plain.charAt(index));
            for (var hit = at; hit != null; hit = hit.shorter) {
                if (hit.phrase != null) {
                    var span = new Span(index + 1 - hit.depth, index + 1);
                    if (isWhole(plain, span)) {
                        found.computeIfAbsent(hit.phrase, phrase -> new ArrayList<>())
                                .add(span);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isWhole(String plain, Span span) {
        var cutsBefore =
                span.start() > 0 && isLatin(plain.charAt(span.start() - 1)) && isLatin(plain.charAt(span.start()));
        var cutsAfter = span.end() < plain.length()
                && isLatin(plain.charAt(span.end() - 1))
                && isLatin(plain.charAt(span.end()));
        return !cutsBefore && !cutsAfter;
    }

    /** Whether one of the phrases stands directly before the place, but for one space. */
    static @Nullable String directlyBefore(String plain, int place, List<String> phrases) {
        var end = place > 0 && plain.charAt(place - 1) == ' ' ? place - 1 : place;
        for (var phrase : phrases) {
            if (plain.startsWith(phrase, end - phrase.length())
                    && isWhole(plain, new Span(end - phrase.length(), end))) {
                return phrase;
            }
        }
        return null;
    }

    private static boolean isLatin(char character) {
        return character < 128 && Character.isLetterOrDigit(character);
    }

    /** The text with one width, in lower case, and with spaces between Latin words only, so that "漏 电" is found. */
    static String plain(String text) {
        var folded = (Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                        ? text
                        : Normalizer.normalize(text, Normalizer.Form.NFKC))
                .toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(folded.length());
        var space = false;
        for (var index = 0; index < folded.length(); index++) {
            var character = folded.charAt(index);
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                space = true;
                continue;
            }
            if (space && !plain.isEmpty() && (plain.charAt(plain.length() - 1) < 128 && character < 128)) {
                plain.append(' ');
            }
            space = false;
            plain.append(character);
        }
        return plain.toString();
    }
}
