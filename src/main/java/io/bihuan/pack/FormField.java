package io.bihuan.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One question of a pack's form about the product or order.
 *
 * @param key the name under which the value is stored
 * @param maxLength in characters (code points)
 * @param options what can be chosen, for {@link Type#CHOICE} only
 */
public record FormField(
        String key,
        Label label,
        Type type,
        boolean required,
        int maxLength,
        List<Option> options,
        @Nullable Label hint) {
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{3,24}");
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,4})?");

    /** How a value is written: dates as 2026-03-15, choices as the option's code. */
    public enum Type {
        TEXT,
        DATE,
        NUMBER,
        PHONE,
        SERIAL,
        CHOICE;

        /** How expressions compare such an answer. */
        Expression.Type compared() {
            return switch (this) {
                case TEXT, PHONE, SERIAL -> Expression.Type.TEXT;
                case CHOICE -> Expression.Type.WORD;
                case NUMBER -> Expression.Type.NUMBER;
                case DATE -> Expression.Type.DATE;
            };
        }
    }

    public record Option(String code, Label label) {}

    public Optional<Option> option(String code) {
        return options.stream().filter(option -> option.code().equals(code)).findFirst();
    }

    /** An answer as {@link Expression.Facts} give it; null when it is none. */
    @Nullable
    Object typed(String value) {
        if (value.isBlank()) {
            return null;
        }
        var answer = value.strip();
        return switch (type.compared()) {
            case NUMBER -> NUMBER.matcher(answer).matches() ? new BigDecimal(answer) : null;
            case DATE -> isDate(answer) ? LocalDate.parse(answer) : null;
            case FLAG -> Boolean.valueOf(answer);
            case TEXT, WORD, CATEGORY, SEVERITY -> answer;
        };
    }

    /** What is wrong with a value that is not blank. */
    Optional<FieldError> check(String value) {
        if (value.chars().anyMatch(FormField::isNoText) || hasLoneSurrogate(value)) {
            return Optional.of(FieldError.of(key, "pack.field.strangeCharacters"));
        }
        if (value.codePointCount(0, value.length()) > maxLength) {
            return Optional.of(FieldError.of(key, "pack.field.tooLong", maxLength));
        }
        return switch (type) {
            case TEXT -> Optional.empty();
            case DATE -> isDate(value) ? Optional.empty() : Optional.of(FieldError.of(key, "pack.field.notADate"));
            case NUMBER -> wrongUnless(NUMBER, value, "pack.field.notANumber");
            case PHONE -> wrongUnless(PHONE, value, "pack.field.notAPhone");
            case SERIAL -> wrongUnless(SERIAL, value, "pack.field.notASerial");
            case CHOICE ->
                option(value).isPresent() ? Optional.empty() : Optional.of(FieldError.of(key, "pack.field.notAChoice"));
        };
    }

    private Optional<FieldError> wrongUnless(Pattern pattern, String value, String messageKey) {
        return pattern.matcher(value).matches() ? Optional.empty() : Optional.of(FieldError.of(key, messageKey));
    }

    private static boolean isDate(String value) {
        try {
            var year = LocalDate.parse(value).getYear();
            return year >= 1900 && year <= 2200;
        } catch (DateTimeParseException wrong) {
            return false;
        }
    }

    private static boolean isNoText(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
    }

    /** Half a character: it cannot be stored as UTF-8. */
    private static boolean hasLoneSurrogate(String value) {
        return value.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
