package io.bihuan.dossier;

/** What a complete file consists of (客户投诉档案). */
public enum DossierPart {
    REGISTRATION,
    INVESTIGATION,
    SOLUTION,
    FEEDBACK,
    COURSE;

    /** Whether it is there. */
    public enum State {
        THERE,
        MISSING,
        /** Nobody had to make it: the complaint was taken back, or was closed before it came here. */
        NOT_NEEDED
    }
}
