package io.bihuan.clock;

/** To whom a clock is kept. */
public enum Owed {
    CUSTOMER,
    /** Something is reported or answered to an authority; the customer has no part in it. */
    AUTHORITY
}
