package io.bihuan.identity;

import java.util.Locale;

/** What a token of the API may do. */
public enum Scope {
    COMPLAINTS_READ,
    COMPLAINTS_WRITE,
    /** What colleagues write to each other in a complaint; for systems of the house, not for partners. */
    NOTES_READ,
    CUSTOMERS_READ,
    CUSTOMERS_WRITE,
    CALLS_WRITE,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE,
    FILES_WRITE,
    VOUCHERS_USE;

    /** As it is written outside: {@code complaints:read}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
