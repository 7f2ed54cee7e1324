package io.bihuan.investigation;

/** What a check has shown. */
public enum CheckResult {
    IN_ORDER,
    NOT_IN_ORDER,
    UNCLEAR
}
