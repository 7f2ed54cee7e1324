package io.bihuan.investigation;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.FileWatch;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who had which piece of evidence and when. A line is only ever added; files that were opened elsewhere are told to it. */
@Component
public class Custody implements FileWatch {
    private static final String ADD =
            "insert into investigation.custody (complaint_id, sha256, id, deed, actor, at) values (?, ?, ?, ?, ?, ?)";

    private final JdbcClient jdbc;
    private final DataSource database;
    private final InstantSource time;

    Custody(JdbcClient jdbc, DataSource database, InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.time = time;
    }

    Custody at(InstantSource otherTime) {
        return new Custody(jdbc, database, otherTime);
    }

    /** A line of it; a hand-over has the id that it has in the history. */
    public record Line(UUID id, CustodyDeed deed, Actor by, Instant at) {}

    @Override
    public void opened(Complaint complaint, FileHash file, Actor by) {
        add(complaint.id(), file, CustodyDeed.DOWNLOADED, by);
    }

    /** Somebody looks at the evidence, or its beginning. */
    public void viewed(Complaint complaint, FileHash file, Actor by) {
        add(complaint.id(), file, CustodyDeed.VIEWED, by);
    }

    private void add(UUID complaintId, FileHash file, CustodyDeed deed, Actor by) {
        var writes = new Writes();
        add(writes, complaintId, file.hex(), Ids.next(), deed, by);
        writes.send(database);
    }

    void add(Writes writes, UUID complaintId, String sha256, UUID id, CustodyDeed deed, Actor by) {
        writes.addOne(ADD, complaintId, bytes(sha256), id, deed, by.toString(), time.instant());
    }

    /** The lines of one file, newest first, before a line. */
    public List<Line> of(UUID complaintId, FileHash file, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        select id, deed, actor, at from investigation.custody
                        where complaint_id = :complaint and sha256 = :sha256 and id < :before
                        order by id desc limit :limit
                        """)
                .param("complaint", complaintId)
                .param("sha256", bytes(file.hex()))
                .param("before", before == null ? new UUID(-1, -1) : before)
                .param("limit", limit)
                .query((row, number) -> line(row))
                .list();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                CustodyDeed.valueOf(row.getString("deed")),
                Actor.parse(Objects.requireNonNull(row.getString("actor"))),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static byte[] bytes(String sha256) {
        return HexFormat.of().parseHex(sha256);
    }
}
