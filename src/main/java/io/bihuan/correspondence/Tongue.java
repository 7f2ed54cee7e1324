package io.bihuan.correspondence;

import io.bihuan.complaint.Complaint;
import io.bihuan.privacy.Personal;
import java.util.Locale;

/** In which language a customer is written to: the one in which he wrote. */
final class Tongue {
    private Tongue() {}

    static Locale of(Complaint complaint) {
        return of(Personal.text(complaint.title()) + Personal.text(complaint.content()));
    }

    /** English where there are words and not one Chinese character; Chinese otherwise, for that is what customers here speak. */
    static Locale of(String written) {
        boolean isChinese = written.codePoints().anyMatch(Character::isIdeographic);
        boolean isLatin = written.codePoints().anyMatch(Tongue::isLatin);
        return isLatin && !isChinese ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    }

    private static boolean isLatin(int character) {
        return Character.isLetter(character) && Character.UnicodeScript.of(character) == Character.UnicodeScript.LATIN;
    }
}
