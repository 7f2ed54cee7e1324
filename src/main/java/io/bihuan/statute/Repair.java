package io.bihuan.statute;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A repair of an appliance. Both days belong to it.
 *
 * @param out null while it lasts
 */
public record Repair(LocalDate in, @Nullable LocalDate out) {
    LocalDate last(LocalDate day) {
        return out == null ? in.isAfter(day) ? in : day : out;
    }
}
