package io.bihuan.telephony;

import io.bihuan.privacy.Personal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call is what its events add up to. They are put in the order in which they happened, whatever the order in which they were told,
 * and one that is told again adds nothing: so a late or repeated event leads to the same call.
 *
 * @param events in the order in which they happened; those of one instant by their ids
 */
public record Call(String source, String id, List<CallEvent> events) {
    /** An incoming call that was given up so soon was a slip: it is counted apart (domain: 5 to 10 seconds of ringing). */
    public static final Duration SHORT = Duration.ofSeconds(5);
    /** Who is rung this long without answering is not rung any more, whatever the telephone system forgot to say. */
    static final Duration LONGEST_RING = Duration.ofSeconds(60);

    /** How a call stands. */
    public enum State {
        /** In a queue, and nobody is rung. */
        QUEUED,
        RINGING,
        TALKING,
        HELD,
        /** It was answered, and is over. */
        ENDED,
        /** Incoming, and over without anybody having answered. */
        ABANDONED,
        /** Outgoing, and over without anybody having answered. */
        NOT_REACHED;

        public boolean isLive() {
            return this == QUEUED || this == RINGING || this == TALKING || this == HELD;
        }
    }

    /** Within one instant a call is queued before it rings, and ends last. */
    private static final Comparator<CallEvent> HAPPENING =
            Comparator.comparing(CallEvent::at).thenComparing(CallEvent::kind).thenComparing(CallEvent::id);

    public Call {
        events = List.copyOf(events);
    }

    /** A call of which nothing is known yet. */
    public static Call unknown(String source, String id) {
        return new Call(source, id, List.of());
    }

    /** The call with one more event; the same call if it is known by its id. */
    public Call after(CallEvent event) {
        if (!event.source().equals(source) || !event.call().equals(id)) {
            throw new IllegalArgumentException("event " + event.id() + " is of another call");
        }
        if (events.stream().anyMatch(known -> known.id().equals(event.id()))) {
            return this;
        }
        var all = new ArrayList<>(events);
        int place = Collections.binarySearch(all, event, HAPPENING);
        all.add(place < 0 ? -place - 1 : place, event);
        return new Call(source, id, all);
    }

    public Direction direction() {
        return first(CallEvent::direction, Direction.INBOUND);
    }

