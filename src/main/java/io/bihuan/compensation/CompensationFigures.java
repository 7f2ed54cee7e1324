package io.bihuan.compensation;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What compensation came to. Offered is what was granted, but for mistakes and what was not approved; accepted is what of it was handed
 * over; the cost is what is owed or spent. A period counts by the time of the grant.
 */
@Component
public class CompensationFigures {
    /** Complaints in a table. */
    public static final int MOST_EXPORTED = 10_000;

    private static final int MOST_ITEMS = 200;
    private static final int MOST_WAITING = 200;
    private static final String OFFERED =
            "count(*) filter (where void_cause is null or void_cause not in ('MISTAKE', 'NOT_APPROVED'))";
    private static final String ACCEPTED =
            "count(*) filter (where issued_at is not null and (void_cause is null or void_cause not in ('MISTAKE', 'NOT_APPROVED')))";
    private static final String COST = "coalesce(sum(amount_fen) filter (where status in ('ISSUED', 'USED')), 0)";
    private static final String PERIOD =
            " from compensation.granted where granted_at >= :from and granted_at < :until and currency = 'CNY'"
                    + " and (:line = '' or business_line = :line) ";

    /**
     * The whole of a period.
     *
     * @param complaints on which something was offered
     */
    public record Total(long offered, long accepted, long complaints, Money cost, Money reserved, Money expired) {
        /** Accepted of a hundred that were offered; null where nothing was. */
        public @Nullable Double acceptance() {
            return offered == 0 ? null : 100.0 * accepted / offered;
        }

        /** What a complaint with compensation cost on average. */
        public Money average() {
            return Money.ofFen(complaints == 0 ? 0 : Math.round((double) cost.fen() / complaints));
        }
    }

    /** What was granted of one item. */
    public record Line(String businessLine, String item, long offered, long accepted, Money cost) {}

    /** What one complaint cost. */
    public record CaseCost(
            UUID complaintId, ComplaintNumber number, String businessLine, long offered, long accepted, Money cost) {}

    private final JdbcClient jdbc;
    private final GrantRows rows;

    CompensationFigures(JdbcClient jdbc, GrantRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * The whole of a period.
     *
     * @param line empty for all
     */
    @Transactional(readOnly = true)
    public Total total(Instant from, Instant until, String line) {
        return jdbc.sql("select " + OFFERED + " as offered, " + ACCEPTED + " as accepted, " + COST + " as cost,"
                        + " count(distinct complaint_id) as complaints,"
                        + " coalesce(sum(amount_fen) filter (where status = 'RESERVED'), 0) as reserved,"
                        + " coalesce(sum(amount_fen) filter (where status = 'EXPIRED'), 0) as expired" + PERIOD)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("line", line)
                .query((row, number) -> new Total(
                        row.getLong("offered"),
                        row.getLong("accepted"),
                        row.getLong("complaints"),
                        Money.ofFen(row.getLong("cost")),
                        Money.ofFen(row.getLong("reserved")),
                        Money.ofFen(row.getLong("expired"))))
                .single();
    }

    /** By line and item, the most expensive first. */
    @Transactional(readOnly = true)
    public List<Line> items(Instant from, Instant until, String line) {
        return jdbc.sql("select business_line, item, " + OFFERED + " as offered, " + ACCEPTED + " as accepted, " + COST
                        + " as cost" + PERIOD
                        + "group by business_line, item order by cost desc, business_line, item limit :most")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("line", line)
                .param("most", MOST_ITEMS)
                .query((row, number) -> new Line(
                        row.getString("business_line"),
                        row.getString("item"),
                        row.getLong("offered"),
                        row.getLong("accepted"),
                        Money.ofFen(row.getLong("cost"))))
                .list();
    }

    /** By complaint, the most expensive first. */
    @Transactional(readOnly = true)
    public List<CaseCost> complaints(Instant from, Instant until, String line, int most) {
        return jdbc.sql("select complaint_id, min(number) as number, min(business_line) as business_line, " + OFFERED
                        + " as offered, " + ACCEPTED + " as accepted, " + COST + " as cost" + PERIOD
                        + "group by complaint_id order by cost desc, complaint_id limit :most")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("line", line)
                .param("most", most)
                .query((row, number) -> new CaseCost(
                        Objects.requireNonNull(row.getObject("complaint_id", UUID.class)),
                        new ComplaintNumber(row.getString("number")),
                        row.getString("business_line"),
                        row.getLong("offered"),
                        row.getLong("accepted"),
                        Money.ofFen(row.getLong("cost"))))
                .list();
    }

    /** What waits for somebody's approval, the oldest first. */
    @Transactional(readOnly = true)
    public List<Grant> toApprove() {
        return jdbc.sql("""
                        select * from compensation.granted
                        where status = 'RESERVED' and needs_approval and approved_by is null
                        order by granted_at, id limit :most
                        """)
                .param("most", MOST_WAITING)
                .query((row, number) -> rows.grant(row))
                .list();
    }
}
