package io.bihuan.solution;

/** How far a proposal has come. */
public enum ProposalState {
    DRAFT,
    /** Waits for approval. */
    ASKED,
    SENT_BACK,
    APPROVED,
    /** Waits for the customer's answer. */
    SENT,
    ACCEPTED,
    REJECTED,
    WITHDRAWN;

    /** Whether nothing more will come of it. */
    public boolean isOver() {
        return this == REJECTED || this == WITHDRAWN;
    }

    /** Whether it may still be written. */
    public boolean isWritable() {
        return this == DRAFT || this == SENT_BACK || this == APPROVED;
    }

    /** Whether its measures are to be carried out. */
    public boolean isBinding() {
        return this == APPROVED || this == SENT || this == ACCEPTED;
    }
}
