package io.bihuan.teamwork.web;

import io.bihuan.web.FieldErrors;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form that somebody sent and that could not be carried out: it comes back with what was typed. */
public record Filled(String form, WorkForm values, FieldErrors errors) {
    static final Filled NONE = new Filled("", WorkForm.EMPTY, FieldErrors.NONE);

    public boolean is(String which) {
        return form.equals(which);
    }

    /** What was written, longest parts and all: for when its form is there no more. */
    public List<String> texts() {
        return Stream.of(values.title(), values.what(), values.items(), values.text())
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** What was typed in a field of a form; another one's are as they were. */
    public String value(String which, String field, String otherwise) {
        return is(which) ? values.values().getOrDefault(field, otherwise) : otherwise;
    }

    public @Nullable String error(String which, String field) {
        return is(which) ? errors.of(field) : null;
    }
}
