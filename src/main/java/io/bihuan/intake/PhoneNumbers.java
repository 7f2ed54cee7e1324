package io.bihuan.intake;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads phone numbers as people write them; without a country they are Chinese. */
public final class PhoneNumbers {
    // New ranges are handed out faster than the library learns of them.
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    private static final String HOME = "CN";

    private PhoneNumbers() {}

    /** The number in E.164 form ({@code +8613812345678}), an extension after {@code ;ext=}; empty when it is no phone number. */
    public static Optional<String> read(String typed) {
        if (typed.length() > Submission.LONGEST_PHONE) {
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
}
