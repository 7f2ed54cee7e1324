package io.bihuan.investigation;

/** Whether something found is shown by evidence, or is what somebody who knows makes of it. */
public enum FindingKind {
    FACT,
    OPINION
}
