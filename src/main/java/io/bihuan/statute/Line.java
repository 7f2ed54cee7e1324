package io.bihuan.statute;

import java.util.List;

/**
 * One step of a reasoning.
 *
 * @param key of the sentence, behind {@code statute.line.}
 * @param arguments dates, whole numbers, money, labels and constants
 */
public record Line(String key, List<Object> arguments) {
    public Line {
        arguments = List.copyOf(arguments);
    }
}
