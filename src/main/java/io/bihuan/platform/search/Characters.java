package io.bihuan.platform.search;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What one character of a text means to search: full width, case, accents and traditional forms are folded away. Each code
 * point is folded by itself, without its neighbours, so that every window of a text folds to a window of the folded text.
 */
final class Characters {
    enum Kind {
        /** Written without spaces: Han, kana, bopomofo. */
        IDEOGRAPH,
        LETTER,
        DIGIT,
        /** Emoji and private-use characters (old Chinese encodings put rare names there): tokens, so that they are found. */
        SYMBOL,
        /** Punctuation, space, currency, controls: no token, but two letter runs do not grow together across it. */
        SEPARATOR
    }

    record Glyph(int codePoint, Kind kind) {}

    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFDInstance();
    private static final int BASIC = 0x10000;
    private static final AtomicReferenceArray<List<Glyph>> KNOWN = new AtomicReferenceArray<>(BASIC);

    /** Loading its rules takes a while: only when the first Han character is seen. */
    private static final class Simplification {
        private static final Transliterator RULES = Transliterator.getInstance("Traditional-Simplified");

        private static synchronized int of(int codePoint) {
            String simplified = RULES.transliterate(Character.toString(codePoint));
            return simplified.codePointCount(0, simplified.length()) == 1 ? simplified.codePointAt(0) : codePoint;
        }
    }

    private Characters() {}

    /** Nothing for characters that only decorate others (accents, joiners, variation selectors), several for ㎡ or ﬁ. */
    static List<Glyph> of(int codePoint) {
        if (codePoint >= BASIC) {
            return folded(codePoint);
        }
        List<Glyph> known = KNOWN.getAcquire(codePoint);
        if (known == null) {
            known = folded(codePoint);
            KNOWN.setRelease(codePoint, known);
        }
        return known;
    }

    private static List<Glyph> folded(int codePoint) {
        if (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)) {
            return List.of(new Glyph(codePoint, Kind.SEPARATOR));
        }
        String folded = DECOMPOSE.normalize(FOLD.normalize(Character.toString(codePoint)));
        var glyphs = new ArrayList<Glyph>(1);
        folded.codePoints().filter(each -> !isDecoration(each)).forEach(each -> glyphs.add(glyph(each)));
        return List.copyOf(glyphs);
    }

    private static Glyph glyph(int codePoint) {
        Kind kind = kind(codePoint);
        boolean han = kind == Kind.IDEOGRAPH && UScript.getScript(codePoint) == UScript.HAN;
        return new Glyph(han ? Simplification.of(codePoint) : codePoint, kind);
    }

    private static boolean isDecoration(int codePoint) {
        int type = UCharacter.getType(codePoint);
        int script = UScript.getScript(codePoint);
        boolean accent = type == UCharacter.NON_SPACING_MARK || type == UCharacter.ENCLOSING_MARK;
        return type == UCharacter.FORMAT || (accent && (script == UScript.INHERITED || script == UScript.COMMON));
    }

    private static Kind kind(int codePoint) {
        if (UScript.getScript(codePoint) == UScript.HAN) {
            return Kind.IDEOGRAPH;
        }
        return switch (UCharacter.getType(codePoint)) {
            case UCharacter.DECIMAL_DIGIT_NUMBER, UCharacter.OTHER_NUMBER, UCharacter.LETTER_NUMBER -> Kind.DIGIT;
            case UCharacter.UPPERCASE_LETTER,
                    UCharacter.LOWERCASE_LETTER,
                    UCharacter.TITLECASE_LETTER,
                    UCharacter.MODIFIER_LETTER,
                    UCharacter.OTHER_LETTER,
                    UCharacter.NON_SPACING_MARK,
                    UCharacter.COMBINING_SPACING_MARK,
                    UCharacter.ENCLOSING_MARK -> isUnspaced(codePoint) ? Kind.IDEOGRAPH : Kind.LETTER;
            case UCharacter.PRIVATE_USE, UCharacter.UNASSIGNED -> Kind.SYMBOL;
            default ->
                UCharacter.hasBinaryProperty(codePoint, UProperty.EXTENDED_PICTOGRAPHIC) ? Kind.SYMBOL : Kind.SEPARATOR;
        };
    }

    private static boolean isUnspaced(int codePoint) {
        return UScript.hasScript(codePoint, UScript.HIRAGANA)
                || UScript.hasScript(codePoint, UScript.KATAKANA)
                || UScript.hasScript(codePoint, UScript.BOPOMOFO);
    }
}
