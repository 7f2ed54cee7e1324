package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One event of a complaint's history, as it is read: who, when, what, and what it did to the clocks. */
public record HistoryEvent(
        UUID id, int sequence, Instant at, Actor actor, ComplaintEvent event, List<ClockChange> clocks) {
    public String type() {
        return event.getClass().getSimpleName();
    }
}
