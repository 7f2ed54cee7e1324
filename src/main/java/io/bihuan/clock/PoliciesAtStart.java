package io.bihuan.clock;

import io.bihuan.calendar.Calendars;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import java.time.InstantSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Writes down what ships before anybody asks: a clock points at its policy and its calendar, and the transaction that starts the
 * first one may roll back.
 */
@Component
class PoliciesAtStart implements SmartInitializingSingleton {
    private final Packs packs;
    private final Policies policies;
    private final Calendars calendars;
    private final InstantSource time;

    PoliciesAtStart(Packs packs, Policies policies, Calendars calendars, InstantSource time) {
        this.packs = packs;
        this.policies = policies;
        this.calendars = calendars;
        this.time = time;
    }

    @Override
    public void afterSingletonsInstantiated() {
        calendars.all();
        for (Pack pack : packs.all()) {
            policies.of(pack, time.instant());
        }
    }
}
