package io.bihuan.correspondence;

import io.bihuan.message.Way;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said to the customer.
 *
 * @param notice when it is told by this
 * @param occasion what it is about: of one occasion and purpose the customer is told once
 * @param language null: the customer's, as far as it is known
 * @param letter the name of the pack's letter; null: the one that fits
 * @param way the way to try first; null: as the customer wants it
 * @param values in the places of the letter, instead of what the complaint gives
 * @param words instead of a letter; null: the letter
 */
public record Saying(
        Purpose purpose,
        @Nullable Notice notice,
        UUID occasion,
        @Nullable Locale language,
        @Nullable String letter,
        @Nullable Way way,
        Map<Placeholder, String> values,
        @Nullable String words) {
    public Saying {
        values = Map.copyOf(values);
    }

    /** In the words of the pack's letter that fits. */
    public static Saying letter(Purpose purpose, UUID occasion, Map<Placeholder, String> values) {
        return new Saying(purpose, null, occasion, null, null, null, values, null);
    }

    static Saying words(Purpose purpose, UUID occasion, String words) {
        return new Saying(purpose, null, occasion, null, null, null, Map.of(), words);
    }
}