    /** The customer's number as the telephone system knows it; null when it is withheld. */
    public @Nullable Personal number() {
        return events.stream()
                .map(CallEvent::number)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The queue the call was in last. */
    public @Nullable String queue() {
        return last(happened().map(CallEvent::queue));
    }

    /** When it began; a recording that is ready says nothing about that. Only of a call with events. */
    public Instant startedAt() {
        return happened().findFirst().orElseGet(() -> events.getFirst()).at();
    }

    /** Whether more is known of it than that there is a recording. */
    public boolean hasHappened() {
        return happened().findFirst().isPresent();
    }

    /** When it was first offered to people: its wait begins here, not with the announcements before. */
    public Instant offeredAt() {
        return happened()
                .filter(event -> event.kind() == CallEvent.Kind.QUEUED || event.kind() == CallEvent.Kind.RINGING)
                .map(CallEvent::at)
                .findFirst()
                .orElseGet(this::startedAt);
    }

    public @Nullable Instant answeredAt() {
        return at(of(CallEvent.Kind.ANSWERED).findFirst().orElse(null));
    }

    /** When it was over. A caller who left one queue and was answered in another did not give up. */
    public @Nullable Instant endedAt() {
        CallEvent over =
                of(CallEvent.Kind.ENDED).reduce((before, after) -> after).orElse(null);
        if (over == null && answeredAt() == null) {
            over = abandonedFinally();
        }
        return at(over);
    }

    /** Whether its end is only concluded from silence: when it was, nobody knows. */
    public boolean isEndUntold() {
        return of(CallEvent.Kind.ENDED)
                .reduce((before, after) -> after)
                .filter(CallEvent::isUntold)
                .isPresent();
    }

    /** A caller who left a queue and entered another, or is rung again, is still there. */
    private @Nullable CallEvent abandonedFinally() {
        CallEvent abandoned =
                of(CallEvent.Kind.ABANDONED).reduce((before, after) -> after).orElse(null);
        return abandoned == null
                        || of(CallEvent.Kind.QUEUED, CallEvent.Kind.RINGING)
                                .anyMatch(event -> event.at().isAfter(abandoned.at()))
                ? null
                : abandoned;
    }

    public State state() {
        boolean isAnswered = answeredAt() != null;
        if (endedAt() != null) {
            return isAnswered ? State.ENDED : direction() == Direction.INBOUND ? State.ABANDONED : State.NOT_REACHED;
        }
        if (isAnswered) {
            CallEvent held = of(CallEvent.Kind.HELD, CallEvent.Kind.RESUMED)
                    .reduce((before, after) -> after)
                    .orElse(null);
            return held != null && held.kind() == CallEvent.Kind.HELD ? State.HELD : State.TALKING;
        }
        CallEvent last = of(CallEvent.Kind.QUEUED, CallEvent.Kind.RINGING)
                .reduce((before, after) -> after)
                .orElse(null);
        return last != null && last.kind() == CallEvent.Kind.QUEUED ? State.QUEUED : State.RINGING;
    }

    /** The extension of whoever has, or had last, the customer on the line. */
    public @Nullable String extension() {
        String last =
                last(of(CallEvent.Kind.ANSWERED, CallEvent.Kind.TRANSFERRED).map(CallEvent::extension));
        return last != null || direction() == Direction.INBOUND
                ? last
                : last(happened().map(CallEvent::extension));
    }

    /** The extensions that ring now: nobody has answered since they began to. */
    public Set<String> ringing() {
        if (!state().isLive()) {
            return Set.of();
        }
        Instant since = at(of(CallEvent.Kind.QUEUED, CallEvent.Kind.ANSWERED)
                .reduce((before, after) -> after)
                .orElse(null));
        Instant newest = events.getLast().at();
        var extensions = new TreeSet<String>();
        of(CallEvent.Kind.RINGING)
                .filter(event -> since == null || !event.at().isBefore(since))
                .filter(event -> !event.at().plus(LONGEST_RING).isBefore(newest))
                .map(CallEvent::extension)
                .filter(Objects::nonNull)
                .forEach(extensions::add);
        return extensions;
    }

    /** How long the customer waited for somebody: until the answer, or until it was over without one; null while it goes on. */
    public @Nullable Duration waited() {
        Instant until = answeredAt() != null ? answeredAt() : endedAt();
        return until == null ? null : notNegative(Duration.between(offeredAt(), until));
    }

    /** How long they talked, holding included; null while it goes on, when nobody answered, or when nobody told the end. */
    public @Nullable Duration talked() {
        Instant from = answeredAt();
        Instant until = endedAt();
        return from == null || until == null || isEndUntold() ? null : notNegative(Duration.between(from, until));
    }

    /** How long the customer was put on hold. */
    public Duration held() {
        Duration sum = Duration.ZERO;
        Instant since = null;
        for (CallEvent event : events) {
            if (event.kind() == CallEvent.Kind.HELD && since == null) {
                since = event.at();
            } else if (since != null
                    && (event.kind() == CallEvent.Kind.RESUMED || event.kind() == CallEvent.Kind.ENDED)) {
                sum = sum.plus(Duration.between(since, event.at()));
                since = null;
            }
        }
        return sum;
    }

    /** How often another one took over: by a transfer, or by answering where the first had answered before. */
    public int transfers() {
        int transfers = 0;
        String has = null;
        boolean isAnswered = false;
        for (CallEvent event :
                of(CallEvent.Kind.ANSWERED, CallEvent.Kind.TRANSFERRED).toList()) {
            boolean moves = event.kind() == CallEvent.Kind.TRANSFERRED
                    ? isAnswered
                    : isAnswered
                            && event.extension() != null
                            && has != null
                            && !event.extension().equals(has);
            transfers += moves ? 1 : 0;
            boolean isUntold = event.extension() == null && event.kind() == CallEvent.Kind.ANSWERED;
            has = isUntold ? has : event.extension();
            isAnswered |= event.kind() == CallEvent.Kind.ANSWERED;
        }
        return transfers;
    }

    /** An incoming call that was given up within {@link #SHORT}. */
    public boolean isShortAbandon() {
        Duration waited = waited();
        return state() == State.ABANDONED && waited != null && waited.compareTo(SHORT) <= 0;
    }

    /** Where the recording is; the last one told counts, a longer one replaces a part. */
    public @Nullable CallEvent recording() {
        return of(CallEvent.Kind.RECORDING_READY)
                .filter(event -> event.recording() != null)
                .reduce((before, after) -> after)
                .orElse(null);
    }

    private <T> T first(Function<CallEvent, @Nullable T> field, T otherwise) {
        for (CallEvent event : events) {
            T value = field.apply(event);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }

    private static @Nullable String last(Stream<@Nullable String> values) {
        return values.filter(Objects::nonNull).reduce((before, after) -> after).orElse(null);
    }

    private Stream<CallEvent> happened() {
        return events.stream().filter(event -> event.kind() != CallEvent.Kind.RECORDING_READY);
    }

    private Stream<CallEvent> of(CallEvent.Kind... kinds) {
        Set<CallEvent.Kind> wanted = Set.of(kinds);
        return events.stream().filter(event -> wanted.contains(event.kind()));
    }

    private static @Nullable Instant at(@Nullable CallEvent event) {
        return event == null ? null : event.at();
    }

    /** Two machines may have told of one call by clocks that differ. */
    private static Duration notNegative(Duration length) {
        return length.isNegative() ? Duration.ZERO : length;
    }
}
