package io.bihuan.platform.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shows where a query stands in a text, by the same rules that found it. */
public final class Snippets {
    private static final int MAX_MARKS = 1_000;

    /** A stretch of the text to mark, in chars, the end exclusive. */
    public record Mark(int from, int to) {}

    /** A piece of a text around the first mark; the marks are places in this piece. */
    public record Snippet(String text, List<Mark> marks, boolean cutBefore, boolean cutAfter) {}

    private Snippets() {}

    /** The stretches where words of the query stand: in order, apart from each other, a thousand at most. */
    public static List<Mark> marks(String text, String query) {
        List<Tokens> words = Tokens.words(query);
        if (words.isEmpty()) {
            return List.of();
        }
        Tokens tokens = Tokens.of(text);
        var found = new ArrayList<Mark>();
        for (Tokens word : words) {
            int at = tokens.indexOf(word, 0);
            for (int count = 0; at >= 0 && count < MAX_MARKS; count++) {
                found.add(new Mark(tokens.start(at), tokens.end(at + word.size() - 1)));
                at = tokens.indexOf(word, at + 1);
            }
        }
        found.sort(Comparator.comparingInt(Mark::from));
        return merged(found);
    }

    private static List<Mark> merged(List<Mark> sorted) {
        var merged = new ArrayList<Mark>();
        for (Mark mark : sorted) {
            if (!merged.isEmpty() && mark.from() <= merged.getLast().to()) {
                Mark last = merged.removeLast();
                merged.add(new Mark(last.from(), Math.max(last.to(), mark.to())));
            } else if (merged.size() < MAX_MARKS) {
                merged.add(mark);
            }
        }
        return List.copyOf(merged);
    }

    /** At most so many chars of the text, with the first mark in its first third; the beginning when nothing is marked. */
    public static Snippet around(String text, String query, int length) {
        List<Mark> marks = marks(text, query);
        int first = marks.isEmpty() ? 0 : marks.getFirst().from();
        int from = Math.clamp(first - length / 3L, 0, Math.max(0, text.length() - length));
        int start = cutBetweenCharacters(text, from);
        int end = cutBetweenCharacters(text, Math.min(text.length(), start + length));
        List<Mark> inside = marks.stream()
                .filter(mark -> mark.from() < end && mark.to() > start)
                .map(mark -> new Mark(Math.max(mark.from(), start) - start, Math.min(mark.to(), end) - start))
                .toList();
        return new Snippet(text.substring(start, end), inside, start > 0, end < text.length());
    }

    private static int cutBetweenCharacters(String text, int at) {
        boolean within = at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
        return within ? at - 1 : at;
    }
}
