package io.bihuan.statute;

import java.util.Locale;

/** How the names of constants are written in packs, forms and addresses. */
final class Words {
    private Words() {}

    /** {@code SAME_FAULT_REPAIRS} as {@code sameFaultRepairs}. */
    static String camel(Enum<?> constant) {
        var word = new StringBuilder();
        for (var part : constant.name().split("_", -1)) {
            word.append(word.isEmpty() ? part.toLowerCase(Locale.ROOT) : capital(part));
        }
        return word.toString();
    }

    /** {@code CAR_THREE_GUARANTEES} as {@code car-three-guarantees}. */
    static String hyphened(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String capital(String part) {
        return part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT);
    }
}
