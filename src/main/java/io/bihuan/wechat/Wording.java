package io.bihuan.wechat;

import io.bihuan.web.Bundles;
import io.bihuan.web.Phrase;
import io.bihuan.web.Texts;
import io.bihuan.wechat.Said.Word;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The words of the conversation: it speaks Chinese, and understands the words of both languages. */
@Component
class Wording {
    /** Bytes of a text that the platform takes. */
    static final int LONGEST = 2_000;

    private final Bundles bundles;
    private final Map<String, Word> words = new HashMap<>();

    Wording(Bundles bundles) {
        this.bundles = bundles;
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            Texts t = bundles.in(locale);
            for (Word word : Word.values()) {
                for (String each : t.of(word).split("\\|", -1)) {
                    words.put(normal(each), word);
                }
            }
        }
    }

    Texts texts() {
        return bundles.in(Locale.SIMPLIFIED_CHINESE);
    }

    /** How the account itself writes a word. */
    String first(Word word) {
        return texts().of(word).split("\\|", -1)[0];
    }

    /** What a text of one word asks for. */
    @Nullable
    Word word(String text) {
        return words.get(normal(text));
    }

    /** What a button of the menu asks for: its key is the name of a word. */
    static @Nullable Word button(String key) {
        for (Word word : Word.values()) {
            if (word.name().equalsIgnoreCase(key)) {
                return word;
            }
        }
        return null;
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .strip()
                .replaceFirst("[。.!！?？~～]+$", "")
                .toLowerCase(Locale.ROOT);
    }

    /** All replies as one message. */
    String said(List<Phrase> replies) {
        Texts t = texts();
        return cut(String.join("\n\n", replies.stream().map(t::of).toList()));
    }

    /** As much of it as the platform takes, between characters. */
    static String cut(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return text;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes + size > LONGEST - 3) {
                break;
            }
            bytes += size;
            end += Character.charCount(point);
        }
        return text.substring(0, end) + "…";
    }
}
