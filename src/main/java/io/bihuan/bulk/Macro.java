package io.bihuan.bulk;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is often done together. One that has a message only is a template for answers.
 *
 * @param department for whose people it is; null: for all
 */
public record Macro(
        UUID id,
        String name,
        @Nullable String department,
        Parts parts,
        @Nullable Instant retiredAt) {
    /** What it does; at least one of them. */
    public record Parts(
            @Nullable String note,
            @Nullable TaskPart task,
            @Nullable MessagePart message) {
        /** Whether it does nothing but answer. */
        public boolean onlyAnswers() {
            return note == null && task == null && message != null;
        }
    }
}
