package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.stream.ImageInputStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * All files of the platform: stored once by the SHA-256 of their content, kept as long as somebody uses them. Storing comes first,
 * outside any transaction; the command that then needs the file adds its use to its own writes.
 */
@Component
public class Files {
    /** How long a file may wait for its first use, and an upload for its end. */
    static final Duration PATIENCE = Duration.ofHours(6);

    private static final int BATCH = 100;
    private static final int CHUNKS_AT_ONCE = 64;
    private static final int MOST_USES = 500;

    private final JdbcClient jdbc;
    private final DataSource database;
    private final InstantSource time;
    private final TransactionTemplate transaction;

    Files(JdbcClient jdbc, DataSource database, InstantSource time, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.database = database;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Stores a file chunk by chunk; pictures lose their place and other EXIF on the way. The same content is stored once.
     *
     * @throws Refused {@code platform.file.empty}, {@code .too-large}, {@code .executable}, {@code .active-page} or
     *     {@code .broken-image}; nothing stays behind
     * @throws IOException when the sender stops sending
     */
    public StoredFile store(InputStream content, String name, DataSize limit) throws IOException {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "a file is stored before its command begins: uploads last longer than a second");
        }
        String shown = FileNames.clean(name);
        var in = new BufferedInputStream(new LimitedStream(content, shown, limit), MediaTypes.HEAD);
        in.mark(MediaTypes.HEAD);
        byte[] head = in.readNBytes(MediaTypes.HEAD);
        in.reset();
        if (head.length == 0) {
            throw new Refused("platform.file.empty", shown);
        }
        String mediaType = MediaTypes.of(head, shown);
        MediaTypes.refusal(mediaType, shown).ifPresent(reason -> {
            throw new Refused(reason, shown);
        });
        var caution = new Caution(mediaType, head);
        var upload = new Upload(database, caution, time.instant());
        try {
            Photos.clean(mediaType, shown, in, upload);
            FileHash hash = upload.end();
            return finish(
                    upload, new StoredFile(hash, upload.size(), mediaType, caution.hasMacros(), caution.isEncrypted()));
        } catch (IOException | RuntimeException e) {
            abandon(upload, e);
            throw e;
        }
    }

    private StoredFile finish(Upload upload, StoredFile file) {
        UUID content = transaction.execute(status -> {
            UUID kept = jdbc.sql("""
                            insert into platform.file
                                (sha256, content_id, size, media_type, has_macros, is_encrypted, created_at, unused_since, scan_at)
                            values (:sha256, :content, :size, :mediaType, :hasMacros, :isEncrypted, :now, :now, :now)
                            on conflict (sha256) do update
                                set unused_since = case when file.unused_since is null then null else excluded.unused_since end
                            returning content_id
                            """)
                    .param("sha256", file.hash().bytes())
                    .param("content", upload.id())
                    .param("size", file.size())
                    .param("mediaType", file.mediaType())
                    .param("hasMacros", file.hasMacros())
                    .param("isEncrypted", file.isEncrypted())
                    .param("now", now())
                    .query(UUID.class)
                    .single();
            int changed = jdbc.sql("""
                            update platform.file_content set stage = :stage where id = :content and stage = 'uploading'
                            """)
                    .param("stage", kept.equals(upload.id()) ? "finished" : "abandoned")
                    .param("content", upload.id())
                    .update();
            if (changed != 1) {
                throw new IllegalStateException("the upload took longer than " + PATIENCE);
            }
            return kept;
        });
        if (upload.id().equals(content)) {
            return file;
        }
        removeContent(upload.id());
        return find(file.hash()).orElseThrow(() -> new Refused("platform.file.gone"));
    }

    private void abandon(Upload upload, Exception reason) {
        if (!upload.hasStarted()) {
            return;
        }
        try {
            jdbc.sql("update platform.file_content set stage = 'abandoned' where id = :content and stage = 'uploading'")
                    .param("content", upload.id())
                    .update();
            removeContent(upload.id());
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** What is known of a stored file. */
    public Optional<StoredFile> find(FileHash hash) {
        return jdbc.sql("""
                        select sha256, size, media_type, has_macros, is_encrypted, scan, scan_note from platform.file
                        where sha256 = :sha256
                        """)
                .param("sha256", hash.bytes())
                .query((row, index) -> file(row))
                .optional();
    }

    /**
     * The content of a file, read chunk by chunk while the stream is read.
     *
     * @throws Refused {@code platform.file.gone} when there is no such file (any more)
     */
    public InputStream open(FileHash hash) {
        return jdbc.sql("select content_id, size from platform.file where sha256 = :sha256")
                .param("sha256", hash.bytes())
                .query((row, index) ->
                        new ChunkStream(jdbc, row.getObject("content_id", UUID.class), row.getLong("size")))
                .optional()
                .orElseThrow(() -> new Refused("platform.file.gone"));
    }

    /** The same for readers of pictures, who do not read it from one end to the other. */
    ImageInputStream image(FileHash hash) {
        return jdbc.sql("select content_id, size from platform.file where sha256 = :sha256")
                .param("sha256", hash.bytes())
                .query((row, index) ->
                        new ChunkImageStream(jdbc, row.getObject("content_id", UUID.class), row.getLong("size")))
                .optional()
                .orElseThrow(() -> new Refused("platform.file.gone"));
    }

    /** Adds to the writes of a command that somebody uses a file; the name is cleaned. Using it again changes nothing. */
    public void use(Writes writes, FileUser user, FileHash hash, String name) {
        writes.addOne("update platform.file set unused_since = null where sha256 = ?", (Object) hash.bytes());
        writes.add("""
                insert into platform.file_use (user_id, user_kind, sha256, name, used_at) values (?, ?, ?, ?, ?)
                on conflict (user_id, user_kind, sha256) do nothing
                """, user.id(), user.kind(), hash.bytes(), FileNames.clean(name), time.instant());
    }

    /** Adds to the writes of a command that somebody no longer uses a file; the last one to leave lets it be deleted. */
    public void release(Writes writes, FileUser user, FileHash hash) {
        writes.add(
                "delete from platform.file_use where user_id = ? and user_kind = ? and sha256 = ?",
                user.id(),
                user.kind(),
                hash.bytes());
        writes.add("""
                update platform.file set unused_since = ?
                where sha256 = ? and unused_since is null
                    and not exists (select from platform.file_use u where u.sha256 = file.sha256)
                """, time.instant(), hash.bytes());
    }

    /** Adds to the writes of a command that somebody uses no file any more. */
    public void releaseAll(Writes writes, FileUser user) {
        uses(user).forEach(use -> release(writes, user, use.file().hash()));
    }

    /**
     * Somebody uses a file in which the virus scanner found something.
     *
     * @param at when both were so: it was found, and it was used
     */
    public record Infected(FileUser user, FileHash hash, Instant at) {}

    /** Those of one kind of users since then, the newest first. */
    public List<Infected> infected(String userKind, Instant since, int limit) {
        return jdbc.sql("""
                        select u.user_id, u.sha256, greatest(u.used_at, f.scanned_at) as found_at
                        from platform.file f join platform.file_use u using (sha256)
                        where f.scan = 'INFECTED' and u.user_kind = :kind and greatest(u.used_at, f.scanned_at) >= :since
                        order by found_at desc, u.user_id, u.sha256
                        limit :most
                        """)
                .param("kind", userKind)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", limit)
                .query((row, index) -> new Infected(
                        new FileUser(userKind, row.getObject("user_id", UUID.class)),
                        FileHash.of(row.getBytes("sha256")),
                        row.getObject("found_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The files somebody uses, oldest first, at most 500. */
    public List<FileUse> uses(FileUser user) {
        return jdbc.sql("""
                        select u.name, u.used_at, f.sha256, f.size, f.media_type, f.has_macros, f.is_encrypted, f.scan, f.scan_note
                        from platform.file_use u join platform.file f using (sha256)
                        where u.user_id = :id and u.user_kind = :kind
                        order by u.used_at, u.sha256
                        limit :most
                        """)
                .param("id", user.id())
                .param("kind", user.kind())
                .param("most", MOST_USES)
                .query((row, index) -> use(user, row))
                .list();
    }

    /** One file of somebody; empty when this one does not use it, whoever else does. */
    public Optional<FileUse> use(FileUser user, FileHash hash) {
        return jdbc.sql("""
                        select u.name, u.used_at, f.sha256, f.size, f.media_type, f.has_macros, f.is_encrypted, f.scan, f.scan_note
                        from platform.file_use u join platform.file f using (sha256)
                        where u.user_id = :id and u.user_kind = :kind and u.sha256 = :sha256
                        """)
                .param("id", user.id())
                .param("kind", user.kind())
                .param("sha256", hash.bytes())
                .query((row, index) -> use(user, row))
                .optional();
    }

    /**
     * Deletes files that nobody has used for six hours and uploads that did not end, at most a hundred of each and in small
     * transactions; any number of nodes may do so at once.
     *
     * @return how many were deleted; when it is not zero there may be more
     */
    public int removeAbandoned() {
        OffsetDateTime before = now().minus(PATIENCE);
        jdbc.sql("""
                        update platform.file_content set stage = 'abandoned'
                        where id in (select id from platform.file_content
                                     where stage = 'uploading' and started_at < :before order by started_at limit :most)
                            and stage = 'uploading'
                        """).param("before", before).param("most", BATCH).update();
        unused(before).forEach(hash -> forget(hash, before));
        List<UUID> abandoned =
                jdbc.sql("""
                        select id from platform.file_content where stage = 'abandoned' order by started_at limit :most
                        """).param("most", BATCH).query(UUID.class).list();
        abandoned.forEach(this::removeContent);
        return abandoned.size();
    }

    private List<FileHash> unused(OffsetDateTime before) {
        return jdbc.sql(
                        "select sha256 from platform.file where unused_since < :before order by unused_since limit :most")
                .param("before", before)
                .param("most", BATCH)
                .query((row, index) -> FileHash.of(row.getBytes(1)))
                .list();
    }

    /** The row lock comes first: a use that is being written right now is then either waited for or sees no file. */
    private void forget(FileHash hash, OffsetDateTime before) {
        transaction.executeWithoutResult(status -> {
            Optional<UUID> content = jdbc.sql("""
                            select content_id from platform.file where sha256 = :sha256 and unused_since < :before for update
                            """)
                    .param("sha256", hash.bytes())
                    .param("before", before)
                    .query(UUID.class)
                    .optional();
            if (content.isEmpty()) {
                return;
            }
            boolean isUsed = jdbc.sql("select exists (select from platform.file_use where sha256 = :sha256)")
                    .param("sha256", hash.bytes())
                    .query(Boolean.class)
                    .single();
            if (isUsed) {
                jdbc.sql("update platform.file set unused_since = null where sha256 = :sha256")
                        .param("sha256", hash.bytes())
                        .update();
                return;
            }
            jdbc.sql("delete from platform.file where sha256 = :sha256")
                    .param("sha256", hash.bytes())
                    .update();
            jdbc.sql("update platform.file_content set stage = 'abandoned' where id = :content")
                    .param("content", content.get())
                    .update();
        });
    }

    private void removeContent(UUID content) {
        int deleted;
        do {
            deleted = jdbc.sql("""
                            delete from platform.file_chunk where content_id = :content and number in
                                (select number from platform.file_chunk where content_id = :content
                                 order by number limit :most)
                            """)
                    .param("content", content)
                    .param("most", CHUNKS_AT_ONCE)
                    .update();
        } while (deleted > 0);
        jdbc.sql("delete from platform.file_content where id = :content and stage = 'abandoned'")
                .param("content", content)
                .update();
    }

    private static FileUse use(FileUser user, ResultSet row) throws SQLException {
        Instant usedAt = row.getObject("used_at", OffsetDateTime.class).toInstant();
        return new FileUse(user, row.getString("name"), file(row), usedAt);
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                FileHash.of(row.getBytes("sha256")),
                row.getLong("size"),
                row.getString("media_type"),
                row.getBoolean("has_macros"),
                row.getBoolean("is_encrypted"),
                Scan.valueOf(row.getString("scan")),
                row.getString("scan_note"));
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
