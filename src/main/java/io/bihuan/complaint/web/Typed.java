package io.bihuan.complaint.web;

import io.bihuan.complaint.SentForm;
import io.bihuan.web.FieldErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into one form of the complaint page and what is wrong with it, so that the page comes again with it.
 *
 * @param deed the form, named as the last part of its address; empty for none
 * @param errors by the id of the field: deed, hyphen, name
 */
public record Typed(String deed, Map<String, String> values, FieldErrors errors) {
    public static final Typed NOTHING = new Typed("", Map.of(), FieldErrors.NONE);

    public Typed {
        values = Map.copyOf(values);
    }

    /** @param fields names of the form's fields */
    static Typed of(String deed, SentForm<?> sent, List<String> fields) {
        var values = new LinkedHashMap<String, String>();
        for (String field : fields) {
            Object value = sent.binding().getFieldValue(field);
            values.put(field, value == null ? "" : value.toString());
        }
        var errors = FieldErrors.NONE;
        for (var error : sent.errors().all().entrySet()) {
            errors = errors.with(error.getKey().isEmpty() ? "" : id(deed, error.getKey()), error.getValue());
        }
        return new Typed(deed, values, errors);
    }

    Typed wrong(String field, String text) {
        return new Typed(deed, values, errors.with(field.isEmpty() ? "" : id(deed, field), text));
    }

    private static String id(String deed, String field) {
        return deed + "-" + field;
    }

    public boolean is(String form) {
        return deed.equals(form);
    }

    public @Nullable String value(String form, String field) {
        return is(form) ? values.get(field) : null;
    }

    public @Nullable String error(String form, String field) {
        return is(form) ? errors.of(id(form, field)) : null;
    }

    /** The texts worth keeping where the form itself is gone. */
    public List<String> texts() {
        return values.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("version"))
                .map(Map.Entry::getValue)
                .filter(value -> value.length() > 1 && !value.matches("[A-Z_]+"))
                .toList();
    }
}
