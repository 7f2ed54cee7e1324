package io.bihuan.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Gives complaints that nobody registered by hand an owner: the people on duty in turn. */
final class DutyRoster {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private record Duty(List<UUID> people, Instant until) {}

    private final Supplier<List<UUID>> staff;
    private final InstantSource time;
    /** Nodes begin at different people, so that several of them do not deal to the same one at once. */
    private final AtomicInteger turn =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));

    private volatile Duty duty = new Duty(List.of(), Instant.MIN);

    /** @param staff who may own complaints now, in a stable order; never empty once there is an administrator */
    DutyRoster(Supplier<List<UUID>> staff, InstantSource time) {
        this.staff = staff;
        this.time = time;
    }

    UUID next() {
        List<UUID> people = people();
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
