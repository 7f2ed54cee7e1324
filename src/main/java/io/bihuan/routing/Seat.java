package io.bihuan.routing;

/** As what somebody works on a complaint. */
public enum Seat {
    OWNER,
    HANDLER
}
