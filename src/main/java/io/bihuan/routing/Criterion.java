package io.bihuan.routing;

/** What speaks for giving a case to somebody; packs say how much each weighs. */
public enum Criterion {
    SKILL,
    LOAD,
    SHIFT,
    REGION,
    LANGUAGE,
    /** Who got fewer cases in the last days comes first. */
    FAIRNESS
}
