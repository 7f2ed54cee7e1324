package io.bihuan.web;

import java.util.Map;
import java.util.UUID;

/** Where news for open pages comes from, a bean of the module that knows them. It is followed while at least one page listens. */
public interface LiveNews {
    /** Begins: what happens from now on is told by the reading, what was before is not. */
    Reading begin();

    /** Follows one source of news. */
    @FunctionalInterface
    interface Reading {
        /** Waits a moment for news, at most a second, and tells them. */
        void read(Audience audience) throws InterruptedException;
    }

    /** Those who listen on this node. Told are ids and versions only; what a reader may see decides the page that is then read. */
    interface Audience {
        /** Tells everybody. */
        void tell(String topic, Map<UUID, Integer> versions);

        /** Tells the pages of one person. */
        void tell(UUID viewer, String topic, UUID id, int version);
    }
}
