package io.bihuan.web;

import jakarta.validation.ConstraintViolation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** What is wrong in a form, by field, in the words of the reader; the empty field name stands for the form itself. */
public final class FieldErrors {
    public static final FieldErrors NONE = new FieldErrors(Map.of());
    private static final String UNREADABLE = "typeMismatch";

    private final Map<String, String> texts;

    private FieldErrors(Map<String, String> texts) {
        this.texts = Collections.unmodifiableMap(texts);
    }

    /** Reads what binding and Bean Validation found; the first error of a field counts. */
    public static FieldErrors of(BindingResult result, Texts t) {
        var texts = new LinkedHashMap<String, String>();
        for (ObjectError error : result.getAllErrors()) {
            texts.putIfAbsent(error instanceof FieldError field ? field.getField() : "", text(error, t));
        }
        return new FieldErrors(texts);
    }

    /** These and one more; a field that has an error already keeps it. */
    public FieldErrors with(String field, String text) {
        var more = new LinkedHashMap<>(texts);
        more.putIfAbsent(field, text);
        return new FieldErrors(more);
    }

    /** The error of a field; null if it is fine. */
    public @Nullable String of(String field) {
        return texts.get(field);
    }

    public boolean any() {
        return !texts.isEmpty();
    }

    /** The fields that are wrong, in the order they were found; without the form itself. */
    public List<String> fields() {
        return texts.keySet().stream().filter(field -> !field.isEmpty()).toList();
    }

    public Map<String, String> all() {
        return texts;
    }

    /** Our words for the usual constraints, those of the constraint for all others. */
    static String text(ObjectError error, Texts t) {
        if (UNREADABLE.equals(error.getCode())) {
            return t.of("web.field.unreadable");
        }
        if (!error.contains(ConstraintViolation.class)) {
            String text = error.getDefaultMessage();
            return text != null ? text : t.of("web.field.unreadable");
        }
        var violation = error.unwrap(ConstraintViolation.class);
        boolean stock = violation.getMessageTemplate().startsWith("{jakarta.")
                || violation.getMessageTemplate().startsWith("{org.hibernate.");
        return stock ? text(violation, t) : violation.getMessage();
    }

    /** The text of a violated stock constraint. */
    static String text(ConstraintViolation<?> violation, Texts t) {
        var descriptor = violation.getConstraintDescriptor();
        String name = descriptor.getAnnotation().annotationType().getSimpleName();
        Map<String, Object> attributes = descriptor.getAttributes();
        return switch (name) {
            case "NotBlank", "NotNull", "NotEmpty" -> t.of("web.field.missing");
            case "Size" -> {
                int least = (Integer) attributes.getOrDefault("min", 0);
                int most = (Integer) attributes.getOrDefault("max", Integer.MAX_VALUE);
                yield least > 0 && most < Integer.MAX_VALUE
                        ? t.of("web.field.size", least, most)
                        : least > 0 ? t.of("web.field.short", least) : t.of("web.field.long", most);
            }
            case "Min", "DecimalMin" -> t.of("web.field.least", attributes.getOrDefault("value", ""));
            case "Max", "DecimalMax" -> t.of("web.field.most", attributes.getOrDefault("value", ""));
            case "Email" -> t.of("web.field.email");
            case "Pattern" -> t.of("web.field.pattern");
            default -> violation.getMessage();
        };
    }
}
