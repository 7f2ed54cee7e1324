package io.bihuan.privacy;

import org.jspecify.annotations.Nullable;

/** How personal data looks to who has no reason to see it (common practice in China; no law names one form). */
public final class Masks {
    private static final int LEAST_HIDDEN = 3;

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

    /** 11010519491231002X → 1****************X: neither the region nor the day of birth is seen. */
    public static String idCard(@Nullable String number) {
        return kept(number, 1, 1);
    }

    /** 6222021234567890123 → ***************0123. */
    public static String bankCard(@Nullable String number) {
        return kept(number, 0, 4);
    }

    /** 京A12345 → 京A***45, 粤BD12345 → 粤B****45. */
    public static String plate(@Nullable String plate) {
        return kept(plate, 2, 2);
    }

    /** LSVAA49J132047371 → ***********047371: its last six are the serial number that workshops call a car by. */
    public static String vin(@Nullable String vin) {
        return kept(vin, 0, 6);
    }

    public static String lastFour(@Nullable String value) {
        return kept(value, 0, 4);
    }

    /** Nothing of it, not even its length. */
    public static String hidden(@Nullable String value) {
        return value == null || value.isBlank() ? "" : "******";
    }

    /** The first and last characters; where less than three would be hidden so, half of it is. */
    private static String kept(@Nullable String value, int first, int last) {
        if (value == null || value.isBlank()) {
            return "";
        }
        int[] points = value.strip().codePoints().toArray();
        boolean isLong = points.length >= first + last + LEAST_HIDDEN;
        int end = isLong ? last : Math.min(last, points.length / 2);
        int start = isLong ? first : Math.min(first, points.length / 2 - end);
        return new String(points, 0, start)
                + "*".repeat(points.length - start - end)
                + new String(points, points.length - end, end);
    }
}
