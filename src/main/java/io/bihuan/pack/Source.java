package io.bihuan.pack;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule of a pack comes from: a law, or the words of a company.
 *
 * @param title of the law, or the whole text
 * @param article {@code 第二十四条}; null for a plain text
 * @param from since when the law holds; null for a plain text
 * @param to the last day on which it holds, null while no end is known
 * @param confirmed false where nobody has checked it against the law's own text
 */
public record Source(
        Label title,
        @Nullable String article,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        boolean confirmed) {
    /** A source that is no law, in one language. */
    public static Source text(String text) {
        return text(new Label(text, text));
    }

    /** The same in both. */
    public static Source text(Label text) {
        return new Source(text, null, null, null, true);
    }

    /** Whether this names a law by its article, not only in words. */
    public boolean namesLaw() {
        return article != null;
    }
}
