package io.bihuan.pack;

/** What a customer came with (类别); complaint figures count {@link #COMPLAINT} only. */
public enum Kind {
    COMPLAINT,
    INQUIRY,
    SUGGESTION,
    REPAIR_REQUEST,
    PRAISE
}
