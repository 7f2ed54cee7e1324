package io.bihuan.platform.files;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Files that come in pieces: what was received stays, so that a sender whose line breaks goes on where it stopped, on this node or
 * another. Each piece is a transaction of its own that counts only where the upload stands, so of two who send at once one is told to
 * ask again, and the bytes are in their order whatever happens.
 */
@Component
public class PartialUploads {
    /** How long an upload may take, and how long its file may wait to be used. */
    public static final Duration PATIENCE = Duration.ofHours(24);

    private static final String KIND = "upload";
    private static final int MOST_AT_ONCE = 50;
    private static final int BATCH = 100;
    private static final String COLUMNS =
            "select id, name, length, received, expires_at, sha256, refusal from platform.upload ";

    /** Somebody else has sent a piece in the meantime, or the sender does not know where it stands. */
    @ResponseStatus(HttpStatus.CONFLICT)
    public static final class OutOfPlace extends Refused {
        OutOfPlace() {
            super("platform.upload.out-of-place");
        }
    }

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Files files;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final DataSize largest;

    PartialUploads(
            JdbcClient jdbc,
            DataSource database,
            Files files,
            InstantSource time,
            PlatformTransactionManager transactions,
            @Value("${bihuan.files.largest-upload:50MB}") DataSize largest) {
        this.jdbc = jdbc;
        this.database = database;
        this.files = files;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
        this.largest = largest;
    }

    public DataSize largest() {
        return largest;
    }

