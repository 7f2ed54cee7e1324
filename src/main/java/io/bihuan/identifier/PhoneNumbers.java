package io.bihuan.identifier;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads phone numbers as people write them; without a country they are Chinese. Which numbers exist is known by libphonenumber, the
 * mobile ranges and the short numbers of services by the numbering plan (电信网编号计划, 2017).
 */
public final class PhoneNumbers {
    /** Characters of what may be typed as a phone number. */
    public static final int LONGEST = 40;

    // New ranges are handed out faster than the library learns of them.
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    /** 95588, 96123, 10086, 12315, 123456: hotlines that are reached within the country only. */
    private static final Pattern SERVICE =
            Pattern.compile("95[0-9]{3}([0-9]{3})?|96[0-9]{3,4}|1[02][0-9]{3}|1[12][0-9]|12[0-9]{4}");

    private static final String HOME = "CN";

    private PhoneNumbers() {}

    /** The number in E.164 form ({@code +8613812345678}), an extension after {@code ;ext=}; empty when it is no phone number. */
    public static Optional<String> read(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(typed.strip().replace("转", "ext"), HOME);
            boolean isMobile = number.getCountryCode() == 86
                    && MOBILE.matcher(Long.toString(number.getNationalNumber())).matches();
            if (!isMobile && !numbers.isValidNumber(number)) {
                return Optional.empty();
            }
            String extension = number.getExtension();
            String e164 = numbers.format(number, PhoneNumberFormat.E164);
            return Optional.of(extension.isEmpty() ? e164 : e164 + ";ext=" + extension);
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** The same, or the short number of a service as it is dialled ({@code 12315}): nobody can be called back there. */
    public static Optional<String> readAny(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String dialled = Written.ungrouped(typed);
        return SERVICE.matcher(dialled).matches() ? Optional.of(dialled) : read(typed);
    }

    /** A stored number as people read it: 138 1234 5678, 010 6234 5678-801. */
    public static String readable(String stored) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        if (!stored.startsWith("+")) {
            return stored;
        }
        try {
            var number = numbers.parse(stored, HOME);
            return number.getCountryCode() == 86
                    ? numbers.format(number, PhoneNumberFormat.NATIONAL)
                    : numbers.format(number, PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException e) {
            return stored;
        }
    }
}
