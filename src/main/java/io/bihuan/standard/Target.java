package io.bihuan.standard;

import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The goal of a figure; of the two percentages at most one is given.
 *
 * @param name the figure's code
 */
public record Target(
        String name,
        Label label,
        @Nullable BigDecimal atLeast,
        @Nullable BigDecimal atMost,
        @Nullable Within within,
        @Nullable Source source) {}
