package io.bihuan.clock;

/** Whose promise a clock keeps, the weightiest first. */
public enum Grade {
    LEGAL,
    CONTRACT,
    INTERNAL
}
