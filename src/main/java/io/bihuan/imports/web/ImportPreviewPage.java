package io.bihuan.imports.web;

import io.bihuan.imports.ImportRun;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.UUID;

/** A table before it is imported: how it would be read, and its first rows. */
public record ImportPreviewPage(
        ImportRun run,
        ImportForm form,
        List<Option> modes,
        List<Option> businessLines,
        List<Option> charsets,
        List<Option> delimiters,
        List<Option> meanings,
        List<Column> columns,
        List<List<String>> rows,
        FieldErrors errors) {
    /**
     * A column as it is shown.
     *
     * @param name what stands above it, or which one it is
     * @param meaning what the form sends
     * @param example the first cell in which something stands; empty when there is none
     */
    public record Column(String name, String meaning, String example) {}

    public UUID id() {
        return run.id();
    }
}
