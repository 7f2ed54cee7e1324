package io.bihuan.customer;

import io.bihuan.identifier.EmailAddresses;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Masks;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one customer is known by, in the one way in which it is written.
 *
 * @param account the official account to which an id of WeChat belongs; empty for the others
 * @param value a phone number as E.164, an address in small letters
 */
public record Identity(IdentityKind kind, String account, String value) {
    /** Characters of a customer number or an id. */
    public static final int LONGEST = 100;

    /** Digits by which a phone number is found while it is still being typed. */
    public static final int LEADING_DIGITS = 7;

    public static Optional<Identity> phone(String typed) {
        return PhoneNumbers.read(typed).map(number -> new Identity(IdentityKind.PHONE, "", number));
    }

    public static Optional<Identity> email(String typed) {
        return EmailAddresses.read(typed).map(address -> new Identity(IdentityKind.EMAIL, "", address));
    }

    public static Optional<Identity> number(String typed) {
        return plain(typed).map(number -> new Identity(IdentityKind.NUMBER, "", number));
    }

    public static Optional<Identity> weChat(String account, String openId) {
        return plain(openId).map(id -> new Identity(IdentityKind.WECHAT, account, id));
    }

    /** What was typed as an identity of that kind; an id of WeChat needs its account and is not read so. */
    public static Optional<Identity> read(IdentityKind kind, String typed) {
        return switch (kind) {
            case NUMBER -> number(typed);
            case PHONE -> phone(typed);
            case EMAIL -> email(typed);
            case WECHAT -> Optional.empty();
        };
    }

    private static Optional<String> plain(String typed) {
        String value = typed.strip();
        return value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(value);
    }

    /** By which it is found without being read. */
    byte[] index(Keys keys) {
        return Objects.requireNonNull(keys.blindIndex("customer-" + kind + ":" + account, value));
    }

    /** By which similar ones are found: the first digits of a phone, the part before the @ of an address. */
    byte @Nullable [] partIndex(Keys keys) {
        return switch (kind) {
            case PHONE -> {
                String digits = nationalDigits(value);
                yield digits.length() < LEADING_DIGITS ? null : leadingIndex(digits, keys);
            }
            case EMAIL -> keys.blindIndex("customer-email-local", EmailAddresses.localPart(value));
            case NUMBER, WECHAT -> null;
        };
    }

    static byte[] leadingIndex(String digits, Keys keys) {
        return Objects.requireNonNull(keys.blindIndex("customer-phone-leading", digits.substring(0, LEADING_DIGITS)));
    }

    /** The digits as people of this country dial them, without the leading 0 of an area. */
    static String nationalDigits(String phone) {
        String number = phone.replaceAll(";.*", "");
        return number.startsWith("+86") ? number.substring(3) : number.replace("+", "");
    }

    public String masked() {
        return switch (kind) {
            case PHONE -> Masks.phone(value);
            case EMAIL -> Masks.email(value);
            // The own number says nothing to anybody outside.
            case NUMBER -> value;
            case WECHAT -> Masks.lastFour(value);
        };
    }

    /** The number as people read it; the others as they are. */
    public String readable() {
        return kind == IdentityKind.PHONE ? PhoneNumbers.readable(value) : value;
    }

    @Override
    public String toString() {
        return kind + " " + masked();
    }
}
