package io.bihuan.telephony;

import io.bihuan.intake.SourceStates;
import io.bihuan.platform.Lease;
import io.bihuan.platform.WhenServing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The connections to the telephone systems of the configuration, each held by one node at a time. */
@Component
@WhenServing
@EnableConfigurationProperties(TelephonyProperties.class)
class SwitchboardLinks implements SmartLifecycle {
    private static final Duration LEASE = Duration.ofSeconds(60);
    /** Renewed so often, not for each message. */
    private static final Duration RENEWED = Duration.ofSeconds(10);

    private final TelephonyProperties properties;
    private final Calls calls;
    private final Lease lease;
    private final SourceStates states;
    private final InstantSource time;
    private volatile List<SwitchboardLink> links = List.of();

    SwitchboardLinks(
            TelephonyProperties properties, Calls calls, Lease lease, SourceStates states, InstantSource time) {
        this.properties = properties;
        this.calls = calls;
        this.lease = lease;
        this.states = states;
        this.time = time;
    }

    @Override
    public void start() {
        links = properties.systems().entrySet().stream()
                .map(system -> new SwitchboardLink(
                        system.getKey(),
                        system.getValue(),
                        log(system.getKey()),
                        health(system.getKey()),
                        turn(system.getKey()),
                        SwitchboardLink.Pace.USUAL,
                        time))
                .toList();
        links.forEach(SwitchboardLink::start);
    }

    @Override
    public void stop() {
        List<SwitchboardLink> open = links;
        links = List.of();
        open.forEach(SwitchboardLink::close);
    }

    @Override
    public boolean isRunning() {
        return !links.isEmpty();
    }

    SwitchboardLink.Log log(String source) {
        return new SwitchboardLink.Log() {
            @Override
            public boolean knows(String call) {
                return calls.isKnown(source, call);
            }

            @Override
            public void record(CallEvent event) {
                calls.record(event);
            }
        };
    }

    SwitchboardLink.Health health(String name) {
        String source = CallBacks.READER + ":" + name;
        return new SwitchboardLink.Health() {
            @Override
            public void working() {
                states.working(source);
            }

            @Override
            public void failing(String reason) {
                states.failing(source, reason);
            }

            @Override
            public void stopped() {
                states.stopped(source);
            }
        };
    }

    private SwitchboardLink.Turn turn(String source) {
        String name = "telephony:" + source;
        return new SwitchboardLink.Turn() {
            private Instant renewed = Instant.EPOCH;

            @Override
            public boolean hold() {
                Instant now = time.instant();
                if (now.isBefore(renewed.plus(RENEWED)) && !now.isBefore(renewed)) {
                    return true;
                }
                boolean isOurs = lease.hold(name, LEASE);
                renewed = isOurs ? now : Instant.EPOCH;
                return isOurs;
            }

            @Override
            public void release() {
                lease.release(name);
            }
        };
    }
}
