package io.bihuan.statute;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the law says of the facts, so far as they are known. It is for orientation and decides nothing.
 *
 * @param reasons the steps with the facts and days they rest on
 * @param missing the facts without which it cannot be judged
 * @param day the day it was judged for
 * @param until the last day of the time in question
 * @param amount what is due, or what would be
 */
public record Finding(
        Rule rule,
        Verdict verdict,
        List<Line> reasons,
        Set<Input> missing,
        Basis basis,
        LocalDate day,
        @Nullable LocalDate until,
        @Nullable Money amount) {
    public Finding {
        reasons = List.copyOf(reasons);
        missing = Set.copyOf(missing);
    }
}
