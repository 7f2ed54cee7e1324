package io.bihuan.complaint;

/** How the customer's answer to the result ended. */
public enum Confirmation {
    CONFIRMED,
    NOT_SATISFIED,
    UNREACHED
}
