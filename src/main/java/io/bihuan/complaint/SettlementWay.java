package io.bihuan.complaint;

/** How company and customer came to their settlement of a case that an authority sent. */
public enum SettlementWay {
    PHONE,
    IN_PERSON,
    WRITTEN,
    ONLINE,
    /** No settlement was reached: the authority goes on. */
    NONE
}
