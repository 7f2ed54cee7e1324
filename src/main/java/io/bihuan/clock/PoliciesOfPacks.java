package io.bihuan.clock;

import io.bihuan.pack.Pack;
import io.bihuan.pack.PackPreparation;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Writes down the policies of a pack before anybody can start a clock by them: a clock points at its policy, and the transaction that
 * starts the first one may roll back.
 */
@Component
class PoliciesOfPacks implements PackPreparation {
    private final Policies policies;
    private final InstantSource time;

    PoliciesOfPacks(Policies policies, InstantSource time) {
        this.policies = policies;
        this.time = time;
    }

    @Override
    public void prepare(Activating activating) {
        activating.packs().forEach(pack -> policies.of(pack, time.instant()));
    }

    @Override
    public void inForce(Pack pack) {
        policies.of(pack, time.instant());
    }
}
