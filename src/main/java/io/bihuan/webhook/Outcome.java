package io.bihuan.webhook;

/** How an attempt to deliver ended. */
public enum Outcome {
    /** Taken: any status of 200 to 299. */
    DELIVERED,
    /** Another status. */
    REFUSED,
    /** 410: never wanted again. */
    GONE,
    /** Sent elsewhere, where nobody follows. */
    REDIRECTED,
    TIMED_OUT,
    /** No such name, no connection, or no encryption that can be trusted. */
    UNREACHABLE,
    /** The name leads into a private network. */
    FORBIDDEN,
    /** What came back is no answer of the protocol. */
    BROKEN
}
