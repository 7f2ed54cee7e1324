package io.bihuan.identity;

import org.jspecify.annotations.Nullable;

/**
 * Which complaints somebody may see: all, or those of one department; neither means none.
 *
 * @param department its code in the pack
 */
public record Reach(boolean all, @Nullable String department) {
    public static final Reach ALL = new Reach(true, null);

    public static Reach of(@Nullable String department) {
        return new Reach(false, department);
    }
}
