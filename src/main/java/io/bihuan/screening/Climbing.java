package io.bihuan.screening;

import io.bihuan.identity.Absences;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Waiting;
import io.bihuan.platform.WhenServing;
import io.bihuan.screening.ScreeningNotices.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets messages that nobody claims go up, and hands those of people who are away to others: on every node, each message in one
 * transaction of whoever comes first.
 */
@Component
public class Climbing {
    private static final Logger log = LoggerFactory.getLogger(Climbing.class);
    private static final int PASS = 100;
    private static final Duration PUT_OFF = Duration.ofSeconds(30);

    private final Decisions decisions;
    private final ChannelDuties duties;
    private final Screeners screeners;
    private final ScreeningNotices notices;
    private final Absences absences;
    private final TransactionTemplate transaction;
    private final InstantSource time;

    Climbing(
            Decisions decisions,
            ChannelDuties duties,
            Screeners screeners,
            ScreeningNotices notices,
            Absences absences,
            TransactionTemplate transaction,
            InstantSource time) {
        this.decisions = decisions;
        this.duties = duties;
        this.screeners = screeners;
        this.notices = notices;
        this.absences = absences;
        this.transaction = transaction;
        this.time = time;
    }

    /** Moves up everything whose time has come, and returns how many steps that were. */
    public int climb() {
        int climbed = 0;
        List<UUID> due;
        do {
            Instant now = time.instant();
            due = decisions.climbing(now, PASS);
            int before = climbed;
            for (UUID id : due) {
                climbed += climb(id, now) ? 1 : 0;
            }
            if (climbed == before) {
                return climbed; // what is left others hold
            }
        } while (due.size() == PASS);
        return climbed;
    }

    private boolean climb(UUID id, Instant now) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> decisions
                    .lockClimbing(id, now)
                    .map(waiting -> {
                        climb(waiting, now);
                        return true;
                    })
                    .orElse(false)));
        } catch (RuntimeException e) {
            // One of them is at fault, and must not hold back the others.
            log.warn("Message {} could not go up and is tried again: {}", id, e.toString());
            decisions.putOff(id, now.plus(PUT_OFF));
            return false;
        }
    }

    private void climb(Waiting waiting, Instant now) {
        InboxMessage message = waiting.message();
        Instant due = Objects.requireNonNullElse(waiting.dueAt(), now);
        UUID screener = message.screener();
        var rung = Ladder.after(waiting.climbs());
        List<UUID> above = screeners.on(rung, message.channel(), screener, now);
        Duration accept = duties.of(message.channel()).accept();
        // Who has claimed it keeps it; those above are told that it is late.
        boolean isHeld = message.claimedAt() != null;
        if (!isHeld || rung != Ladder.DEPUTY) {
            List<UUID> told = above.isEmpty() && screener != null ? List.of(screener) : above;
            notices.tell(Occasion.CLIMBED, message, told, due, due + "/" + waiting.climbs());
        }
        // At the top it stays with whoever got it there: what goes round and round is nobody's.
        boolean isAtTop = Ladder.isAtTop(waiting.climbs());
        UUID to = above.isEmpty() || isHeld || isAtTop ? null : above.getFirst();
        decisions.climb(waiting, to, rung.next(due, accept, now), now);
    }

    /** Hands over what waits for people who are away or gone, and returns how many messages that were. */
    public int handOver() {
        Instant now = time.instant();
        Map<UUID, Instant> away = absences.at(now);
        int handed = 0;
        for (UUID screener : decisions.screeners()) {
            Instant since = away.get(screener);
            if (since == null && screeners.may(screener)) {
                continue;
            }
            int inPass;
            do {
                Instant from = since == null ? now : since;
                inPass = Objects.requireNonNull(transaction.execute(status -> handOver(screener, from, now)));
                handed += inPass;
            } while (inPass == PASS);
        }
        return handed;
    }

    private int handOver(UUID screener, Instant since, Instant now) {
        int handed = 0;
        for (Waiting waiting : decisions.lockOf(screener, since, PASS)) {
            UUID to = screeners.next(waiting.channel(), screener);
            if (to.equals(screener)) {
                continue;
            }
            decisions.handOver(waiting, to);
            Instant due = waiting.dueAt();
            if (due != null) {
                notices.tell(Occasion.HANDED, waiting.message(), List.of(to), due, to + "/" + now);
            }
            handed++;
        }
        return handed;
    }

    /** Looks every second, on every node. */
    @Component
    @WhenServing
    @ConditionalOnProperty(name = "bihuan.alarms.enabled", matchIfMissing = true)
    static class Looking {
        private final Climbing climbing;

        Looking(Climbing climbing) {
            this.climbing = climbing;
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
        void climb() {
            climbing.climb();
        }

        @Scheduled(fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
        void handOver() {
            climbing.handOver();
        }
    }
}
