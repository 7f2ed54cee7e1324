package io.bihuan.screening;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage.State;
import io.bihuan.intake.InboxWork;
import io.bihuan.intake.Received;
import io.bihuan.intake.Waiting;
import io.bihuan.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Brings in messages for tests and waits until they have been read. */
@Component
public class Messages {
    private final Inbox inbox;
    private final InboxWork work;
    private final Decisions decisions;
    private final InstantSource time;

    Messages(Inbox inbox, InboxWork work, Decisions decisions, InstantSource time) {
        this.inbox = inbox;
        this.work = work;
        this.decisions = decisions;
        this.time = time;
    }

    /** A message that begins with the reason for which it waits. */
    public Waiting read(Channel channel, String text) {
        UUID id = inbox.receive(Received.of(
                        channel,
                        "screened:box",
                        Ids.next().toString(),
                        time.instant(),
                        "text/plain",
                        text.getBytes(StandardCharsets.UTF_8)))
                .id();
        return read(id);
    }

    /** Waits until it has been read. */
    public Waiting read(UUID id) {
        for (int tries = 0; tries < 1_500; tries++) {
            Waiting found = decisions.find(id).orElseThrow();
            if (found.message().state() != State.NEW) {
                return found;
            }
            work.readOne();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("message " + id + " has not been read");
    }
}
