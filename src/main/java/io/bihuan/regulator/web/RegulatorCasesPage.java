package io.bihuan.regulator.web;

import io.bihuan.regulator.RegulatorCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of cases.
 *
 * @param isOpen whether only those are shown that wait for an answer
 * @param from first day of the file to be exported, {@code until} the last one
 */
public record RegulatorCasesPage(
        List<RegulatorCase> rows,
        boolean isOpen,
        @Nullable String first,
        @Nullable String next,
        String from,
        String until) {}
