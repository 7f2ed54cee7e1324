package io.bihuan.bulk;

/** What is done to many complaints at once. */
public enum Deed {
    OWNER,
    TASK,
    NOTE,
    MACRO,
    LINK
}
