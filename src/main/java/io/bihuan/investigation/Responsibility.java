package io.bihuan.investigation;

/** Whose fault it was, as far as could be found out. */
public enum Responsibility {
    OURS,
    /** Ours to a part, which is said in percent. */
    SHARED,
    SUPPLIER,
    CUSTOMER,
    NOBODY,
    /** It could not be found out. */
    UNCLEAR
}
