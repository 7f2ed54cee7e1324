package io.bihuan.privacy;

import org.jspecify.annotations.Nullable;

/** How personal data looks to who has no reason to see it (common practice in China; no law names one form). */
public final class Masks {
    private Masks() {}

    /** 张三丰 → 张**; a Latin name keeps its first letter. */
    public static String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "";
        }
        int first = name.codePointAt(0);
        int rest = Math.min(2, Math.max(1, name.codePointCount(0, name.length()) - 1));
        return Character.toString(first) + "*".repeat(rest);
    }

    /** 13812345678 → 138****5678; a short number keeps its last two digits. */
    public static String phone(@Nullable String phone) {
        if (phone == null || phone.isBlank()) {
            return "";
        }
        String national = phone.startsWith("+86") ? phone.substring(3) : phone;
        int length = national.length();
        return length >= 9
                ? national.substring(0, length - 8) + "****" + national.substring(length - 4)
                : "****" + national.substring(Math.max(0, length - 2));
    }

    /** alice@example.com → a***@example.com. */
    public static String email(@Nullable String email) {
        if (email == null || email.isBlank()) {
            return "";
        }
        int at = email.indexOf('@');
        return at < 1 ? "***" : email.substring(0, 1) + "***" + email.substring(at);
    }
}
