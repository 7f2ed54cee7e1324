package io.bihuan.complaint;

/** The way by which a customer was told or called. */
public enum Contact {
    PHONE,
    SMS,
    EMAIL,
    WECHAT,
    ONLINE,
    IN_PERSON,
    LETTER
}
