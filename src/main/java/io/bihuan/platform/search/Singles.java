package io.bihuan.platform.search;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Each different token of texts once: what a query of one character looks up. */
final class Singles extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final int[] tokens;
    private int index;

    Singles(List<Tokens> texts) {
        tokens = texts.stream()
                .flatMapToInt(text -> IntStream.of(text.distinct()))
                .distinct()
                .toArray();
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        if (index == tokens.length) {
            return false;
        }
        term.append(Character.toString(tokens[index++]));
        return true;
    }

    @Override
    public void reset() {
        index = 0;
    }
}
