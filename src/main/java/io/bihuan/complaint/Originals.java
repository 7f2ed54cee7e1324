package io.bihuan.complaint;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a complaint was made of, where its channel can show it as it came; the complaint's page links to it. */
public interface Originals {
    /**
     * Something that came in.
     *
     * @param name key of the text that says what it is
     * @param url its page, which decides by itself who may see it
     */
    record Original(String name, Instant at, String url) {}

    /** Of one complaint, the oldest first; not many. */
    List<Original> of(UUID complaintId);
}
