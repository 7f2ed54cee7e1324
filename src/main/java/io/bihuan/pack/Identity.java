package io.bihuan.pack;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a pack says of itself beside its content. */
record Identity(
        String edition,
        boolean isAbstract,
        @Nullable String base,
        @Nullable LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo) {
    static boolean isAbstract(Pack pack) {
        return false;
    }

    static Identity of(Pack pack, PackFolder folder) {
        return new Identity(
                String.valueOf(pack.version()), false, Bases.of(folder).orElse(null), null, null);
    }
}
