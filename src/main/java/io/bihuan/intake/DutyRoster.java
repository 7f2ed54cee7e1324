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
import java.util.function.Supplier;

/** Gives complaints that nobody registered by hand an owner: the people on duty in turn. */
final class DutyRoster {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private record Duty(List<UUID> people, Instant until) {}

    private final Supplier<List<UUID>> staff;
    private final Function<Channel, ChannelDuty> duties;
    private final InstantSource time;
    /** Nodes begin at different people, so that several of them do not deal to the same one at once. */
    private final AtomicInteger turn =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));

    private volatile Duty duty = new Duty(List.of(), Instant.MIN);

    /** @param staff who may own complaints now, in a stable order; never empty once there is an administrator */
    DutyRoster(Supplier<List<UUID>> staff, Function<Channel, ChannelDuty> duties, InstantSource time) {
        this.staff = staff;
        this.duties = duties;
        this.time = time;
    }

    /** The channel's screener who is there, else its deputy, else one of all. */
    UUID next(Channel channel) {
        List<UUID> people = people();
        ChannelDuty duty = duties.apply(channel);
        if (duty.screener() != null && people.contains(duty.screener())) {
            return duty.screener();
        }
        if (duty.deputy() != null && people.contains(duty.deputy())) {
            return duty.deputy();
        }
        if (people.isEmpty()) {
            throw new IllegalStateException("nobody can own a complaint: there is no active agent or administrator");
        }
        return people.get(Math.floorMod(turn.getAndIncrement(), people.size()));
    }

    private List<UUID> people() {
        Instant now = time.instant();
        Duty known = duty;
        if (known.people().isEmpty() || !now.isBefore(known.until())) {
            known = new Duty(List.copyOf(staff.get()), now.plus(KNOWN_FOR));
            duty = known;
        }
        return known.people();
    }
}
