package io.bihuan.complaint;

/** The events that start and stop clocks; packs name them in {@code startOn} and {@code stopOn}. */
public enum Milestone {
    REGISTERED,
    ACKNOWLEDGED,
    OWNERSHIP_CONFIRMED,
    ASSESSED,
    VERIFIED,
    SOLVED,
    RESULT_TOLD,
    FACTS_ADDED,
    AUTHORITY_ANSWERED,
    /** People of several departments are called together. */
    TEAM_CALLED,
    TEAM_STARTED,
    TEAM_PLANNED,
    APPROVAL_ASKED,
    APPROVAL_DECIDED,
    /** A solution is put to the customer. */
    PROPOSED,
    PROPOSAL_ANSWERED,
    FIRST_PROGRESS_TOLD,
    SECOND_PROGRESS_TOLD,
    THIRD_PROGRESS_TOLD,
    CONFIRMED;

    /** Whether what starts there is a matter between colleagues, and no promise to the customer. */
    public boolean isWithinTheHouse() {
        return this == TEAM_CALLED
                || this == TEAM_STARTED
                || this == TEAM_PLANNED
                || this == APPROVAL_ASKED
                || this == APPROVAL_DECIDED;
    }
}
