package io.bihuan.clock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a clock runs on; the kind ({@code complaint}) names its owner, of which this module knows nothing more than by what its clocks
 * are listed and counted.
 *
 * @param caseKind what kind of case it is: {@code INQUIRY}
 * @param department who handles it; null as long as nobody does
 */
public record Subject(
        String kind,
        UUID id,
        @Nullable String caseKind,
        @Nullable String department) {
    public Subject(String kind, UUID id) {
        this(kind, id, null, null);
    }
}
