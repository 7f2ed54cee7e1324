package io.bihuan.complaint;

/** How two complaints that are not joined belong together; each of the two says it of the other. */
public enum LinkKind {
    RELATED,
    SAME_CAUSE,
    /** This one came because the other one, earlier, did not help (重复投诉). */
    REPEAT,
    /** The other way round. */
    REPEATED_BY,
    /** Somebody has looked: they are two matters, however alike. */
    DIFFERENT;

    /** What the other one says then. */
    LinkKind counterpart() {
        return switch (this) {
            case RELATED, SAME_CAUSE, DIFFERENT -> this;
            case REPEAT -> REPEATED_BY;
            case REPEATED_BY -> REPEAT;
        };
    }
}