    /**
     * Begins an upload.
     *
     * @param owner who alone may go on with it and use its file
     * @throws Refused when it is too large, or when its owner has begun too many
     */
    public PartialUpload begin(String owner, String name, long length) {
        String shown = FileNames.clean(name);
        if (length <= 0) {
            throw new Refused("platform.file.empty", shown);
        }
        if (length > largest.toBytes()) {
            throw new Refused("platform.file.too-large", shown, largest.toMegabytes());
        }
        int open = jdbc.sql("""
                        select count(*) from platform.upload
                        where owner = :owner and sha256 is null and refusal is null and expires_at > :now
                        """)
                .param("owner", owner)
                .param("now", now())
                .query(Integer.class)
                .single();
        if (open >= MOST_AT_ONCE) {
            throw new Refused("platform.upload.too-many", MOST_AT_ONCE);
        }
        var upload =
                new PartialUpload(Ids.next(), shown, length, 0, time.instant().plus(PATIENCE), null, null);
        jdbc.sql("""
                        insert into platform.upload (id, owner, name, length, started_at, expires_at)
                        values (:id, :owner, :name, :length, :now, :expires)
                        """)
                .param("id", upload.id())
                .param("owner", owner)
                .param("name", shown)
                .param("length", length)
                .param("now", now())
                .param("expires", upload.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        return upload;
    }

    /** A file that came whole, kept for its owner like one that came in pieces. */
    public PartialUpload store(String owner, InputStream content, String name) throws IOException {
        StoredFile stored = files.store(content, name, largest);
        var upload = new PartialUpload(
                Ids.next(),
                FileNames.clean(name),
                stored.size(),
                stored.size(),
                time.instant().plus(PATIENCE),
                stored.hash(),
                null);
        var writes = new Writes();
        writes.addOne(
                """
                insert into platform.upload (id, owner, name, length, received, started_at, expires_at, sha256)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                upload.id(),
                owner,
                upload.name(),
                upload.length(),
                upload.length(),
                time.instant(),
                upload.expiresAt(),
                stored.hash().bytes());
        files.use(writes, new FileUser(KIND, upload.id()), stored.hash(), upload.name());
        transaction.executeWithoutResult(status -> writes.send(database));
        return upload;
    }

    /** An upload as it stands; empty for everybody but its owner, and once it has expired. What is whole but has not ended yet ends now. */
    public Optional<PartialUpload> find(String owner, UUID id) throws IOException {
        Optional<PartialUpload> found = read(owner, id);
        if (found.isPresent() && found.get().isWhole() && !found.get().hasEnded()) {
            end(found.get());
            return read(owner, id);
        }
        return found;
    }

    private Optional<PartialUpload> read(String owner, UUID id) {
        return jdbc.sql(COLUMNS + "where id = :id and owner = :owner and expires_at > :now")
                .param("id", id)
                .param("owner", owner)
                .param("now", now())
                .query((row, index) -> upload(row))
                .optional();
    }

    /** The file that this owner has uploaded and may still use. */
    public Optional<StoredFile> uploaded(String owner, FileHash hash) {
        boolean isOwn = jdbc.sql("""
                        select exists (select from platform.upload
                                       where owner = :owner and sha256 = :sha256 and expires_at > :now)
                        """)
                .param("owner", owner)
                .param("sha256", hash.bytes())
                .param("now", now())
                .query(Boolean.class)
                .single();
        return isOwn ? files.find(hash) : Optional.empty();
    }

    /**
     * Takes what the sender has, from where the upload stands. When the line breaks, what came before stays.
     *
     * @param at the place of the first byte in the whole file
     * @throws OutOfPlace when the upload stands elsewhere
     * @throws Refused when there is more than the announced length; the whole file when it is not taken
     */
    public PartialUpload append(String owner, PartialUpload upload, long at, InputStream content) throws IOException {
        long place = at;
        if (upload.received() != at) {
            throw new OutOfPlace();
        }
        while (place < upload.length()) {
            int room = (int) Math.min(Upload.CHUNK - place % Upload.CHUNK, upload.length() - place);
            byte[] piece = new byte[room];
            int filled = 0;
            IOException broken = null;
            try {
                filled = content.readNBytes(piece, 0, room);
            } catch (IOException e) {
                broken = e;
            }
            if (filled > 0) {
                keep(upload.id(), place, filled == room ? piece : Arrays.copyOf(piece, filled));
                place += filled;
            }
            if (broken != null) {
                throw broken;
            }
            if (filled < room) {
                break;
            }
        }
        if (place == upload.length() && content.read() >= 0) {
            throw new Refused("platform.upload.too-long", upload.name());
        }
        return find(owner, upload.id()).orElseThrow(() -> new Refused("platform.file.gone"));
    }

    private void keep(UUID upload, long place, byte[] piece) {
        transaction.executeWithoutResult(status -> {
            int counted = jdbc.sql("""
                            update platform.upload set received = :to where id = :id and received = :from
                            """)
                    .param("to", place + piece.length)
                    .param("id", upload)
                    .param("from", place)
                    .update();
            if (counted != 1) {
                throw new OutOfPlace();
            }
            int number = (int) (place / Upload.CHUNK);
            // A chunk that was begun by an earlier request is filled up.
            jdbc.sql("""
                            insert into platform.upload_chunk as c (upload, number, data) values (:upload, :number, :data)
                            on conflict (upload, number) do update set data = c.data || excluded.data
                            """)
                    .param("upload", upload)
                    .param("number", number)
                    .param("data", piece)
                    .update();
        });
    }

    /** The whole file goes the way of every file. Two who do it at once do the same. */
    private void end(PartialUpload upload) throws IOException {
        StoredFile stored;
        try (var content = new Pieces(upload)) {
            stored = files.store(content, upload.name(), largest);
        } catch (Refused refused) {
            if (refused.key().equals("platform.file.gone")) {
                // Another request has ended it in the meantime.
                return;
            }
            jdbc.sql("""
                            update platform.upload set refusal = :key where id = :id and sha256 is null and refusal is null
                            """).param("key", refused.key()).param("id", upload.id()).update();
            removePieces(upload.id());
            return;
        }
        transaction.executeWithoutResult(status -> {
            int ended = jdbc.sql("""
                            update platform.upload set sha256 = :sha256 where id = :id and sha256 is null and refusal is null
                            """)
                    .param("sha256", stored.hash().bytes())
                    .param("id", upload.id())
                    .update();
            if (ended == 1) {
                var writes = new Writes();
                files.use(writes, new FileUser(KIND, upload.id()), stored.hash(), upload.name());
                writes.send(database);
            }
        });
        removePieces(upload.id());
    }

    /** Ends an upload for good; its file stays where it is used. */
    public void remove(UUID id) {
        removePieces(id);
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            files.releaseAll(writes, new FileUser(KIND, id));
            writes.add("delete from platform.upload_chunk where upload = ?", id);
            writes.add("delete from platform.upload where id = ?", id);
            writes.send(database);
        });
    }

    private void removePieces(UUID id) {
        int removed;
        do {
            removed = jdbc.sql("""
                            delete from platform.upload_chunk where upload = :upload and number in
                                (select number from platform.upload_chunk where upload = :upload order by number limit :most)
                            """).param("upload", id).param("most", BATCH).update();
        } while (removed > 0);
    }

    /** Removes uploads that have expired, at most a hundred; gives how many. */
    int removeExpired() {
        List<UUID> expired = jdbc.sql(
                        "select id from platform.upload where expires_at <= :now order by expires_at limit :most")
                .param("now", now())
                .param("most", BATCH)
                .query(UUID.class)
                .list();
        expired.forEach(this::remove);
        return expired.size();
    }

    private static PartialUpload upload(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes("sha256");
        return new PartialUpload(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("length"),
                row.getLong("received"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                hash == null ? null : FileHash.of(hash),
                row.getString("refusal"));
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }

    /** What was received, read piece by piece. */
    private final class Pieces extends InputStream {
        private final PartialUpload upload;
        private byte[] piece = new byte[0];
        private int position;
        private int number;
        private long loaded;

        Pieces(PartialUpload upload) {
            this.upload = upload;
        }

        @Override
        public int read() {
            return hasMore() ? piece[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            int count = Math.min(length, piece.length - position);
            System.arraycopy(piece, position, target, offset, count);
            position += count;
            return count;
        }

        private boolean hasMore() {
            if (position < piece.length) {
                return true;
            }
            if (loaded == upload.length()) {
                return false;
            }
            piece = jdbc.sql("select data from platform.upload_chunk where upload = :upload and number = :number")
                    .param("upload", upload.id())
                    .param("number", number)
                    .query((row, index) -> row.getBytes(1))
                    .optional()
                    .orElseThrow(() -> new Refused("platform.file.gone"));
            number++;
            position = 0;
            loaded += piece.length;
            return true;
        }
    }
}
