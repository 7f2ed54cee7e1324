package io.bihuan.platform.search;

import io.bihuan.platform.search.Characters.Glyph;
import io.bihuan.platform.search.Characters.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as search sees it: its folded characters, each with its place in the source. Punctuation and space leave no gap, except
 * that two letter runs or two digit runs which they part stay apart by one {@link #BOUNDARY}: "KFR-35GW，空调" reads {@code
 * kfr35gw空调}, "AC mode" reads {@code ac mode}. So a piece of text is found exactly when its tokens are a stretch of the
 * document's tokens: inner runs match whole, the first may be the end of a run and the last the beginning of one.
 */
final class Tokens {
    /** Changes whenever the same text gives other tokens: an index of another version is built anew. */
    static final int VERSION = 1;

    static final int BOUNDARY = ' ';

    /** Of a query, this many tokens are looked for; what follows is not. */
    static final int QUERY_LIMIT = 256;

    private int[] codePoints;
    private int[] starts;
    private int[] ends;
    private int size;

    private Tokens(int capacity) {
        codePoints = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    static Tokens of(String text) {
        return of(text, 0, text.length(), Integer.MAX_VALUE);
    }

    static Tokens ofAtMost(String text, int limit) {
        return of(text, 0, text.length(), limit);
    }

    /** The words of a query, parted by white space; those without any token are left out. */
    static List<Tokens> words(String query) {
        var words = new ArrayList<Tokens>();
        int room = QUERY_LIMIT;
        int from = 0;
        while (from < query.length() && room > 0) {
            int to = from;
            while (to < query.length() && !isSpace(query.charAt(to))) {
                to++;
            }
            Tokens word = of(query, from, to, room);
            if (word.size > 0) {
                words.add(word);
                room -= word.size;
            }
            from = to + 1;
        }
        return words;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static Tokens of(String text, int from, int to, int limit) {
        var tokens = new Tokens(Math.min(to - from, limit) + 8);
        Kind last = Kind.SEPARATOR;
        boolean separated = false;
        int at = from;
        while (at < to && tokens.size < limit) {
            int codePoint = text.codePointAt(at);
            int end = at + Character.charCount(codePoint);
            List<Glyph> glyphs = Characters.of(codePoint);
            if (glyphs.isEmpty() && tokens.size > 0 && tokens.ends[tokens.size - 1] == at) {
                tokens.ends[tokens.size - 1] = end;
            }
            // Nearly always one: an iterator each would be most of what a text costs in memory.
            for (int each = 0; each < glyphs.size(); each++) {
                Glyph glyph = glyphs.get(each);
                if (glyph.kind() == Kind.SEPARATOR) {
                    separated = true;
                    continue;
                }
                boolean run = glyph.kind() == Kind.LETTER || glyph.kind() == Kind.DIGIT;
                if (separated && run && glyph.kind() == last) {
                    tokens.add(BOUNDARY, at, at);
                }
                tokens.add(glyph.codePoint(), at, end);
                last = glyph.kind();
                separated = false;
            }
            at = end;
        }
        return tokens;
    }

    private void add(int codePoint, int start, int end) {
        if (size == codePoints.length) {
            int capacity = size + (size >> 1) + 8;
            codePoints = Arrays.copyOf(codePoints, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        codePoints[size] = codePoint;
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    int size() {
        return size;
    }

    int at(int index) {
        return codePoints[index];
    }

    /** Where the token begins in the source, in chars. */
    int start(int index) {
        return starts[index];
    }

    /** Where the token ends in the source, in chars, exclusive. */
    int end(int index) {
        return ends[index];
    }

    /** Where the other tokens stand in these, from an index on; −1 when nowhere. */
    int indexOf(Tokens other, int from) {
        for (int at = from; at + other.size <= size; at++) {
            if (Arrays.equals(codePoints, at, at + other.size, other.codePoints, 0, other.size)) {
                return at;
            }
        }
        return -1;
    }

    /** Each different token once, in order of code point. */
    int[] distinct() {
        return Arrays.stream(codePoints, 0, size)
                .filter(each -> each != BOUNDARY)
                .sorted()
                .distinct()
                .toArray();
    }

    @Override
    public String toString() {
        return new String(codePoints, 0, size);
    }
}
