package io.bihuan.pack;

import io.bihuan.identifier.BankCard;
import io.bihuan.identifier.Checked;
import io.bihuan.identifier.CreditCode;
import io.bihuan.identifier.IdCard;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identifier.Plate;
import io.bihuan.identifier.Vin;
import io.bihuan.privacy.Mask;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One question of a pack's form about the product or order.
 *
 * @param key the name under which the value is stored
 * @param required whether it must be answered wherever it is asked
 * @param maxLength in characters (code points)
 * @param options what can be chosen, for {@link Type#CHOICE} only
 * @param requiredWhen when it must be answered too; null for never
 * @param visibleWhen when it is asked at all; null for always
 * @param maskedAs how its answer looks to who has no reason to see it
 */
public record FormField(
        String key,
        Label label,
        Type type,
        boolean required,
        int maxLength,
        List<Option> options,
        @Nullable Label hint,
        @Nullable Expression requiredWhen,
        @Nullable Expression visibleWhen,
        Mask maskedAs) {
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,4})?");
    private static final Pattern MONEY = Pattern.compile("\\d{1,12}(\\.\\d{1,2})?");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");
    private static final Set<String> YES = Set.of("true", "yes", "y", "1", "是", "有");
    private static final Set<String> NO = Set.of("false", "no", "n", "0", "否", "无", "没有");

    /** How a value is written: dates as 2026-03-15, choices as the option's code, yes and no as true and false. */
    public enum Type {
        TEXT,
        DATE,
        NUMBER,
        PHONE,
        SERIAL,
        CHOICE,
        VIN,
        PLATE,
        CREDIT_CODE,
        ID_CARD,
        BANK_CARD,
        /** Yuan with at most two decimals. */
        MONEY,
        EMAIL,
        FLAG;

        /** How expressions compare such an answer. */
        Expression.Type compared() {
            return switch (this) {
                case TEXT, PHONE, SERIAL, VIN, PLATE, CREDIT_CODE, ID_CARD, BANK_CARD, EMAIL -> Expression.Type.TEXT;
                case CHOICE -> Expression.Type.WORD;
                case NUMBER, MONEY -> Expression.Type.NUMBER;
                case DATE -> Expression.Type.DATE;
                case FLAG -> Expression.Type.FLAG;
            };
        }

        Mask usualMask() {
            return switch (this) {
                case PHONE -> Mask.PHONE;
                case EMAIL -> Mask.EMAIL;
                case ID_CARD -> Mask.ID_CARD;
                case BANK_CARD -> Mask.BANK_CARD;
                case PLATE -> Mask.PLATE;
                case VIN -> Mask.VIN;
                case TEXT, DATE, NUMBER, SERIAL, CHOICE, CREDIT_CODE, MONEY, FLAG -> Mask.NONE;
            };
        }
    }

    public record Option(String code, Label label) {}

    /** A plain question: always asked, masked as its type is. */
    public FormField(
            String key,
            Label label,
            Type type,
            boolean required,
            int maxLength,
            List<Option> options,
            @Nullable Label hint) {
        this(key, label, type, required, maxLength, options, hint, null, null, type.usualMask());
    }

    public Optional<Option> option(String code) {
        return options.stream().filter(option -> option.code().equals(code)).findFirst();
    }

    /** The answer as it is stored and compared: in one way of writing where its type has one, else as it was typed. */
    public String normal(String typed) {
        if (typed.isBlank() || type == Type.TEXT) {
            return typed;
        }
        var value = typed.strip();
        return switch (type) {
            case TEXT, DATE, SERIAL, CHOICE, EMAIL -> value;
            case NUMBER -> plain(value);
            case PHONE -> PhoneNumbers.readAny(value).orElse(value);
            case VIN -> readable(value, Vin.check(value));
            case PLATE -> readable(value, Plate.check(value));
            case CREDIT_CODE -> readable(value, CreditCode.check(value));
            case ID_CARD -> readable(value, IdCard.check(value, LocalDate.MAX));
            case BANK_CARD -> readable(value, BankCard.check(value));
            case MONEY -> plain(value).replaceAll("^[¥￥]|元$|,(?=\\d{3})", "");
            case FLAG ->
                flag(plain(value).toLowerCase(Locale.ROOT)).map(String::valueOf).orElse(value);
        };
    }

    /** What a wrong number means nobody knows: it stays as it was typed. */
    private static String readable(String typed, Checked checked) {
        return checked.isWrong() ? typed : checked.value();
    }

    private static String plain(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFKC).replace(" ", "");
    }

    private static Optional<Boolean> flag(String word) {
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    /** An answer as {@link Expression.Facts} give it; null when it is none. */
    @Nullable
    Object typed(String value) {
        if (value.isBlank()) {
            return null;
        }
        var answer = normal(value).strip();
        return switch (type.compared()) {
            case NUMBER -> NUMBER.matcher(answer).matches() ? new BigDecimal(answer) : null;
            case DATE -> isDate(answer) ? LocalDate.parse(answer) : null;
            case FLAG -> flag(answer).orElse(null);
            case TEXT, WORD, CATEGORY, SEVERITY -> answer;
        };
    }

    /**
     * What is wrong with a value that is not blank.
     *
     * @param today the day of the answer: nobody is born later
     */
    public Optional<FieldError> error(String typed, LocalDate today) {
        if (typed.chars().anyMatch(FormField::isNoText) || hasLoneSurrogate(typed)) {
            return Optional.of(FieldError.of(key, "pack.field.strangeCharacters"));
        }
        var value = normal(typed);
        if (value.codePointCount(0, value.length()) > maxLength) {
            return Optional.of(FieldError.of(key, "pack.field.tooLong", maxLength));
        }
        return switch (type) {
            case TEXT -> Optional.empty();
            case DATE -> wrongUnless(isDate(value), "pack.field.notADate");
            case NUMBER -> wrongUnless(NUMBER.matcher(value).matches(), "pack.field.notANumber");
            case PHONE -> wrongUnless(PhoneNumbers.readAny(value).isPresent(), "pack.field.notAPhone");
            case SERIAL -> wrongUnless(SERIAL.matcher(value).matches(), "pack.field.notASerial");
            case CHOICE -> wrongUnless(option(value).isPresent(), "pack.field.notAChoice");
            case MONEY -> wrongUnless(MONEY.matcher(value).matches(), "pack.field.notMoney");
            case EMAIL -> wrongUnless(EMAIL.matcher(value).matches(), "pack.field.notAnEmail");
            case FLAG -> wrongUnless(flag(value).isPresent(), "pack.field.notAFlag");
            case VIN, PLATE, CREDIT_CODE, ID_CARD, BANK_CARD -> flaw(value, today, Checked.Grade.WRONG);
        };
    }

    /** What is doubtful about a value that is not wrong: somebody should look at it, nobody is turned away. */
    public Optional<FieldError> warning(String typed, LocalDate today) {
        return typed.isBlank() ? Optional.empty() : flaw(typed, today, Checked.Grade.WARNING);
    }

    private Optional<FieldError> flaw(String value, LocalDate today, Checked.Grade grade) {
        var checked =
                switch (type) {
                    case VIN -> Vin.check(value);
                    case PLATE -> Plate.check(value);
                    case CREDIT_CODE -> CreditCode.check(value);
                    case ID_CARD -> IdCard.check(value, today);
                    case BANK_CARD -> BankCard.check(value);
                    case TEXT, DATE, NUMBER, PHONE, SERIAL, CHOICE, MONEY, EMAIL, FLAG -> null;
                };
        return checked != null && checked.grade() == grade
                ? Optional.of(FieldError.of(key, "pack.field." + type + "." + Objects.requireNonNull(checked.flaw())))
                : Optional.empty();
    }

    private Optional<FieldError> wrongUnless(boolean isFine, String messageKey) {
        return isFine ? Optional.empty() : Optional.of(FieldError.of(key, messageKey));
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
