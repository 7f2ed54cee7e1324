package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.privacy.Mask;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FormFieldsTests {
    private static final Label LABEL = new Label("项", "Item");
    private static final FormSetting SETTING =
            new FormSetting(Kind.COMPLAINT, null, Set.of(), LocalDate.of(2026, 11, 22));

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
        assertThat(validated(Map.of(
                        "type", "fridge",
                        "model", "BCD-258 冰箱",
                        "serial", "A1B2-003",
                        "boughtOn", "2026-02-28",
                        "paid", "199.50",
                        "phone", "+86 138 0013 8000")))
                .isEmpty();
        assertThat(validated(Map.of("type", " fridge ", "model", "", "serial", "  ")))
                .isEmpty();
    }

    @Test
    void everyWrongAnswerIsNamedOnceInTheOrderOfTheForm() {
        assertThat(validated(Map.of(
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
        assertThat(validated(Map.of("type", " \t")))
                .containsExactly(new FieldError("type", "pack.field.required", List.of()));
    }

    @Test
    void lengthCountsCharactersAndNotHalves() {
        assertThat(validated(Map.of("type", "fridge", "model", "😀".repeat(10))))
                .isEmpty();
        assertThat(validated(Map.of("type", "fridge", "model", "😀".repeat(11))))
                .containsExactly(new FieldError("model", "pack.field.tooLong", List.of(10)));
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        for (var text : List.of("a\0b", "\ud800", "x\u001b[0m")) {
            assertThat(validated(Map.of("type", "fridge", "model", text)))
                    .extracting(FieldError::messageKey)
                    .containsExactly("pack.field.strangeCharacters");
        }
    }

    // ---- kinds of numbers ----

    private final FormFields numbers = new FormFields(List.of(
            field("vin", FormField.Type.VIN),
            field("plate", FormField.Type.PLATE),
            field("company", FormField.Type.CREDIT_CODE),
            field("idCard", FormField.Type.ID_CARD),
            field("card", FormField.Type.BANK_CARD),
            field("paid", FormField.Type.MONEY),
            field("mail", FormField.Type.EMAIL),
            field("injured", FormField.Type.FLAG),
            field("call", FormField.Type.PHONE)));

    @Test
    void numbersAreStoredInOneWriting() {
        assertThat(List.of(
                        normal("vin", " 1m8gdm9axkp042788 "),
                        normal("plate", "京·a12345"),
                        normal("idCard", "11010519491231002ｘ"),
                        normal("card", "4111 1111 1111 1111"),
                        normal("paid", "￥1,299.50元"),
                        normal("injured", "是"),
                        normal("injured", "No"),
                        normal("call", "010-62345678"),
                        normal("call", "12315")))
                .containsExactly(
                        "1M8GDM9AXKP042788",
                        "京A12345",
                        "11010519491231002X",
                        "4111111111111111",
                        "1299.50",
                        "true",
                        "false",
                        "+861062345678",
                        "12315");
        assertThat(normal("idCard", "1101 0519"))
                .as("what is wrong stays as it was typed")
                .isEqualTo("11010519");
    }

    @Test
    void aWrongNumberIsNamedWithWhatIsWrong() {
        assertThat(numbers.validate(
                        Map.of(
                                "vin", "1M8GDM9AXKP04278",
                                "plate", "A12345",
                                "company", "1",
                                "idCard", "110105194912310021",
                                "card", "4111111111111112",
                                "paid", "12.345",
                                "mail", "zhang@",
                                "injured", "perhaps",
                                "call", "call me"),
                        SETTING))
                .extracting(FieldError::messageKey)
                .containsExactly(
                        "pack.field.VIN.LENGTH",
                        "pack.field.PLATE.SHAPE",
                        "pack.field.CREDIT_CODE.LENGTH",
                        "pack.field.ID_CARD.CHECK_DIGIT",
                        "pack.field.BANK_CARD.CHECK_DIGIT",
                        "pack.field.notMoney",
                        "pack.field.notAnEmail",
                        "pack.field.notAFlag",
                        "pack.field.notAPhone");
    }

    @Test
    void aDoubtfulNumberIsTakenIn() {
        var doubtful = Map.of("vin", "1M8GDM9A0KP042788", "company", "91350100M000100Y44", "idCard", "123456789");
        assertThat(numbers.validate(doubtful, SETTING)).isEmpty();
        assertThat(numbers.warnings(doubtful, SETTING))
                .extracting(FieldError::key, FieldError::messageKey)
                .containsExactly(
                        tuple("vin", "pack.field.VIN.CHECK_DIGIT"),
                        tuple("company", "pack.field.CREDIT_CODE.CHECK_DIGIT"),
                        tuple("idCard", "pack.field.ID_CARD.OTHER_SYSTEM"));
    }

    @Test
    void everyFlawHasItsWords() throws IOException {
        for (var language : List.of("zh_CN", "en")) {
            var texts = new Properties();
            try (var file = getClass().getResourceAsStream("/messages/pack_" + language + ".properties")) {
                texts.load(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
            }
            for (var typed : List.of(
                    "1",
                    "12345678",
                    "123456789",
                    "1M8GDM9AXKP04278",
                    "1M8GDM9AXKPO42788",
                    "1M8GDM9A0KP042788",
                    "车",
                    "110105194912310021",
                    "16010519491231002X",
                    "11010519491331002X",
                    "WJ京1234X",
                    "4111111111111112",
                    "91350100M000100Y44",
                    "91350100M000100YI3")) {
                for (var field : numbers.all()) {
                    var said = new ArrayList<FieldError>();
                    field.error(typed, SETTING.today()).ifPresent(said::add);
                    field.warning(typed, SETTING.today()).ifPresent(said::add);
                    said.forEach(error -> assertThat(texts).containsKey(error.messageKey()));
                }
            }
        }
    }

    // ---- what is asked ----

    private static final Pack CARS = SmallPack.load("");

    private final FormFields conditional = new FormFields(List.of(
            field("injured", FormField.Type.FLAG),
            new FormField(
                    "hospital",
                    LABEL,
                    FormField.Type.TEXT,
                    true,
                    40,
                    List.of(),
                    null,
                    null,
                    Expression.parse("injured = true"),
                    Mask.NONE),
            new FormField(
                    "doctor",
                    LABEL,
                    FormField.Type.TEXT,
                    false,
                    40,
                    List.of(),
                    null,
                    null,
                    Expression.parse("hospital = 'first'"),
                    Mask.NONE),
            field("paid", FormField.Type.MONEY),
            new FormField(
                    "invoice",
                    LABEL,
                    FormField.Type.TEXT,
                    false,
                    40,
                    List.of(),
                    null,
                    Expression.parse("paid >= 1000 or category = 'goods'"),
                    null,
                    Mask.NONE)));

    @Test
    void whatIsNotAskedNeedNoAnswer() {
        assertThat(conditional.validate(Map.of(), SETTING)).isEmpty();
        assertThat(conditional.validate(Map.of("injured", "false"), SETTING)).isEmpty();
        assertThat(conditional.validate(Map.of("injured", "true"), SETTING))
                .containsExactly(new FieldError("hospital", "pack.field.required", List.of()));
        assertThat(conditional.validate(Map.of("injured", "true", "hospital", "first"), SETTING))
                .isEmpty();
    }

    @Test
    void theAnswerToAQuestionThatIsNotAskedDoesNotCount() {
        var doctor = conditional.find("doctor").orElseThrow();
        assertThat(conditional.isVisible(doctor, Map.of("injured", "是", "hospital", "first"), SETTING))
                .isTrue();
        assertThat(conditional.isVisible(doctor, Map.of("injured", "否", "hospital", "first"), SETTING))
                .isFalse();
    }

    @Test
    void anAnswerIsRequiredWhereItsConditionHolds() {
        assertThat(conditional.validate(Map.of("paid", "999.99"), SETTING)).isEmpty();
        assertThat(conditional.validate(Map.of("paid", "￥1,000"), SETTING))
                .extracting(FieldError::key)
                .containsExactly("invoice");
        var aboutGoods = FormSetting.of(CARS, Kind.COMPLAINT, null, "goods", SETTING.today());
        assertThat(conditional.validate(Map.of(), aboutGoods))
                .extracting(FieldError::key)
                .containsExactly("invoice");
    }

    @Test
    void theFormKnowsWhatDecidesAboutItsQuestions() {
        assertThat(conditional.watched()).containsExactlyInAnyOrder("injured", "hospital", "paid", "category");
    }

    @Test
    void aPackStatesKindsConditionsAndMasks() {
        var form = SmallPack.load("").form();
        assertThat(form.find("size").orElseThrow().maskedAs()).isEqualTo(Mask.NONE);
        assertThat(FormField.Type.VIN.usualMask()).isEqualTo(Mask.VIN);
        assertThat(FormField.Type.ID_CARD.usualMask()).isEqualTo(Mask.ID_CARD);
    }

    private String normal(String key, String typed) {
        return numbers.find(key).orElseThrow().normal(typed);
    }

    private List<FieldError> validated(Map<String, String> values) {
        return form.validate(values, SETTING);
    }

    private static FormField field(String key, FormField.Type type) {
        return new FormField(key, LABEL, type, false, type == FormField.Type.TEXT ? 10 : 40, List.of(), null);
    }
}
