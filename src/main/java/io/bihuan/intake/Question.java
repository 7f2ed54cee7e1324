package io.bihuan.intake;

import io.bihuan.pack.FormField;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of a pack's form, ready to print.
 *
 * @param name under which a form sends the answer
 * @param id of its field on the page
 * @param placeholder an example; null where none helps
 * @param isRequired whether it must be answered after what is answered so far
 * @param isShown whether it is asked after what is answered so far; without a script it is there all the same
 * @param isDependent whether it is asked in some cases only
 * @param isWatched whether it depends on its answer what else is asked
 * @param note what is to be said about the answer
 */
public record Question(
        String name,
        String id,
        String label,
        FormField.Type type,
        @Nullable String hint,
        @Nullable String placeholder,
        int maxLength,
        boolean isRequired,
        boolean isShown,
        boolean isDependent,
        boolean isWatched,
        List<Option> options,
        String value,
        Questions.Note note) {
    /** The type of the input, for those that are one. */
    public String inputType() {
        return switch (type) {
            case DATE -> "date";
            case PHONE -> "tel";
            case EMAIL -> "email";
            case TEXT, NUMBER, SERIAL, VIN, PLATE, CREDIT_CODE, ID_CARD, BANK_CARD, MONEY, CHOICE, FLAG -> "text";
        };
    }

    /** The keyboard of a phone. */
    public @Nullable String inputMode() {
        return switch (type) {
            case NUMBER, MONEY -> "decimal";
            case BANK_CARD -> "numeric";
            case TEXT, DATE, PHONE, SERIAL, CHOICE, VIN, PLATE, CREDIT_CODE, ID_CARD, EMAIL, FLAG -> null;
        };
    }

    /** How the script helps to write it. */
    public @Nullable String typing() {
        return switch (type) {
            case VIN, PLATE, CREDIT_CODE, ID_CARD -> "capitals";
            case BANK_CARD -> "groups";
            case TEXT, DATE, NUMBER, PHONE, SERIAL, CHOICE, MONEY, EMAIL, FLAG -> null;
        };
    }

    /** Characters that may be typed: groups and prefixes take some more than what is stored. */
    public @Nullable Integer typedLength() {
        return switch (type) {
            case DATE, CHOICE, FLAG -> null;
            case VIN, PLATE, CREDIT_CODE, ID_CARD, BANK_CARD, PHONE, MONEY -> 40;
            case TEXT, NUMBER, SERIAL, EMAIL -> maxLength;
        };
    }

    /** Whether something can be said about the answer as soon as it is written. */
    public boolean isChecked() {
        return switch (type) {
            case TEXT, CHOICE, FLAG, DATE -> false;
            case NUMBER, PHONE, SERIAL, VIN, PLATE, CREDIT_CODE, ID_CARD, BANK_CARD, MONEY, EMAIL -> true;
        };
    }

    /** What must not be kept on a device that others use too. */
    public boolean isSecret() {
        return switch (type) {
            case ID_CARD, BANK_CARD -> true;
            case TEXT, DATE, NUMBER, PHONE, SERIAL, CHOICE, VIN, PLATE, CREDIT_CODE, MONEY, EMAIL, FLAG -> false;
        };
    }
}
