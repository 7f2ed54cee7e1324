package io.bihuan.screening.web;

/** Why nothing comes of a message, as a screener chooses it; the words for its sender come with it. */
public enum Rejection {
    NOT_OURS,
    REPEATED,
    ADVERTISING,
    UNREADABLE,
    ANSWERED,
    OTHER
}
