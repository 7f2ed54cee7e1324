package io.bihuan.telephony;

import io.bihuan.telephony.Calls.Changed;
import io.bihuan.web.LiveNews;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the pages of an agent that a call of theirs changed: at once when this node was told of it, else at the next look at the log,
 * four times a second.
 */
@Component
class CallNews implements LiveNews {
    static final String TOPIC = "calls";

    private static final Duration POLL = Duration.ofMillis(250);
    /** A change is seen when its transaction ends, which may be some seconds after the time it carries. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final int MOST = 2_000;

    private final Calls calls;
    private final InstantSource time;

    CallNews(Calls calls, InstantSource time) {
        this.calls = calls;
        this.time = time;
    }

    @Override
    public Reading begin() {
        var known = new HashMap<UUID, Integer>();
        recent(time.instant()).forEach(call -> known.put(call.id(), call.version()));
        return audience -> {
            calls.news().await(POLL);
            List<Changed> recent = recent(time.instant());
            for (Changed call : recent) {
                Integer before = known.put(call.id(), call.version());
                if (before == null || before < call.version()) {
                    call.people().forEach(who -> audience.tell(who, TOPIC, call.id(), call.version()));
                }
            }
            forget(known, recent);
        };
    }

    private List<Changed> recent(Instant now) {
        return calls.changed(now.minus(OVERLAP), MOST);
    }

    private static void forget(Map<UUID, Integer> known, List<Changed> recent) {
        if (known.size() > 2 * MOST) {
            var kept = new HashMap<UUID, Integer>();
            recent.forEach(call -> kept.put(call.id(), call.version()));
            known.keySet().retainAll(kept.keySet());
        }
    }
}
