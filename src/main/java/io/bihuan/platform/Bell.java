package io.bihuan.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes who waits for work on this node; a ring that nobody waits for is kept. */
public final class Bell {
    private final Semaphore rings = new Semaphore(0);

    /** Rings, within a transaction when it is committed: before, there is nothing to see. */
    public void ring() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    rings.release();
                }
            });
        } else {
            rings.release();
        }
    }

    /** Waits for a ring, or so long. */
    public void await(Duration longest) throws InterruptedException {
        if (rings.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            rings.drainPermits();
        }
    }
}
