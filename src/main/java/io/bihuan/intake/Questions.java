package io.bihuan.intake;

import io.bihuan.pack.FieldError;
import io.bihuan.pack.FormField;
import io.bihuan.pack.FormFields;
import io.bihuan.pack.FormSetting;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The questions of a pack's form as they are to be asked after the answers given so far. */
public record Questions(FormFields form, FormSetting setting, Map<String, String> answers, Texts t) {
    public Questions(Pack pack, FormSetting setting, Map<String, String> answers, Texts t) {
        this(pack.form(), setting, answers, t);
    }

    /**
     * All of them, in the order of the form.
     *
     * @param name under which a form sends the answer to a key
     * @param id of the field of a key
     */
    public List<Question> all(UnaryOperator<String> name, UnaryOperator<String> id) {
        Set<String> watched = form.watched();
        return form.all().stream()
                .map(field -> question(field, name.apply(field.key()), id.apply(field.key()), watched))
                .toList();
    }

    /** What is to be said about the answer to one question. */
    public Note note(String key) {
        String answer = answers.getOrDefault(key, "");
        if (answer.isBlank()) {
            return Note.NONE;
        }
        return form.find(key)
                .flatMap(field -> field.error(answer, setting.today())
                        .map(error -> new Note(text(error), true))
                        .or(() -> field.warning(answer, setting.today()).map(doubt -> new Note(text(doubt), false))))
                .orElse(Note.NONE);
    }

    /** A remark beside an answer, empty for none; one that is wrong will be refused, a doubtful one will not. */
    public record Note(String text, boolean isWrong) {
        static final Note NONE = new Note("", false);
    }

    private Question question(FormField field, String name, String id, Set<String> watched) {
        String value = answers.getOrDefault(field.key(), "");
        return new Question(
                name,
                id,
                field.label().in(t.locale()),
                field.type(),
                hint(field),
                placeholder(field),
                field.maxLength(),
                form.isRequired(field, answers, setting),
                form.isVisible(field, answers, setting),
                field.visibleWhen() != null,
                watched.contains(field.key()),
                options(field),
                field.type() == FormField.Type.FLAG ? field.normal(value) : value,
                note(field.key()));
    }

    private List<Option> options(FormField field) {
        return field.type() == FormField.Type.FLAG
                ? List.of(new Option("true", t.of("pack.flag.true")), new Option("false", t.of("pack.flag.false")))
                : field.options().stream()
                        .map(option -> new Option(option.code(), option.label().in(t.locale())))
                        .toList();
    }

    private @Nullable String hint(FormField field) {
        Label own = field.hint();
        return own == null ? known("intake.hint." + field.type()) : own.in(t.locale());
    }

    private @Nullable String placeholder(FormField field) {
        return known("intake.example." + field.type());
    }

    private @Nullable String known(String key) {
        return t.has(key) ? t.of(key) : null;
    }

    private String text(FieldError error) {
        return t.of(error.messageKey(), error.arguments().toArray());
    }
}
