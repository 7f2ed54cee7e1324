package io.bihuan.correspondence;

import io.bihuan.clock.ClockState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A progress notice of a complaint.
 *
 * @param plannedAt when it is, or was, due
 * @param state of its clock: a notice that was overtaken by the solution is closed, but not told
 * @param isMoved whether somebody gave it another time
 * @param knownAt since when there is what it tells; null while that has yet to be found
 * @param message by which it was told
 */
public record PlannedNotice(
        Notice notice,
        Instant plannedAt,
        ClockState state,
        boolean isMoved,
        @Nullable Instant knownAt,
        @Nullable UUID message,
        @Nullable Instant toldAt,
        @Nullable Instant deliveredAt) {
    public boolean isTold() {
        return toldAt != null;
    }

    /** Not told, and still to be. */
    public boolean isOpen() {
        return toldAt == null && state.isOpen();
    }

    /** It ended before it was due and without being told: the result was told instead, or there is nothing to tell any more. */
    public boolean isOvertaken() {
        return toldAt == null && !state.isOpen() && state != ClockState.MISSED;
    }

    /** It was due and never told, neither in time nor late. */
    public boolean isMissed() {
        return toldAt == null && state == ClockState.MISSED;
    }

    /** There is something to tell that the customer does not know yet. */
    public boolean isReady() {
        return isOpen() && knownAt != null;
    }

    public boolean isLate(Instant now) {
        return toldAt == null
                ? (state.isOpen() ? now.isAfter(plannedAt) : state == ClockState.MISSED)
                : toldAt.isAfter(plannedAt);
    }
}
