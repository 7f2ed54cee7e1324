package io.bihuan.clock;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes this node's alarm loop when a clock was started whose alarm comes before the loop means to look again. */
@Component
class AlarmSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private volatile Instant plannedLook = Instant.MIN;
    private boolean isWoken;

    /** Called while the clock is being written; signals after the commit, because before it the loop would find nothing. */
    void alarmAt(Instant at) {
        if (!at.isBefore(plannedLook)) {
            return;
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    wake();
                }
            });
        } else {
            wake();
        }
    }

    void wake() {
        lock.lock();
        try {
            isWoken = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits that long, or until woken, and says whether it was; the look is what time it will be otherwise. */
    boolean await(long millis, Instant look) throws InterruptedException {
        lock.lock();
        try {
            plannedLook = look;
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!isWoken && left > 0) {
                left = woken.awaitNanos(left);
            }
            boolean wasWoken = isWoken;
            isWoken = false;
            plannedLook = Instant.MIN;
            return wasWoken;
        } finally {
            lock.unlock();
        }
    }
}
