package io.bihuan.clock;

/** Why a limit is made longer; the words to it stand in the history of the subject. */
public enum ExtensionReason {
    COMPLEX,
    SEVERAL_DEPARTMENTS,
    THIRD_PARTY,
    AGREED
}
