package io.bihuan.screening;

import io.bihuan.intake.SourceStates;
import io.bihuan.intake.SourceStates.SourceState;
import io.bihuan.intake.WaitingMessages;
import io.bihuan.intake.WaitingMessages.Unread;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** How the channels are, as a detail of the health: a mailbox that is away does not make this application ill. */
@Component("channels")
class ChannelsHealth implements HealthIndicator {
    private final SourceStates sources;
    private final WaitingMessages waiting;

    ChannelsHealth(SourceStates sources, WaitingMessages waiting) {
        this.sources = sources;
        this.waiting = waiting;
    }

    @Override
    public Health health() {
        List<String> failing = sources.all().stream()
                .filter(state -> state.word() == SourceStates.Word.FAILING)
                .map(SourceState::source)
                .toList();
        List<Unread> unread = waiting.unread();
        return Health.up()
                .withDetail("failing", failing)
                .withDetail(
                        "unread", unread.stream().mapToLong(Unread::messages).sum())
                .withDetail(
                        "unreadFailing",
                        unread.stream().mapToLong(Unread::failing).sum())
                .build();
    }
}
