package io.bihuan.wechat;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Received;
import io.bihuan.intake.SourceStates;
import io.bihuan.platform.WhenServing;
import io.bihuan.wechat.WeChatSettings.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the accounts do by themselves, on every node at once: send what is ready, take in drafts that nobody goes on with, keep the access
 * tokens fresh.
 */
@Component
@WhenServing
class WeChatWork implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WeChatWork.class);
    private static final int SENDERS = 2;

    /** When a due draft is looked at again, should the inbox have lost it, which it does not. */
    private static final Duration AGAIN = Duration.ofDays(1);

    private final WeChatSettings settings;
    private final Outgoing outgoing;
    private final Acknowledgements acknowledgements;
    private final Conversations conversations;
    private final AccessTokens tokens;
    private final WeChatBindings bindings;
    private final Inbox inbox;
    private final SourceStates sources;
    private final InstantSource time;
    private final boolean isEnabled;
    private volatile boolean isRunning;
    private volatile List<Thread> loops = List.of();

    WeChatWork(
            WeChatSettings settings,
            Outgoing outgoing,
            Acknowledgements acknowledgements,
            Conversations conversations,
            AccessTokens tokens,
            WeChatBindings bindings,
            Inbox inbox,
            SourceStates sources,
            InstantSource time,
            @Value("${bihuan.wechat.enabled:true}") boolean isEnabled) {
        this.settings = settings;
        this.outgoing = outgoing;
        this.acknowledgements = acknowledgements;
        this.conversations = conversations;
        this.tokens = tokens;
        this.bindings = bindings;
        this.inbox = inbox;
        this.sources = sources;
        this.time = time;
        this.isEnabled = isEnabled && !settings.all().isEmpty();
    }

    @Override
    public boolean isAutoStartup() {
        return isEnabled;
    }

    @Override
    public void start() {
        isRunning = true;
        var started = new ArrayList<Thread>();
        for (int sender = 1; sender <= SENDERS; sender++) {
            started.add(Thread.ofVirtual().name("wechat-" + sender).start(this::keepSending));
        }
        loops = List.copyOf(started);
    }

    @Override
    public void stop() {
        isRunning = false;
        loops.forEach(loop -> conversations.bell().ring());
        for (Thread loop : loops) {
            try {
                loop.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        loops = List.of();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    private void keepSending() {
        boolean isAway = false;
        while (isRunning) {
            try {
                boolean hasSent = outgoing.sendOne();
                if (!acknowledgements.reportOne() && !hasSent) {
                    conversations.bell().await(Duration.ofSeconds(1));
                }
                isAway = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (isRunning && !isAway) {
                    isAway = true;
                    log.warn("WeChat messages wait and go out as soon as it can be: {}", e.toString());
                }
                try {
                    Thread.sleep(Duration.ofSeconds(1));
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** Puts drafts that nobody went on with into the inbox, where what came meanwhile is read first. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void takeInTheSilent() {
        if (!isEnabled) {
            return;
        }
        for (Conversations.Due due : conversations.due()) {
            settings.find(due.account()).ifPresent(account -> {
                inbox.receive(Received.of(
                                Channel.WECHAT,
                                account.source(),
                                "silence-" + due.openId() + "-" + due.version() + "-"
                                        + due.at().getEpochSecond(),
                                time.instant(),
                                WeChatReader.SILENCE,
                                Integer.toString(due.version()).getBytes(StandardCharsets.US_ASCII))
                        .withConversation(due.openId())
                        .withBusinessLine(account.businessLine()));
                conversations.isInInbox(due, time.instant().plus(AGAIN));
            });
        }
    }

    /** Renews what ends soon, and so learns that an account does not work before a customer does. */
    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void keepTokensFresh() {
        if (!isEnabled) {
            return;
        }
        for (Account account : settings.all()) {
            try {
                tokens.of(account);
                sources.working(account.source());
            } catch (AccessTokens.Underway e) {
                // another node says how it went
            } catch (IOException e) {
                sources.failing(account.source(), String.valueOf(e.getMessage()));
            }
        }
    }

    @Scheduled(initialDelay = 9, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        while (outgoing.forgetOld() > 0 || bindings.forgetOld() > 0) {
            // the next batch
        }
    }
}
