package io.bihuan.telephony;

import io.bihuan.telephony.TelephonyProperties.Kind;
import io.bihuan.telephony.TelephonyProperties.Pbx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the connection to one telephone system and takes what it tells: connects, signs on, listens, keeps it awake, and begins anew
 * when it breaks, ever later up to a bound.
 */
final class SwitchboardLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SwitchboardLink.class);
    /** So often asked in vain, and nobody is at the other end. */
    private static final int MOST_SILENCES = 3;

    /** Where events go. */
    interface Log {
        /** Whether the call is known: of calls within the house nothing is kept. */
        boolean knows(String call);

        /** Keeps an event; tried again when it throws. */
        void record(CallEvent event);
    }

    /** What the link says of itself. */
    interface Health {
        void working();

        void failing(String reason);

        void stopped();
    }

    /** Lets one node at a time hold the connection. */
    interface Turn {
        /** Takes or renews it; false when it is another's. */
        boolean hold();

        void release();
    }

    /** How long is waited for what. */
    record Pace(Duration connect, Duration ping, Duration firstPause, Duration longestPause, Duration turn) {
        static final Pace USUAL = new Pace(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));
    }

    private final String source;
    private final Pbx pbx;
    private final Log events;
    private final Health health;
    private final Turn turn;
    private final Pace pace;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private boolean isStopped;
    private @Nullable Socket open;
    private @Nullable Thread thread;

    SwitchboardLink(String source, Pbx pbx, Log events, Health health, Turn turn, Pace pace, InstantSource time) {
        this.source = source;
        this.pbx = pbx;
        this.events = events;
        this.health = health;
        this.turn = turn;
        this.pace = pace;
        this.time = time;
    }

    void start() {
        thread = Thread.ofVirtual().name("telephony-" + source).start(this::keepTalking);
    }

    private void keepTalking() {
        Duration pause = pace.firstPause();
        while (!isStopped()) {
            try {
                if (!turn.hold()) {
                    rest(pace.turn());
                    continue;
                }
                boolean[] wasIn = new boolean[1];
                try {
                    talk(wasIn);
                } catch (Switchboard.NotAdmitted e) {
                    failing(e);
                    pause = pace.longestPause();
                } catch (IOException e) {
                    failing(e);
                    pause = wasIn[0] ? pace.firstPause() : longer(pause);
                }
            } catch (RuntimeException e) {
                // The database is away: nothing can be kept now.
                log.warn("Telephone system {} is not listened to for a while: {}", source, e.toString());
                pause = longer(pause);
            }
            rest(pause);
        }
        end();
    }

    private void failing(IOException e) {
        if (!isStopped()) {
            log.warn("Telephone system {}: {}", source, e.toString());
            String message = e.getMessage();
            health.failing(message == null ? e.getClass().getSimpleName() : message);
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(pace.longestPause()) > 0 ? pace.longestPause() : twice;
    }

    private void end() {
        try {
            turn.release();
            health.stopped();
        } catch (RuntimeException e) {
            log.info("Telephone system {} was left without a word: {}", source, e.toString());
        }
    }

    private void talk(boolean[] wasIn) throws IOException {
        try (Socket socket = new Socket()) {
            keep(socket);
            socket.connect(new InetSocketAddress(String.valueOf(pbx.host()), pbx.portToUse()), (int)
                    pace.connect().toMillis());
            socket.setSoTimeout((int) pace.ping().toMillis());
            var line = new TextLine(socket);
            Switchboard switchboard =
                    pbx.kind() == Kind.ASTERISK ? new Asterisk(source, pbx) : new FreeSwitch(source, pbx);
            int silences = 0;
            while (!isStopped()) {
                if (!turn.hold()) {
                    return; // it took too long; another node listens now
                }
                Map<String, String> message = switchboard.greet(line) ? switchboard.read(line) : null;
                if (message == null) {
                    if (++silences >= MOST_SILENCES) {
                        throw new IOException("the telephone system has fallen silent");
                    }
                    if (wasIn[0]) {
                        switchboard.ping(line);
                    }
                    continue;
                }
                silences = 0;
                if (!wasIn[0]) {
                    wasIn[0] = switchboard.signOn(message, line);
                }
                if (wasIn[0]) {
                    health.working();
                    for (CallEvent event : switchboard.events(message, time.instant())) {
                        take(event);
                    }
                }
            }
        } finally {
            keep(null);
        }
    }

    /** An event that cannot be kept now is kept as soon as it can: it will not be told again. */
    private void take(CallEvent event) {
        Duration pause = pace.firstPause();
        while (!isStopped()) {
            try {
                if (begins(event) || events.knows(event.call())) {
                    events.record(event);
                }
                return;
            } catch (io.bihuan.platform.Refused refused) {
                log.info("Telephone system {}: an event is left out, {}", source, refused.key());
                return;
            } catch (RuntimeException e) {
                log.warn("Telephone system {}: an event waits for the database: {}", source, e.toString());
                rest(pause);
                pause = longer(pause);
            }
        }
    }

    private static boolean begins(CallEvent event) {
        return switch (event.kind()) {
            case QUEUED, RINGING, ANSWERED, ABANDONED -> true;
            case HELD, RESUMED, TRANSFERRED, ENDED, RECORDING_READY -> false;
        };
    }

    private void keep(@Nullable Socket socket) throws IOException {
        lock.lock();
        try {
            open = socket;
            if (isStopped && socket != null) {
                throw new IOException("stopped");
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return isStopped;
        } finally {
            lock.unlock();
        }
    }

    private void rest(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!isStopped && left > 0) {
                left = stopping.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread talking;
        lock.lock();
        try {
            isStopped = true;
            stopping.signalAll();
            if (open != null) {
                open.close();
            }
            talking = thread;
        } catch (IOException e) {
            talking = thread;
        } finally {
            lock.unlock();
        }
        if (talking != null) {
            try {
                talking.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
