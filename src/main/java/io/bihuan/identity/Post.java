package io.bihuan.identity;

/** A position that somebody holds beside the role; a head leads the own department. */
public enum Post {
    DEPARTMENT_HEAD,
    CARE_GROUP,
    DECISION_LEVEL
}
