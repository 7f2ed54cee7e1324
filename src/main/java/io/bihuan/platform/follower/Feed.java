package io.bihuan.platform.follower;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The history as followers read it: every event whose transaction is surely finished, in an order that misses nothing. An event
 * of a transaction that is still open, or of one that began before an open one ended, is left for the next page.
 */
public final class Feed {
    /** One event as far as a follower needs it: whose it is, and which; the rest is read by sequence. */
    public record Entry(UUID subjectId, int sequence, String type, Position position) {}

    private final JdbcClient jdbc;
    private final String page;
    private final String newest;

    /** @param table schema and name of an event table with columns of architecture's history, e.g. {@code complaint.event} */
    public Feed(JdbcClient jdbc, String table, String subjectColumn) {
        this.jdbc = jdbc;
        // The order names the columns with their table: a bare txid would be the text above it, which no index is
        // sorted by,
        // and every page would sort all that is still to come.
        this.page = """
                select %s as subject_id, seq, type, epoch, txid::text::bigint as txid, id
                from %s e
                where (epoch, txid, id) > (:epoch, :txid::text::xid8, :id)
                and (epoch < :current or txid < pg_snapshot_xmin(pg_current_snapshot()))
                order by e.epoch, e.txid, e.id
                limit :limit
                """.formatted(subjectColumn, table);
        this.newest = """
                select epoch, txid::text::bigint as txid, id from %s e
                where epoch < :current or txid < pg_snapshot_xmin(pg_current_snapshot())
                order by e.epoch desc, e.txid desc, e.id desc limit 1
                """.formatted(table);
    }

    /** The next entries after the position, oldest first. */
    public List<Entry> after(Position position, int currentEpoch, int limit) {
        return jdbc.sql(page)
                .param("epoch", position.epoch())
                .param("txid", position.txid())
                .param("id", position.id())
                .param("current", currentEpoch)
                .param("limit", limit)
                .query((row, index) -> new Entry(
                        row.getObject("subject_id", UUID.class),
                        row.getInt("seq"),
                        row.getString("type"),
                        new Position(row.getInt("epoch"), row.getLong("txid"), row.getObject("id", UUID.class))))
                .list();
    }

    /** The end of what can be read now; {@link Position#START} when there is nothing. */
    public Position newest(int currentEpoch) {
        return jdbc.sql(newest)
                .param("current", currentEpoch)
                .query((row, index) ->
                        new Position(row.getInt("epoch"), row.getLong("txid"), row.getObject("id", UUID.class)))
                .optional()
                .orElse(Position.START);
    }
}
