package io.bihuan.complaint;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Hands out numbers from blocks of a hundred, so that a registration needs no extra round trip. A number is never handed out twice. */
@Component
class Numbers {
    private static final int BLOCK = 100;
    private final JdbcClient jdbc;
    private final InstantSource time;
    private final ZoneId zone;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long end;

    Numbers(JdbcClient jdbc, InstantSource time, @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.jdbc = jdbc;
        this.time = time;
        this.zone = zone;
    }

    ComplaintNumber next() {
        lock.lock();
        try {
            if (next == end) {
                long block = jdbc.sql("select nextval('complaint.number_block')")
                        .query(Long.class)
                        .single();
                next = block * BLOCK;
                end = next + BLOCK;
            }
            return ComplaintNumber.of(time.instant().atZone(zone).toLocalDate(), next++);
        } finally {
            lock.unlock();
        }
    }
}
