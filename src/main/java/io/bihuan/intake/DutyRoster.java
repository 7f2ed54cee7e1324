package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.ChannelDuties.ChannelDuty;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says who takes what a channel brings: its screener who is there, else the deputy who is there, else whoever has a shift, else the agents
 * who are not away, in turn.
 */
public final class DutyRoster {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    /**
     * Who is there now.
     *
     * @param isHere whether somebody is active, not away, and on duty by his hours or a shift
     * @param shift who has a shift and is not away
     * @param agents who may own complaints and is not away, in a stable order; whoever there is when all are away
     */
    record Present(Predicate<UUID> isHere, List<UUID> shift, List<UUID> agents) {
        Present {
            shift = List.copyOf(shift);
            agents = List.copyOf(agents);
        }
    }

    private record Known(Present present, Instant until) {}

    private final Supplier<Present> staff;
    private final Function<Channel, ChannelDuty> duties;
    private final InstantSource time;
    /** Nodes begin at different people, so that several of them do not deal to the same one at once. */
    private final AtomicInteger turn =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));

    private volatile Known known = new Known(new Present(person -> false, List.of(), List.of()), Instant.MIN);

    /** @param staff its agents are never empty once there is an administrator */
    DutyRoster(Supplier<Present> staff, Function<Channel, ChannelDuty> duties, InstantSource time) {
        this.staff = staff;
        this.duties = duties;
        this.time = time;
    }

    /** Who takes the next thing of a channel. */
    public UUID next(Channel channel) {
        return next(channel, person -> true);
    }

    /** The same among those who may; whoever there is when none of them may. */
    public UUID next(Channel channel, Predicate<UUID> may) {
        Present present = present();
        ChannelDuty duty = duties.apply(channel);
        for (UUID named : new UUID[] {duty.screener(), duty.deputy()}) {
            if (named != null && may.test(named) && present.isHere().test(named)) {
                return named;
            }
        }
        List<UUID> shift = present.shift().stream().filter(may).toList();
        List<UUID> agents = present.agents().stream().filter(may).toList();
        List<UUID> people = !shift.isEmpty() ? shift : !agents.isEmpty() ? agents : present.agents();
        if (people.isEmpty()) {
            throw new IllegalStateException("nobody can own a complaint: there is no active agent or administrator");
        }
        return people.get(Math.floorMod(turn.getAndIncrement(), people.size()));
    }

    /** Whether somebody is active, not away and on duty. */
    public boolean isHere(UUID person) {
        return present().isHere().test(person);
    }

    private Present present() {
        Instant now = time.instant();
        Known last = known;
        if (last.present().agents().isEmpty()
                || !now.isBefore(last.until())
                || now.isBefore(last.until().minus(KNOWN_FOR))) {
            last = new Known(staff.get(), now.plus(KNOWN_FOR));
            known = last;
        }
        return last.present();
    }
}
