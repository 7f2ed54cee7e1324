package io.bihuan.telephony;

import static io.bihuan.telephony.CallRows.sql;

import io.bihuan.privacy.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pages of the call log, the newest call first. */
@Component
public class CallLog {
    public static final int PAGE = 50;
    /** Call-backs that are looked through at once. */
    private static final int MOST_OPEN = 1_000;

    /**
     * Which calls; what is null does not matter.
     *
     * @param number as complaints store it
     * @param toBeCalledBack only calls that were given up and not answered since
     */
    public record Filter(
            Call.@Nullable State state,
            @Nullable Direction direction,
            @Nullable UUID staff,
            @Nullable String queue,
            @Nullable String number,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean toBeCalledBack) {
        public static final Filter ALL = new Filter(null, null, null, null, null, null, null, false);
    }

    /** Where a page begins. */
    public record Place(Instant at, UUID id) {}

    /** Some calls, and where the next page begins. */
    public record Found(List<LoggedCall> calls, @Nullable Place next) {}

    private final JdbcClient jdbc;
    private final Keys keys;

    CallLog(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    public Found page(Filter filter, @Nullable Place after) {
        var conditions = new ArrayList<String>();
        Map<String, Object> parameters = new HashMap<>();
        conditions.add("true");
        equal("state", filter.state() == null ? null : filter.state().name(), conditions, parameters);
        equal(
                "direction",
                filter.direction() == null ? null : filter.direction().name(),
                conditions,
                parameters);
        equal("staff", filter.staff(), conditions, parameters);
        equal("queue", filter.queue(), conditions, parameters);
        equal("number_index", keys.blindIndex("phone", filter.number()), conditions, parameters);
        if (filter.from() != null) {
            conditions.add("started_at >= :from");
            parameters.put("from", sql(filter.from()));
        }
        if (filter.until() != null) {
            conditions.add("started_at < :until");
            parameters.put("until", sql(filter.until()));
        }
        if (filter.toBeCalledBack()) {
            conditions.add("call_back = any(:open)");
            parameters.put(
                    "open",
                    jdbc.sql(
                                    "select id from telephony.call_back where closed_at is null order by opened_at desc limit :most")
                            .param("most", MOST_OPEN)
                            .query(UUID.class)
                            .list()
                            .toArray(UUID[]::new));
        }
        if (after != null) {
            conditions.add("(started_at, id) < (:at, :id)");
            parameters.put("at", sql(after.at()));
            parameters.put("id", after.id());
        }
        parameters.put("limit", PAGE + 1);
        List<LoggedCall> calls = jdbc.sql(CallRows.COLUMNS + " where " + String.join(" and ", conditions)
                        + " order by started_at desc, id desc limit :limit")
                .params(parameters)
                .query((row, number) -> CallRows.call(row, keys))
                .list();
        if (calls.size() <= PAGE) {
            return new Found(calls, null);
        }
        LoggedCall last = calls.get(PAGE - 1);
        return new Found(List.copyOf(calls.subList(0, PAGE)), new Place(last.startedAt(), last.id()));
    }

    private static void equal(
            String column, @Nullable Object value, List<String> conditions, Map<String, Object> parameters) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            parameters.put(column, value);
        }
    }
}
