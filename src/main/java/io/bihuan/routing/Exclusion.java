package io.bihuan.routing;

/** Why somebody cannot get a case, whatever speaks for it. */
public enum Exclusion {
    PERSON_COMPLAINED_ABOUT,
    OUTLET_COMPLAINED_ABOUT,
    DEPARTMENT_COMPLAINED_ABOUT,
    DECIDED_BEFORE,
    AWAY,
    NO_CERTIFICATE,
    FULL
}
