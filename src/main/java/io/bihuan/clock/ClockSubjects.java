package io.bihuan.clock;

import io.bihuan.identity.Reach;
import io.bihuan.web.Texts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the owner of a kind of subject tells the pages of clocks about it. */
public interface ClockSubjects {
    /** How a subject is called, and where it is shown. */
    record Link(String text, String href) {}

    String subjectKind();

    /** The subjects that somebody with that reach may see; the others are absent. */
    Map<UUID, Link> links(Collection<UUID> ids, Reach reach);

    /** For whom a calendar of their own may stand in, as when a clock starts. */
    Map<UUID, List<String>> calendarKeys(Collection<UUID> ids);

    /** The name of a milestone; null when it is not this owner's. */
    @Nullable
    String milestone(String name, Texts t);
}
