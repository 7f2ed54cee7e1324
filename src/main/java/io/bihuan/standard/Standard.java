package io.bihuan.standard;

import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is due (处理标准).
 *
 * @param text what is due, its limits, and what is not
 * @param steps the measures in the order in which they are taken
 * @param tell what the customer is told
 */
public record Standard(
        String name,
        Label label,
        Applies applies,
        Label text,
        List<Step> steps,
        Label tell,
        @Nullable Source source) {
    public Standard {
        steps = List.copyOf(steps);
    }

    /**
     * One measure.
     *
     * @param by the department that takes it
     */
    public record Step(Measure measure, String by, Within within, Label text) {}
}
