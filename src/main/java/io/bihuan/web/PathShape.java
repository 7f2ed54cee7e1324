package io.bihuan.web;

import java.util.List;

/**
 * The segments of a path pattern, to say quickly that a path cannot fit it: there are hundreds of patterns, and most differ from
 * a path in their number of segments or in a word. What may fit is for the pattern itself to say.
 */
public final class PathShape {
    private final List<String> segments;
    /** So many segments at least; more only where the pattern ends in one for any number of them. */
    private final int least;

    private final boolean isOpenEnded;

    private PathShape(List<String> segments, int least, boolean isOpenEnded) {
        this.segments = segments;
        this.least = least;
        this.isOpenEnded = isOpenEnded;
    }

    /** Segments that are no plain words stand as an empty text. */
    public static PathShape of(String pattern) {
        List<String> all = segments(pattern);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).startsWith("**") || all.get(i).startsWith("{*")) {
                // It fits nothing at all, too: /a/** is also /a.
                return new PathShape(words(all.subList(0, i)), i, true);
            }
        }
        return new PathShape(words(all), all.size(), false);
    }

    private static List<String> words(List<String> segments) {
        return segments.stream()
                .map(each -> each.chars().anyMatch(c -> c == '{' || c == '*' || c == '?') ? "" : each)
                .toList();
    }

    /** Of a path as it was sent; what is written otherwise than it reads (escapes, parameters) cannot be compared. */
    public static boolean isComparable(String path) {
        return path.indexOf('%') < 0 && path.indexOf(';') < 0;
    }

    public static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** Whether the pattern has to be asked. */
    public boolean mayFit(List<String> path) {
        if (isOpenEnded ? path.size() < least : path.size() != least) {
            return false;
        }
        for (int i = 0; i < least; i++) {
            String word = segments.get(i);
            if (!word.isEmpty() && !word.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
