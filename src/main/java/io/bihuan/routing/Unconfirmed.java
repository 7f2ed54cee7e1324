package io.bihuan.routing;

import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Reach;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The complaints for which nobody has stood up yet: high priority first, then what is due next. */
@Component
public class Unconfirmed {
    public static final int PAGE = 50;

    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /** A line and its place in the queue. */
    public record Waiting(Worklist.Row row, int urgency) {
        public Place place() {
            return new Place(urgency, Objects.requireNonNullElse(row.dueAt(), NEVER), row.id());
        }
    }

    /** Where the next page begins. */
    public record Place(int urgency, Instant due, UUID id) {}

    private record Ordered(UUID id, int urgency) {}

    private final JdbcClient jdbc;
    private final Worklist worklist;

    Unconfirmed(JdbcClient jdbc, Worklist worklist) {
        this.jdbc = jdbc;
        this.worklist = worklist;
    }

    /** One page and one more, if there is more. */
    @Transactional(readOnly = true)
    public List<Waiting> after(Reach reach, @Nullable Place place) {
        List<Ordered> ids = jdbc.sql("""
                        select id, urgency from complaint.api_unconfirmed
                        where (:all or department = :department) and (urgency, due, id) > (:urgency, :due::timestamptz, :id::uuid)
                        order by urgency, due, id limit :limit
                        """)
                .param("all", reach.all())
                .param("department", reach.department())
                .param("urgency", place == null ? 0 : place.urgency())
                .param("due", due(place))
                .param("id", place == null ? new UUID(0, 0) : place.id())
                .param("limit", PAGE + 1)
                .query((row, number) ->
                        new Ordered(Objects.requireNonNull(row.getObject("id", UUID.class)), row.getInt("urgency")))
                .list();
        List<Worklist.Row> rows = worklist.rows(ids.stream().map(Ordered::id).toList());
        return ids.stream()
                .flatMap(each -> rows.stream()
                        .filter(row -> row.id().equals(each.id()))
                        .map(row -> new Waiting(row, each.urgency())))
                .toList();
    }

    private static OffsetDateTime due(@Nullable Place place) {
        if (place == null) {
            return Instant.EPOCH.atOffset(ZoneOffset.UTC);
        }
        return place.due().equals(NEVER) ? OffsetDateTime.MAX : place.due().atOffset(ZoneOffset.UTC);
    }
}
