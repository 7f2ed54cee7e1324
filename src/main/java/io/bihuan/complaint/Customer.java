package io.bihuan.complaint;

import io.bihuan.privacy.Personal;
import org.jspecify.annotations.Nullable;

/** Who complains. The phone is in E.164 form where it could be read as a number. */
public record Customer(
        @Nullable Personal name,
        @Nullable Personal phone,
        @Nullable Personal email) {
    public static final Customer UNKNOWN = new Customer(null, null, null);
}
