package io.bihuan.bulk;

/** A single thing that is done to one complaint; in this order when there are several. */
public enum Step {
    NOTE,
    TASK,
    MESSAGE,
    OWNER,
    LINK
}
