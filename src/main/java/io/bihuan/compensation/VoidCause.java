package io.bihuan.compensation;

/** Why a grant came to nothing. */
public enum VoidCause {
    /** The customer did not want it. */
    DECLINED,
    /** It should not have been granted; it was never an offer. */
    MISTAKE,
    /** Another one took its place. */
    REPLACED,
    /** Who had to approve it did not. */
    NOT_APPROVED,
    OTHER
}
