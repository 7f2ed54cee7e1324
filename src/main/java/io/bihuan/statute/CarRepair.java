package io.bihuan.statute;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One repair of a car, by the times of the repair record.
 *
 * @param out when the car was given back; null while it is in the workshop
 * @param kilometres when it came in
 * @param fault what it was called: the same words mean the same fault
 * @param part what was replaced, in words
 * @param isSafety whether the fault was one of serious safety
 * @param excluded what does not count: transport of parts made for this car and of the traction battery, travel to a rescue
 */
public record CarRepair(
        LocalDateTime in,
        @Nullable LocalDateTime out,
        @Nullable Integer kilometres,
        CarFault kind,
        String fault,
        Replaced replaced,
        Assembly assembly,
        String part,
        boolean isSafety,
        Duration excluded) {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /** Each full 24 hours are a day, and so is what remains (Art. 24 and 40). */
    public int days(LocalDateTime now) {
        var until = out != null ? out : now;
        var seconds = Duration.between(in, until).minus(excluded).toSeconds();
        return seconds <= 0 ? 0 : Math.toIntExact((seconds + DAY - 1) / DAY);
    }

    String sameFault() {
        return folded(fault);
    }

    String samePart() {
        return folded(part);
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
