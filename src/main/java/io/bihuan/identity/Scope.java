package io.bihuan.identity;

import java.util.Locale;

/** What a token of the API may do. */
public enum Scope {
    COMPLAINTS_READ,
    COMPLAINTS_WRITE,
    CUSTOMERS_READ,
    CUSTOMERS_WRITE,
    CALLS_WRITE,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE,
    FILES_WRITE;

    /** As it is written outside: {@code complaints:read}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
