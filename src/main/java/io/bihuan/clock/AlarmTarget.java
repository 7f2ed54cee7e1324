package io.bihuan.clock;

import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.List;

/** What the owner of a kind of subject does when alarms fire; called in the transaction that claims them. */
public interface AlarmTarget {
    String subjectKind();

    /**
     * Locks the subjects with {@code for update skip locked}, never waiting (commands lock the subject first and its clocks after it,
     * the claim goes the other way), adds what must be true together to the writes, and returns the alarms it handled. The others
     * are offered again soon; when it throws, none of them has fired.
     */
    List<Alarm> fire(List<Alarm> due, Writes writes, Instant now);
}
