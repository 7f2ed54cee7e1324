package io.bihuan.telephony;

/** Who called whom. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
