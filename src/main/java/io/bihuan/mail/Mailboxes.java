package io.bihuan.mail;

import io.bihuan.intake.SourceStates;
import io.bihuan.platform.Lease;
import io.bihuan.platform.WhenServing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads every mailbox, each in a thread of its own: one that hangs holds up no other. */
@Component
@WhenServing
class Mailboxes implements SmartLifecycle {
    private final MailSettings settings;
    private final MailDelivery delivery;
    private final AccessTokens tokens;
    private final SourceStates sources;
    private final Lease lease;
    private final JdbcClient jdbc;
    private final InstantSource time;
    private volatile List<Mailbox> boxes = List.of();
    private volatile List<Thread> threads = List.of();
    private volatile boolean isRunning;

    Mailboxes(
            MailSettings settings,
            MailDelivery delivery,
            AccessTokens tokens,
            SourceStates sources,
            Lease lease,
            JdbcClient jdbc,
            InstantSource time) {
        this.settings = settings;
        this.delivery = delivery;
        this.tokens = tokens;
        this.sources = sources;
        this.lease = lease;
        this.jdbc = jdbc;
        this.time = time;
    }

    Mailbox open(MailProperties.Box box) {
        return new Mailbox(box, settings, delivery, tokens, sources, lease, jdbc, time);
    }

    @Override
    public void start() {
        isRunning = true;
        boxes = settings.get().boxes().stream().map(this::open).toList();
        var started = new ArrayList<Thread>();
        for (Mailbox box : boxes) {
            started.add(Thread.ofVirtual().name("mailbox").start(box::keepReading));
        }
        threads = List.copyOf(started);
    }

    @Override
    public void stop() {
        isRunning = false;
        boxes.forEach(Mailbox::stop);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
