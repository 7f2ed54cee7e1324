package io.bihuan.clock;

/** The reasons for which a policy may let a clock stand still. */
public enum PauseFor {
    WAITING_FOR_CUSTOMER,
    /** Somebody outside examines the matter. */
    APPRAISAL,
    MEDIATION,
    /** Somebody outside has to do something first. */
    THIRD_PARTY,
    FORCE_MAJEURE
}
