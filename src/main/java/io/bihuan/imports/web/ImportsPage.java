package io.bihuan.imports.web;

import io.bihuan.imports.ImportRun;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All imports, the newest first, and where the next one begins.
 *
 * @param first address of the first page; null on it
 * @param next address of the next page; null on the last
 */
public record ImportsPage(
        List<ImportRun> runs,
        List<Option> kinds,
        @Nullable String first,
        @Nullable String next,
        FieldErrors errors) {}
