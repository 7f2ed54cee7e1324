package io.bihuan.statute;

/** What drives a car. */
public enum Energy {
    FUEL,
    HYBRID,
    ELECTRIC
}
