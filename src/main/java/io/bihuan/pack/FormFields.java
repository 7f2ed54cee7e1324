package io.bihuan.pack;

import io.bihuan.privacy.Mask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The questions about the product or order that a pack's complaint form asks, in order. */
public record FormFields(List<FormField> all) {
    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final int USUAL_LENGTH = 200;
    private static final int LONGEST = 4_000;

    static FormFields read(PackNode node) {
        var fields = new LinkedHashMap<String, FormField>();
        for (var each : node.children()) {
            var field = field(each);
            node.answer(field.key(), field.type().compared(), words(field));
            if (fields.putIfAbsent(field.key(), field) != null && !field.key().isEmpty()) {
                each.problemAt("key", "pack.problem.fieldTwice", field.key());
            }
        }
        return new FormFields(List.copyOf(fields.values()));
    }

    private static @Nullable Set<String> words(FormField field) {
        return field.type() == FormField.Type.CHOICE
                ? field.options().stream().map(FormField.Option::code).collect(Collectors.toSet())
                : null;
    }

    /** An answer of the form as {@link Expression.Facts} give it; null when there is none or the form does not ask for it. */
    public @Nullable Object typed(String key, Map<String, String> answers) {
        for (var field : all) {
            if (field.key().equals(key)) {
                var answer = answers.get(key);
                return answer == null ? null : field.typed(answer);
            }
        }
        return null;
    }

    public Optional<FormField> find(String key) {
        return all.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    // ---- what is asked ----

    /** Whether the field is asked after these answers. */
    public boolean isVisible(FormField field, Map<String, String> answers, FormSetting setting) {
        return isVisible(field, answers, setting, new HashSet<>());
    }

    /** Whether the field is asked and must be answered. */
    public boolean isRequired(FormField field, Map<String, String> answers, FormSetting setting) {
        return (field.required() || holds(field.requiredWhen(), answers, setting, new HashSet<>()))
                && isVisible(field, answers, setting);
    }

    /** The fields, and the words for the case, on which it depends what is asked. */
    public Set<String> watched() {
        return all.stream()
                .flatMap(field ->
                        Stream.of(Optional.ofNullable(field.visibleWhen()), Optional.ofNullable(field.requiredWhen())))
                .flatMap(Optional::stream)
                .flatMap(expression -> expression.fields().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isVisible(FormField field, Map<String, String> answers, FormSetting setting, Set<String> underWay) {
        var condition = field.visibleWhen();
        // Fields that wait for each other are all shown.
        if (condition == null || !underWay.add(field.key())) {
            return true;
        }
        var isVisible = holds(condition, answers, setting, underWay);
        underWay.remove(field.key());
        return isVisible;
    }

    /** The answer to a question that is not asked does not count. */
    private boolean holds(
            @Nullable Expression condition, Map<String, String> answers, FormSetting setting, Set<String> underWay) {
        return condition != null
                && condition.holds(name -> Expression.FORM_WORDS.contains(name)
                        ? setting.of(name)
                        : find(name)
                                .filter(field -> isVisible(field, answers, setting, underWay))
                                .map(field -> typed(name, answers))
                                .orElse(null));
    }

    // ---- what is answered ----

    /** What is wrong with a customer's answers, in the order of the form; an unknown key is an error too. */
    public List<FieldError> validate(Map<String, String> values, FormSetting setting) {
        var errors = new ArrayList<FieldError>();
        for (var field : all) {
            var value = values.getOrDefault(field.key(), "").strip();
            if (!value.isEmpty()) {
                field.error(value, setting.today()).ifPresent(errors::add);
            } else if (isRequired(field, values, setting)) {
                errors.add(FieldError.of(field.key(), "pack.field.required"));
            }
        }
        values.keySet().stream()
                .filter(key -> find(key).isEmpty())
                .sorted()
                .forEach(key -> errors.add(FieldError.of(key, "pack.field.unknown")));
        return errors;
    }

    /** What is doubtful about the answers: nobody is turned away for it, somebody should ask the customer. */
    public List<FieldError> warnings(Map<String, String> values, FormSetting setting) {
        return all.stream()
                .flatMap(field -> field.warning(values.getOrDefault(field.key(), ""), setting.today()).stream())
                .toList();
    }

    // ---- reading ----

    private static FormField field(PackNode node) {
        var key = node.text("key");
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            node.problemAt("key", "pack.problem.fieldKey");
        }
        var type = node.oneOf("type", FormField.Type.class);
        var mask = node.optionalOneOf("maskedAs", Mask.class);
        return new FormField(
                key,
                node.label("name"),
                type,
                node.flag("required"),
                node.number("maxLength", 1, LONGEST, USUAL_LENGTH),
                type == FormField.Type.CHOICE ? options(node) : List.of(),
                node.optionalLabel("hint"),
                node.expression("requiredWhen", Expression.FORM_WORDS),
                node.expression("visibleWhen", Expression.FORM_WORDS),
                mask == null ? type.usualMask() : mask);
    }

    private static List<FormField.Option> options(PackNode node) {
        var options = new LinkedHashMap<String, FormField.Option>();
        for (var each : node.child("options").children()) {
            var option = new FormField.Option(each.text("code"), each.label("name"));
            if (options.putIfAbsent(option.code(), option) != null
                    && !option.code().isEmpty()) {
                each.problemAt("code", "pack.problem.optionTwice", option.code());
            }
        }
        if (options.isEmpty() && node.has("options")) {
            node.problemAt("options", "pack.problem.noOption");
        }
        return List.copyOf(options.values());
    }
}
