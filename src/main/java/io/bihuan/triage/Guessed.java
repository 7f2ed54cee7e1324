package io.bihuan.triage;

import io.bihuan.pack.Category;
import java.util.List;

/**
 * A category that a text may be about.
 *
 * @param words what speaks for it, as the pack writes it
 */
public record Guessed(Category category, List<String> words) {
    public Guessed {
        words = List.copyOf(words);
    }
}
