package io.bihuan.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Small pictures of stored JPEG, PNG and GIF files, drawn when they are first asked for and kept. On every node one is drawn at a time, in
 * a thread apart, and nobody waits longer than a few seconds for it; what cannot be drawn is not tried twice.
 */
@Component
public class Thumbnails {
    private static final Logger log = LoggerFactory.getLogger(Thumbnails.class);
    private static final long LARGEST = 50L * 1024 * 1024;
    private static final int MOST_WAITING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Kept(byte @Nullable [] data) {}

    private record Job(Drawing drawing, CompletableFuture<Kept> result) {}

    private final JdbcClient jdbc;
    private final Files files;
    private final InstantSource time;
    private final Map<FileHash, Job> jobs = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("thumbnails").factory());

    Thumbnails(JdbcClient jdbc, Files files, InstantSource time) {
        this.jdbc = jdbc;
        this.files = files;
        this.time = time;
        worker.allowCoreThreadTimeOut(true);
    }

    /** Whether it is worth asking for one. */
    public static boolean isFor(StoredFile file) {
        return Drawing.isDrawn(file.mediaType()) && file.size() <= LARGEST && !file.isInfected();
    }

    /** A JPEG of at most 320 pixels a side; empty where there is none, or not yet. */
    public Optional<byte[]> of(StoredFile file) {
        if (!isFor(file)) {
            return Optional.empty();
        }
        Kept kept = find(file.hash()).orElseGet(() -> await(file));
        return Optional.ofNullable(kept.data());
    }

    private Optional<Kept> find(FileHash hash) {
        return jdbc.sql("select data from platform.file_thumbnail where sha256 = :sha256")
                .param("sha256", hash.bytes())
                .query((row, index) -> new Kept(row.getBytes(1)))
                .optional();
    }

    private Kept await(StoredFile file) {
        Job job = jobs.computeIfAbsent(file.hash(), hash -> begin(file));
        try {
            return job.result().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Kept(null);
        } catch (ExecutionException e) {
            // Too many wait already: whoever asks next time may find a place.
            jobs.remove(file.hash(), job);
            return new Kept(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Kept(null);
        }
    }

    private Job begin(StoredFile file) {
        var job = new Job(new Drawing(), new CompletableFuture<>());
        try {
            worker.execute(() -> work(file, job));
        } catch (RejectedExecutionException e) {
            job.result().completeExceptionally(e);
        }
        return job;
    }

    private void work(StoredFile file, Job job) {
        // Its time begins when its turn comes: waiting behind others says nothing about the picture.
        Thread watchdog = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(PATIENCE);
                job.drawing().stop();
            } catch (InterruptedException e) {
                // It was ready in time.
            }
        });
        Kept kept;
        try {
            kept = new Kept(draw(file, job.drawing()));
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // A picture made to hurt asks for more than there is; the thread and its next picture survive it.
            log.info("No thumbnail of file {}: {}", file.hash(), e.toString());
            kept = new Kept(null);
        } finally {
            watchdog.interrupt();
        }
        try {
            keep(file.hash(), kept);
        } catch (RuntimeException e) {
            log.warn("The thumbnail of file {} is not kept: {}", file.hash(), e.toString());
        }
        job.result().complete(kept);
        jobs.remove(file.hash(), job);
    }

    private byte @Nullable [] draw(StoredFile file, Drawing drawing) throws IOException {
        byte[] head = head(file.hash());
        int passes = file.mediaType().equals("image/jpeg") ? passes(file.hash()) : 1;
        try (ImageInputStream content = files.image(file.hash())) {
            return drawing.draw(content, file.mediaType(), passes, Orientation.of(head, file.mediaType()));
        }
    }

    private byte[] head(FileHash hash) throws IOException {
        try (InputStream content = files.open(hash)) {
            byte[] head = new byte[MediaTypes.HEAD];
            return Arrays.copyOf(head, content.readNBytes(head, 0, head.length));
        }
    }

    private int passes(FileHash hash) throws IOException {
        try (InputStream content = files.open(hash)) {
            return JpegOutline.passes(content);
        }
    }

    private void keep(FileHash hash, Kept kept) {
        try {
            jdbc.sql("""
                            insert into platform.file_thumbnail (sha256, data, made_at) values (:sha256, :data, :now)
                            on conflict (sha256) do nothing
                            """)
                    .param("sha256", hash.bytes())
                    .param("data", kept.data())
                    .param("now", time.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DataIntegrityViolationException e) {
            log.debug("File {} was deleted meanwhile", hash);
        }
    }
}
