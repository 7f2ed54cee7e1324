package io.bihuan.statute;

/** What a repair of a car replaced. */
public enum Replaced {
    NOTHING,
    PART,
    MAIN_PART,
    ASSEMBLY
}
