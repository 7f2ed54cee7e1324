package io.bihuan.platform.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;

/**
 * The terms of texts in the index: at each position the two tokens that begin there and, within letters and digits, the three
 * (pairs of them are too common to lead a search). A phrase is covered by few of these terms at exact distances, which is
 * exact for any stretch of two tokens or more. One position lies empty between two texts, so that no phrase spans them.
 */
final class Grams extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final List<Tokens> texts;
    private int text;
    private int index;
    private boolean triple;

    Grams(List<Tokens> texts) {
        this.texts = texts.stream().filter(each -> each.size() >= 2).toList();
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        if (text == texts.size()) {
            return false;
        }
        Tokens tokens = texts.get(text);
        boolean first = index == 0 && text > 0;
        increment.setPositionIncrement(triple ? 0 : first ? 3 : 1);
        int length = triple ? 3 : 2;
        for (int at = index; at < index + length; at++) {
            append(tokens.at(at));
        }
        triple = !triple && isTriple(tokens, index);
        if (!triple && ++index + 2 > tokens.size()) {
            text++;
            index = 0;
        }
        return true;
    }

    private void append(int codePoint) {
        if (Character.isBmpCodePoint(codePoint)) {
            term.append((char) codePoint);
        } else {
            term.append(Character.highSurrogate(codePoint)).append(Character.lowSurrogate(codePoint));
        }
    }

    @Override
    public void reset() {
        text = 0;
        index = 0;
        triple = false;
    }

    /** Finds the documents in whose texts these tokens, two or more, stand in a row. */
    static Query phrase(String field, Tokens tokens) {
        var phrase = new PhraseQuery.Builder();
        int size = tokens.size();
        int covered = 0;
        while (covered < size) {
            int left = size - covered;
            int at = left == 1 ? size - 2 : covered;
            if (left < 3 && isTriple(tokens, size - 3)) {
                at = size - 3;
            }
            int length = isTriple(tokens, at) ? 3 : 2;
            phrase.add(new Term(field, gram(tokens, at, length)), at);
            covered = at + length;
        }
        return phrase.build();
    }

    /** Each different pair of tokens that stand side by side. */
    static Set<String> pairs(Tokens tokens) {
        var pairs = new LinkedHashSet<String>();
        for (int at = 0; at + 2 <= tokens.size(); at++) {
            pairs.add(gram(tokens, at, 2));
        }
        return pairs;
    }

    private static String gram(Tokens tokens, int from, int length) {
        var gram = new StringBuilder();
        for (int at = from; at < from + length; at++) {
            gram.appendCodePoint(tokens.at(at));
        }
        return gram.toString();
    }

    private static boolean isTriple(Tokens tokens, int from) {
        return from >= 0
                && from + 3 <= tokens.size()
                && isRun(tokens.at(from))
                && isRun(tokens.at(from + 1))
                && isRun(tokens.at(from + 2));
    }

    /** ASCII is enough: the other alphabets are rare here, and pairs find them too. */
    private static boolean isRun(int codePoint) {
        return (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= '0' && codePoint <= '9');
    }
}
