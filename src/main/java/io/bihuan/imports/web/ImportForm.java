package io.bihuan.imports.web;

import io.bihuan.imports.ImportColumn;
import io.bihuan.imports.ImportRun;
import io.bihuan.imports.Imports;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a table to be read.
 *
 * @param delimiter the code point of the character
 * @param columns the meaning of each column, as {@link ImportColumn#value} gives it
 */
public record ImportForm(
        @NotBlank @Size(max = ImportRun.LONGEST_SOURCE) @Nullable
        String source,

        ImportRun.@Nullable Kind kind,
        ImportRun.@Nullable Mode mode,
        @Size(max = 64) @Nullable String businessLine,
        @Size(max = 40) @Nullable String charset,
        @Nullable Integer delimiter,
        @Size(max = 200) @Nullable String sheet,
        @Nullable List<String> columns) {
    public ImportForm {
        source = source == null ? "" : source.strip();
        kind = kind == null ? ImportRun.Kind.COMPLAINTS : kind;
        mode = mode == null ? ImportRun.Mode.LIVE : mode;
        businessLine = businessLine == null ? "" : businessLine;
        charset = charset == null ? "" : charset;
        columns = columns == null ? List.of() : List.copyOf(columns);
    }

    static ImportForm of(ImportRun run) {
        var settings = run.settings();
        return new ImportForm(
                run.source(),
                settings.kind(),
                settings.mode(),
                settings.businessLine(),
                settings.charset(),
                (int) settings.delimiter(),
                settings.reading().sheet(),
                settings.columns().stream().map(ImportColumn::value).toList());
    }

    Imports.Change change() {
        return new Imports.Change(
                String.valueOf(source),
                Objects.requireNonNull(kind),
                Objects.requireNonNull(mode),
                String.valueOf(businessLine),
                String.valueOf(charset),
                delimiterText(),
                sheet,
                Objects.requireNonNull(columns));
    }

    /** Whether it asks for other columns than that one. */
    boolean isOtherTableThan(ImportForm other) {
        boolean isOtherText = !Objects.equals(charset, other.charset) || !Objects.equals(delimiter, other.delimiter);
        return kind != other.kind || (other.sheet == null ? isOtherText : !other.sheet.equals(sheet));
    }

    private String delimiterText() {
        return delimiter == null || delimiter < 0 || delimiter > Character.MAX_VALUE
                ? ""
                : String.valueOf((char) delimiter.intValue());
    }
}
