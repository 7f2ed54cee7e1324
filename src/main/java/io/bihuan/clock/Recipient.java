package io.bihuan.clock;

/** Whom an escalation reaches; who that is for one subject its owner knows. Where nobody holds a position the next one up does. */
public enum Recipient {
    OWNER,
    HANDLER,
    LEAD,
    DEPARTMENT_HEAD,
    CARE_GROUP,
    DECISION_LEVEL,
    /** Who is on duty now. */
    DUTY
}
