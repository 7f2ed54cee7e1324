package io.bihuan.platform.follower;

import java.util.List;

/** Something that lags behind the history and catches up: facts, senders. Exactly one node runs it at a time. */
public interface Follower {
    /** The name of its stored position; never changes. */
    String name();

    /** Applies a page, inside the transaction that also stores the new position. Events of one subject come in any order. */
    void apply(List<Feed.Entry> page);
}
