package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormFieldsTests {
    private static final Label LABEL = new Label("项", "Item");
    private final FormFields form = new FormFields(List.of(
            new FormField(
                    "type",
                    LABEL,
                    FormField.Type.CHOICE,
                    true,
                    200,
                    List.of(new FormField.Option("fridge", LABEL)),
                    null),
            field("model", FormField.Type.TEXT),
            field("serial", FormField.Type.SERIAL),
            field("boughtOn", FormField.Type.DATE),
            field("paid", FormField.Type.NUMBER),
            field("phone", FormField.Type.PHONE)));

    @Test
    void goodAnswersHaveNoErrors() {
        assertThat(form.validate(Map.of(
                        "type", "fridge",
                        "model", "BCD-258 冰箱",
                        "serial", "A1B2-003",
                        "boughtOn", "2026-02-28",
                        "paid", "199.50",
                        "phone", "+86 138 0013 8000")))
                .isEmpty();
        assertThat(form.validate(Map.of("type", " fridge ", "model", "", "serial", "  ")))
                .isEmpty();
    }

    @Test
    void everyWrongAnswerIsNamedOnceInTheOrderOfTheForm() {
        assertThat(form.validate(Map.of(
                        "type", "car",
                        "model", "一二三四五六七八九十长",
                        "serial", "编号",
                        "boughtOn", "2026-02-30",
                        "paid", "1e9",
                        "phone", "call me",
                        "colour", "red")))
                .extracting(FieldError::key, FieldError::messageKey)
                .containsExactly(
                        tuple("type", "pack.field.notAChoice"),
                        tuple("model", "pack.field.tooLong"),
                        tuple("serial", "pack.field.notASerial"),
                        tuple("boughtOn", "pack.field.notADate"),
                        tuple("paid", "pack.field.notANumber"),
                        tuple("phone", "pack.field.notAPhone"),
                        tuple("colour", "pack.field.unknown"));
    }

    @Test
    void aRequiredFieldMayNotBeBlank() {
        assertThat(form.validate(Map.of("type", " \t")))
                .containsExactly(new FieldError("type", "pack.field.required", List.of()));
    }

    @Test
    void lengthCountsCharactersAndNotHalves() {
        assertThat(form.validate(Map.of("type", "fridge", "model", "😀".repeat(10))))
                .isEmpty();
        assertThat(form.validate(Map.of("type", "fridge", "model", "😀".repeat(11))))
                .containsExactly(new FieldError("model", "pack.field.tooLong", List.of(10)));
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        for (var text : List.of("a\0b", "\ud800", "x\u001b[0m")) {
            assertThat(form.validate(Map.of("type", "fridge", "model", text)))
                    .extracting(FieldError::messageKey)
                    .containsExactly("pack.field.strangeCharacters");
        }
    }

    private static FormField field(String key, FormField.Type type) {
        return new FormField(key, LABEL, type, false, type == FormField.Type.TEXT ? 10 : 40, List.of(), null);
    }
}
