package io.bihuan.telephony;

import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a call, whatever telephone system says so.
 *
 * @param source the telephone system
 * @param call the call's id there; all its legs have the same one
 * @param id the event's id there: told twice, it happened once
 * @param at when it happened, by the clock of the telephone system
 * @param number of the customer, as it was dialled or shown; null when it is withheld or not told
 * @param extension of the agent: who is rung, who answers, where the call is transferred to
 * @param recording address of the recording, and its SHA-256 in hex if it is known
 */
public record CallEvent(
        String source,
        String call,
        String id,
        Kind kind,
        Instant at,
        @Nullable Direction direction,
        @Nullable Personal number,
        @Nullable String queue,
        @Nullable String extension,
        @Nullable Personal recording,
        @Nullable String recordingSha256) {
    /** What happened; the order of the constants is that of events within one instant. */
    public enum Kind {
        QUEUED,
        RINGING,
        ANSWERED,
        HELD,
        RESUMED,
        TRANSFERRED,
        ENDED,
        ABANDONED,
        RECORDING_READY
    }

    /** Begins the id of an end that nobody told. */
    private static final String UNTOLD = "end-not-told:";

    public CallEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** An event that says no more than what happened and when. */
    public static CallEvent of(String source, String call, String id, Kind kind, Instant at) {
        return new CallEvent(source, call, id, kind, at, null, null, null, null, null, null);
    }

    /** That a call is over of which nothing was heard any more, as far as is known since then. */
    static CallEvent untoldEnd(String source, String call, Instant lastHeard) {
        return of(source, call, UNTOLD + call, Kind.ENDED, lastHeard);
    }

    /** Whether nobody told it, and it was only concluded from silence. */
    public boolean isUntold() {
        return id.startsWith(UNTOLD);
    }

    public CallEvent towards(@Nullable Direction towards) {
        return new CallEvent(source, call, id, kind, at, towards, number, queue, extension, recording, recordingSha256);
    }

    public CallEvent withNumber(@Nullable String digits) {
        return new CallEvent(
                source,
                call,
                id,
                kind,
                at,
                direction,
                Personal.ofNullable(digits),
                queue,
                extension,
                recording,
                recordingSha256);
    }

    public CallEvent inQueue(@Nullable String name) {
        return new CallEvent(
                source, call, id, kind, at, direction, number, name, extension, recording, recordingSha256);
    }

    public CallEvent atExtension(@Nullable String name) {
        return new CallEvent(source, call, id, kind, at, direction, number, queue, name, recording, recordingSha256);
    }

    public CallEvent withRecording(@Nullable String address, @Nullable String sha256) {
        return new CallEvent(
                source, call, id, kind, at, direction, number, queue, extension, Personal.ofNullable(address), sha256);
    }
}
