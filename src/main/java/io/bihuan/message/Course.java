package io.bihuan.message;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a message goes through its ways: which one it is on, what is known of each. Everything that happens – an answer, a receipt that comes
 * late or twice, a hand that marks it – is one method, which gives the course after it.
 *
 * @param way the one that it is on, or on which it arrived
 * @param nextAt when something is to be done; null: when something happens
 */
record Course(
        List<Way> ways,
        Way way,
        State state,
        Map<Way, Leg> legs,
        @Nullable Instant nextAt) {
    /**
     * One way of it.
     *
     * @param id by which the provider can be asked
     * @param tries how often it was handed over
     * @param handedAt the first time
     */
    record Leg(
            UUID id,
            State state,
            int tries,
            int asks,
            boolean isLocal,
            @Nullable String providerId,
            @Nullable Instant handedAt,
            @Nullable Instant lastHandedAt,
            @Nullable Instant sentAt,
            @Nullable Instant arrivedAt,
            Instant changedAt,
            @Nullable String error) {
        static Leg planned(UUID id, Instant now) {
            return new Leg(id, State.PLANNED, 0, 0, false, null, null, null, null, null, now, null);
        }

        Leg at(State next, Instant now, @Nullable String why) {
            return new Leg(
                    id, next, tries, asks, isLocal, providerId, handedAt, lastHandedAt, sentAt, arrivedAt, now, why);
        }

        Leg handed(Instant now, boolean local) {
            return new Leg(
                    id,
                    State.SENDING,
                    tries + 1,
                    0,
                    local,
                    providerId,
                    handedAt == null ? now : handedAt,
                    now,
                    sentAt,
                    arrivedAt,
                    now,
                    null);
        }

        Leg asked() {
            return new Leg(
                    id,
                    state,
                    tries,
                    asks + 1,
                    isLocal,
                    providerId,
                    handedAt,
                    lastHandedAt,
                    sentAt,
                    arrivedAt,
                    changedAt,
                    error);
        }

        Leg sent(@Nullable String known, Instant now) {
            boolean isNew = state != State.SENT;
            return new Leg(
                    id,
                    State.SENT,
                    tries,
                    isNew ? 0 : asks,
                    isLocal,
                    known == null ? providerId : known,
                    handedAt,
                    lastHandedAt,
                    sentAt == null ? now : sentAt,
                    arrivedAt,
                    isNew ? now : changedAt,
                    null);
        }

        Leg known(@Nullable String known) {
            return known == null
                    ? this
                    : new Leg(
                            id,
                            state,
                            tries,
                            asks,
                            isLocal,
                            known,
                            handedAt,
                            lastHandedAt,
                            sentAt,
                            arrivedAt,
                            changedAt,
                            error);
        }

        Leg arrived(State how, Instant at) {
            return new Leg(
                    id,
                    how,
                    tries,
                    asks,
                    isLocal,
                    providerId,
                    handedAt,
                    lastHandedAt,
                    sentAt == null ? at : sentAt,
                    arrivedAt == null ? at : arrivedAt,
                    at,
                    null);
        }
    }

    Course {
        ways = List.copyOf(ways);
        legs = Map.copyOf(legs);
    }

    Leg leg(Way which) {
        Leg leg = legs.get(which);
        if (leg == null) {
            throw new IllegalArgumentException("not on its ways: " + which);
        }
        return leg;
    }

    Leg leg() {
        return leg(way);
    }

    @Nullable
    Way next() {
        int place = ways.indexOf(way);
        return place + 1 < ways.size() ? ways.get(place + 1) : null;
    }

    private Course with(Way which, UnaryOperator<Leg> change, Way on, State then, @Nullable Instant at) {
        var changed = new EnumMap<Way, Leg>(legs);
        changed.put(which, change.apply(leg(which)));
        return new Course(ways, on, then, changed, at);
    }

    private Course onlyLeg(Way which, UnaryOperator<Leg> change) {
        return with(which, change, way, state, nextAt);
    }

    private Course current(UnaryOperator<Leg> change, State then, @Nullable Instant at) {
        return with(way, change, way, then, at);
    }

    Course held(Instant until, String why, Instant now) {
        return current(
                leg -> leg.state() == State.HELD
                        ? leg.at(State.HELD, leg.changedAt(), why)
                        : leg.at(State.HELD, now, why),
                State.HELD,
                until);
    }

    /** Somebody hands it over now and has said what came of it until then. */
    Course handed(boolean isLocal, Instant now, Instant until) {
        return current(leg -> leg.handed(now, isLocal), State.SENDING, until);
    }

    Course call(Instant now) {
        return current(leg -> leg.at(State.CALL, now, leg.error()), State.CALL, null);
    }

    /** He was called and not reached; a person calls again. */
    Course notReached(Instant now) {
        return state == State.CALL
                ? current(leg -> leg.handed(now, false).at(State.CALL, now, null), State.CALL, null)
                : this;
    }

    /** Somebody asks now and has said what came of it until then. */
    Course asked(Instant until) {
        return current(Leg::asked, state, until);
    }

    /** It certainly was not sent. */
    Course later(Way which, Instant at, String why, Instant now) {
        if (leg(which).state() != State.SENDING) {
            return this;
        }
        return which == way && state == State.SENDING
                ? current(leg -> leg.at(State.PLANNED, now, why), State.PLANNED, at)
                : onlyLeg(which, leg -> leg.at(State.CANCELLED, now, why));
    }

    Course unknown(Way which, Instant askAt, @Nullable String why) {
        return which == way && state == State.SENDING
                ? current(
                        leg -> leg.at(State.SENDING, leg.changedAt(), why == null ? leg.error() : why),
                        State.SENDING,
                        askAt)
                : this;
    }

    Course lookAgain(@Nullable Instant at) {
        return new Course(ways, way, state, legs, at);
    }

    /** A provider took it. What is known to have arrived or failed, because its report was faster, stays so. */
    Course sent(Way which, @Nullable String providerId, Instant now, @Nullable Instant lookAt) {
        Leg leg = leg(which);
        if (leg.state().isOver()) {
            return onlyLeg(which, each -> each.known(providerId));
        }
        if (which != way || state.isOver()) {
            return onlyLeg(which, each -> each.sent(providerId, now));
        }
        return current(each -> each.sent(providerId, now), State.SENT, lookAt);
    }

    /** It arrived on one of its ways: what still waits on others is not needed any more. */
    Course arrived(Way which, State how, Instant at) {
        Leg leg = leg(which);
        if (leg.state() == State.READ || leg.state() == how) {
            return this;
        }
        boolean isFirst = !state.hasArrived();
        Course changed = onlyLeg(which, each -> each.arrived(how, at));
        var all = new EnumMap<Way, Leg>(changed.legs());
        all.replaceAll((each, other) ->
                each != which && other.state().isWaiting() ? other.at(State.CANCELLED, at, null) : other);
        return isFirst || which == way
                ? new Course(ways, which, how, all, null)
                : new Course(ways, way, state == State.READ ? State.READ : state, all, null);
    }

    /** One of its ways failed for good: the next one, if it is the one that it is on. */
    Course failed(Way which, String why, Instant now) {
        return ended(which, State.FAILED, why, now);
    }

    Course suppressed(Instant now) {
        return ended(way, State.SUPPRESSED, null, now);
    }

    private Course ended(Way which, State how, @Nullable String why, Instant now) {
        State was = leg(which).state();
        if (was.isOver()) {
            return this;
        }
        Course changed = onlyLeg(which, leg -> leg.at(how, now, why));
        return which == way && !state.isOver() ? changed.onward(now) : changed.settled();
    }

    /** The next way, without anything said of the one that it is on: that one may still turn out well. */
    Course overdue(Instant now) {
        return state == State.SENT ? onward(now) : this;
    }

    private Course onward(Instant now) {
        Way next = next();
        while (next != null) {
            if (leg(next).state() == State.PLANNED) {
                return new Course(ways, next, State.PLANNED, legs, now);
            }
            int place = ways.indexOf(next);
            next = place + 1 < ways.size() ? ways.get(place + 1) : null;
        }
        return settled();
    }

    /** Nothing more can be tried: the best that is known of any way. */
    private Course settled() {
        if (state.isOver() && state != State.FAILED && state != State.SUPPRESSED) {
            return this;
        }
        if (legs.values().stream().anyMatch(leg -> leg.state().isWaiting() || leg.state() == State.SENDING)) {
            return this;
        }
        if (state == State.SENT && leg().state() == State.SENT) {
            return this;
        }
        for (Way each : ways) {
            if (leg(each).state() == State.SENT) {
                return new Course(ways, each, State.SENT, legs, null);
            }
        }
        boolean isUnwanted = legs.values().stream().anyMatch(leg -> leg.state() == State.SUPPRESSED)
                && legs.values().stream().noneMatch(leg -> leg.tries() > 0);
        return new Course(ways, way, isUnwanted ? State.SUPPRESSED : State.FAILED, legs, null);
    }

    /** Stops what has not been handed over; what has been goes its way. */
    Course cancelled(Instant now) {
        if (!state.isWaiting()) {
            return this;
        }
        var all = new EnumMap<Way, Leg>(legs);
        all.replaceAll((each, leg) -> leg.state().isWaiting() ? leg.at(State.CANCELLED, now, null) : leg);
        for (Way each : ways) {
            if (leg(each).state() == State.SENT) {
                return new Course(ways, each, State.SENT, all, null);
            }
        }
        return new Course(ways, way, State.CANCELLED, all, null);
    }

    /** Begins again with the ways of which it is known that they came to nothing. */
    Course again(Supplier<UUID> ids, Instant now) {
        if (state != State.FAILED && state != State.CANCELLED && state != State.HELD && state != State.PLANNED) {
            return this;
        }
        if (state == State.HELD || state == State.PLANNED) {
            return current(leg -> leg.at(State.PLANNED, now, leg.error()), State.PLANNED, now);
        }
        var all = new EnumMap<Way, Leg>(legs);
        all.replaceAll((each, leg) ->
                leg.state() == State.FAILED || leg.state() == State.CANCELLED ? Leg.planned(ids.get(), now) : leg);
        for (Way each : ways) {
            if (Objects.requireNonNull(all.get(each)).state() == State.PLANNED) {
                return new Course(ways, each, State.PLANNED, all, now);
            }
        }
        return this;
    }
}
