package io.bihuan.webhook;

import io.bihuan.platform.Bell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes messages to their receivers. Any number of nodes do so: each holds what it carries by a lease that outlasts the longest attempt,
 * so what a killed node held is carried by another. A receiver may get a message again, never less than once.
 */
final class Courier implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SPARE = Duration.ofSeconds(15);

    private final String worker = UUID.randomUUID().toString();
    private final Deliveries deliveries;
    private final Endpoints endpoints;
    private final Sender sender;
    private final WebhookSettings settings;
    private final Predicate<UUID> isGoodToken;
    private final BiConsumer<Endpoint, Endpoint.Reason> whenDisabled;
    private final InstantSource time;
    private final Bell bell;
    private final Set<Thread> carrying = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopping;
    private volatile @Nullable Thread loop;

    /**
     * Without effect until it is started.
     *
     * @param isGoodToken whether the token that made an endpoint still opens the API
     * @param whenDisabled is told when an endpoint is switched off by what it did
     */
    Courier(
            Deliveries deliveries,
            Endpoints endpoints,
            Sender sender,
            WebhookSettings settings,
            Predicate<UUID> isGoodToken,
            BiConsumer<Endpoint, Endpoint.Reason> whenDisabled,
            InstantSource time,
            Bell bell) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.sender = sender;
        this.settings = settings;
        this.isGoodToken = isGoodToken;
        this.whenDisabled = whenDisabled;
        this.time = time;
        this.bell = bell;
    }

    @Override
    public void start() {
        isStopping = false;
        loop = Thread.ofVirtual().name("webhooks").start(this::run);
    }

    @Override
    public void stop() {
        isStopping = true;
        bell.ring();
        Thread running = loop;
        loop = null;
        try {
            if (running != null) {
                running.join(Duration.ofSeconds(5));
            }
            // What is under way is short, and lost only for its lease.
            for (Thread each : carrying) {
                each.join(Duration.ofSeconds(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    private void run() {
        boolean isAway = false;
        while (!isStopping) {
            int taken = 0;
            try {
                taken = carryDue();
                isAway = false;
            } catch (RuntimeException e) {
                if (!isAway) {
                    isAway = true;
                    log.warn("Webhooks stand still and go on as soon as they can: {}", e.toString());
                }
            }
            try {
                if (taken == 0) {
                    bell.await(POLL);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Begins to carry everything that is due and finds room; gives how much. */
    int carryDue() {
        List<Delivery> due =
                deliveries.claim(worker, time.instant().plus(settings.timeout()).plus(SPARE), settings.atOnce());
        for (Delivery each : due) {
            Thread thread = Thread.ofVirtual().name("webhook").unstarted(() -> {
                try {
                    carry(each);
                } catch (RuntimeException e) {
                    log.warn("Webhook {} is tried again when its lease is over: {}", each.id(), e.toString());
                } finally {
                    carrying.remove(Thread.currentThread());
                    bell.ring();
                }
            });
            carrying.add(thread);
            thread.start();
        }
        return due.size();
    }

    private void carry(Delivery delivery) {
        Optional<Endpoint> found = endpoints.find(delivery.endpoint(), null);
        if (found.isEmpty() || !found.get().isEnabled()) {
            deliveries.giveBack(delivery.id(), worker);
            return;
        }
        Endpoint endpoint = found.get();
        UUID token = endpoint.token();
        if (token != null && !isGoodToken.test(token)) {
            deliveries.giveBack(delivery.id(), worker);
            disable(endpoint, Endpoint.Reason.TOKEN);
            return;
        }
        Reply reply = sender.post(
                endpoint.url(), headers(endpoint, delivery), delivery.body().getBytes(StandardCharsets.UTF_8));
        Optional<Instant> failingSince = deliveries.record(delivery, worker, reply);
        if (reply.outcome() == Outcome.GONE) {
            disable(endpoint, Endpoint.Reason.GONE);
        } else if (failingSince.isPresent()
                && !failingSince.get().plus(settings.patience()).isAfter(time.instant())) {
            disable(endpoint, Endpoint.Reason.FAILING);
        }
    }

    private Map<String, String> headers(Endpoint endpoint, Delivery delivery) {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        String id = delivery.message().toString();
        long timestamp = time.instant().getEpochSecond();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", CloudEvent.MEDIA_TYPE);
        headers.put("User-Agent", "Bihuan");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put(
                "webhook-signature",
                endpoints.secrets(endpoint.id()).stream()
                        .map(secret -> secret.signature(id, timestamp, body))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    private void disable(Endpoint endpoint, Endpoint.Reason reason) {
        if (endpoints.disable(endpoint.id(), reason)) {
            whenDisabled.accept(endpoint, reason);
        }
    }
}
