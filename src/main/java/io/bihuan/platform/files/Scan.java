package io.bihuan.platform.files;

/** What the virus scanner has said of a file. */
public enum Scan {
    NOT_SCANNED,
    CLEAN,
    /** It can no longer be opened by anybody. */
    INFECTED,
    /** The scanner gave no answer, or does not take the file. */
    FAILED
}
