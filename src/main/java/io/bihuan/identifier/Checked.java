package io.bihuan.identifier;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a number that somebody typed.
 *
 * @param value as it is stored and compared; what was typed where it cannot be read
 * @param flaw what is wrong or doubtful; null when nothing is
 */
public record Checked(String value, Grade grade, @Nullable Flaw flaw) {
    /** How much is wrong. */
    public enum Grade {
        VALID,
        /** Exceptions of this kind exist: somebody should look, nobody is turned away. */
        WARNING,
        WRONG
    }

    /** What is wrong or doubtful. */
    public enum Flaw {
        LENGTH,
        CHARACTERS,
        CHECK_DIGIT,
        DATE,
        REGION,
        SHAPE,
        /** It may be a number of another system, which nobody can check. */
        OTHER_SYSTEM
    }

    static Checked valid(String value) {
        return new Checked(value, Grade.VALID, null);
    }

    static Checked warning(String value, Flaw flaw) {
        return new Checked(value, Grade.WARNING, flaw);
    }

    static Checked wrong(String value, Flaw flaw) {
        return new Checked(value, Grade.WRONG, flaw);
    }

    public boolean isWrong() {
        return grade == Grade.WRONG;
    }
}
