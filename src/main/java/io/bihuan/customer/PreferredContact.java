package io.bihuan.customer;

/** How somebody wants to be reached. */
public enum PreferredContact {
    PHONE,
    SMS,
    EMAIL,
    WECHAT,
    LETTER
}
