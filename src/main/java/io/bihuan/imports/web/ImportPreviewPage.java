package io.bihuan.imports.web;

import io.bihuan.imports.ImportRun;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table before it is imported: how it would be read, and its first rows.
 *
 * @param sheets to choose from; none in a text file
 * @param remembered from what the settings were proposed; null when they follow from the names of the columns
 */
public record ImportPreviewPage(
        ImportRun run,
        ImportForm form,
        List<Option> kinds,
        List<Option> modes,
        List<Option> businessLines,
        List<Option> charsets,
        List<Option> delimiters,
        List<Option> sheets,
        List<Option> meanings,
        List<Column> columns,
        List<List<String>> rows,
        @Nullable String remembered,
        FieldErrors errors) {
    /**
     * A column as it is shown.
     *
     * @param name what stands above it, or which one it is
     * @param meaning what the form sends
     * @param example the first cell in which something stands; empty when there is none
     */
    public record Column(String name, String meaning, String example) {}

    public boolean isWorkbook() {
        return run.settings().reading().format() == ImportRun.Format.XLSX;
    }

    /** Whether the rows become cases of customers, and not the customers themselves. */
    public boolean isOfCases() {
        return isOfComplaints() || run.settings().kind() == ImportRun.Kind.REGULATOR_CASES;
    }

    public boolean isOfComplaints() {
        return run.settings().kind() == ImportRun.Kind.COMPLAINTS;
    }

    public UUID id() {
        return run.id();
    }
}
