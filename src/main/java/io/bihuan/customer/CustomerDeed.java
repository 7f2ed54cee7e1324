package io.bihuan.customer;

/** What somebody did to a customer, as the journal says it. */
public enum CustomerDeed {
    NAMED,
    MARKED,
    IDENTITY_ADDED,
    IDENTITY_REMOVED,
    CONTACT_FAILED,
    CONTACT_WORKS,
    MERGED,
    SEPARATED,
    DISMISSED,
    ERASED
}
