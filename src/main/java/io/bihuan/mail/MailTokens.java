package io.bihuan.mail;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.privacy.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Names a complaint in a subject or an address so that an answer finds it even where a mailer drops the message ids: the number with
 * its check digit, and 40 bits that nobody can work out from a number.
 */
@Component
class MailTokens {
    private static final Pattern TOKEN = Pattern.compile("(?<![0-9])(\\d{14})-([a-z2-7]{8})(?![a-z2-7])");
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])(\\d{6}[- ]?\\d{7}[- ]?\\d)(?![0-9])");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final Keys keys;

    MailTokens(Keys keys) {
        this.keys = keys;
    }

    String of(ComplaintNumber number) {
        byte[] mac = Objects.requireNonNull(keys.blindIndex("mail-token", number.digits()));
        var token = new StringBuilder(number.digits()).append('-');
        for (int i = 0; i < 8; i++) {
            token.append(ALPHABET.charAt(mac[i] & 31));
        }
        return token.toString();
    }

    /** The complaint that a valid token in a text names. */
    Optional<ComplaintNumber> find(String text) {
        Matcher token = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
        while (token.find()) {
            Optional<ComplaintNumber> number = ComplaintNumber.read(token.group(1));
            if (number.isPresent()
                    && MessageDigest.isEqual(
                            of(number.get()).getBytes(StandardCharsets.US_ASCII),
                            token.group().getBytes(StandardCharsets.US_ASCII))) {
                return number;
            }
        }
        return Optional.empty();
    }

    /** A number with a right check digit and no token: a customer wrote it by hand. */
    Optional<ComplaintNumber> written(String text) {
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            Optional<ComplaintNumber> read = ComplaintNumber.read(number.group(1));
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }
}
