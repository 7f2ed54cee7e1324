package io.bihuan.compensation;

import io.bihuan.platform.Bell;
import io.bihuan.platform.WhenServing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Ends vouchers when their time is over, on whichever node comes first: each is claimed for a while, and a killed node's claim ends. */
@Component
@WhenServing
public class VoucherExpiry implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(VoucherExpiry.class);
    private static final Duration CLAIM = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Vouchers vouchers;
    private final InstantSource time;
    private final boolean isEnabled;
    private final Bell bell = new Bell();
    private volatile boolean isRunning;

    VoucherExpiry(
            Vouchers vouchers, InstantSource time, @Value("${bihuan.compensation.expiry:true}") boolean isEnabled) {
        this.vouchers = vouchers;
        this.time = time;
        this.isEnabled = isEnabled;
    }

    /** Ends the voucher that is past its time the longest; false when there is none. */
    public boolean expireOne() {
        Optional<Vouchers.Overdue> overdue =
                vouchers.claimOverdue(time.instant().plus(CLAIM));
        overdue.ifPresent(each -> {
            try {
                vouchers.expire(each.complaintId(), each.id());
            } catch (RuntimeException e) {
                // The claim ends and it is tried again; the others do not wait for it.
                log.warn("Voucher {} could not be ended: {}", each.id(), e.toString());
            }
        });
        return overdue.isPresent();
    }

    @Override
    public boolean isAutoStartup() {
        return isEnabled;
    }

    @Override
    public void start() {
        isRunning = true;
        Thread.ofVirtual().name("voucher-expiry").start(this::keepExpiring);
    }

    @Override
    public void stop() {
        isRunning = false;
        bell.ring();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    private void keepExpiring() {
        boolean isAway = false;
        while (isRunning) {
            boolean hasWorked = false;
            try {
                hasWorked = expireOne();
                isAway = false;
            } catch (RuntimeException e) {
                if (!isAway && isRunning) {
                    isAway = true;
                    log.warn("Vouchers do not expire until the database is back: {}", e.toString());
                }
            }
            try {
                if (!hasWorked) {
                    bell.await(PAUSE);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
