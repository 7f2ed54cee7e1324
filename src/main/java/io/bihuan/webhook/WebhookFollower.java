package io.bihuan.webhook;

import io.bihuan.platform.Writes;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes a message of what happened to a complaint for everybody who wants to hear of it. Reading an event again makes no second one. */
final class WebhookFollower implements Follower {
    private record Happened(
            UUID event,
            EventType type,
            Instant at,
            int sequence,
            @Nullable String origin,
            @Nullable String externalNumber,
            CloudEvent.Standing complaint) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final String publicUrl;

    WebhookFollower(
            JdbcClient jdbc, DataSource database, Endpoints endpoints, Deliveries deliveries, String publicUrl) {
        this.jdbc = jdbc;
        this.database = database;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.publicUrl = publicUrl;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        // Nothing is made for one that can hear no more; for one that is only switched off messages wait.
        List<Endpoint> hearing = endpoints.list(null).stream()
                .filter(endpoint -> endpoint.isEnabled()
                        || Objects.requireNonNull(endpoint.disabled()).reason() != Endpoint.Reason.TOKEN)
                .toList();
        UUID[] events = page.stream()
                .filter(entry -> EventType.ofEvent(entry.type()).isPresent())
                .map(entry -> entry.position().id())
                .toArray(UUID[]::new);
        if (hearing.isEmpty() || events.length == 0) {
            return;
        }
        UUID[] complaints = page.stream().map(Feed.Entry::subjectId).distinct().toArray(UUID[]::new);
        var writes = new Writes();
        // What a case brought with it when it came here closed is no news to anybody.
        jdbc
                .sql("""
                        select e.id, e.type, e.at, e.seq, c.number, c.business_line, c.channel, c.kind, c.stage, c.severity, c.priority,
                            c.category, c.received_at, c.due_at, c.archived_at, c.origin, c.external_number
                        from complaint.api_event e join complaint.api_complaint c on c.id = e.complaint_id
                        where e.complaint_id = any(:complaints) and e.id = any(:events)
                        and (c.archived_at is null or c.archived_at >= c.registered_at)
                        order by e.complaint_id, e.seq
                        """)
                .param("complaints", complaints)
                .param("events", events)
                .query((row, index) -> happened(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .forEach(happened -> hearing.forEach(endpoint -> tell(writes, endpoint, happened)));
        writes.send(database);
    }

    private void tell(Writes writes, Endpoint endpoint, Happened happened) {
        CloudEvent.Standing complaint = happened.complaint();
        if (happened.at().isBefore(endpoint.createdAt())
                || !endpoint.wants(happened.type(), complaint.businessLine(), complaint.channel())) {
            return;
        }
        // A number of the receiver's own is no secret to it; that of another system is.
        boolean isOwn = endpoint.token() != null && ("token:" + endpoint.token()).equals(happened.origin());
        CloudEvent.Standing told = new CloudEvent.Standing(
                complaint.number(),
                complaint.businessLine(),
                complaint.channel(),
                complaint.kind(),
                complaint.stage(),
                complaint.severity(),
                complaint.priority(),
                complaint.category(),
                complaint.receivedAt(),
                complaint.dueAt(),
                complaint.archivedAt(),
                isOwn ? happened.externalNumber() : null);
        deliveries.add(
                writes,
                endpoint.id(),
                happened.event(),
                happened.type().code(),
                complaint.number(),
                CloudEvent.of(happened.event(), happened.type(), happened.at(), happened.sequence(), told, publicUrl));
    }

    private static Optional<Happened> happened(ResultSet row) throws SQLException {
        Optional<EventType> type = EventType.ofEvent(row.getString("type"));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Happened(
                row.getObject("id", UUID.class),
                type.get(),
                Objects.requireNonNull(Endpoints.instant(row, "at")),
                row.getInt("seq"),
                row.getString("origin"),
                row.getString("external_number"),
                new CloudEvent.Standing(
                        row.getString("number"),
                        row.getString("business_line"),
                        row.getString("channel"),
                        row.getString("kind"),
                        row.getString("stage"),
                        row.getString("severity"),
                        row.getString("priority"),
                        row.getString("category"),
                        Objects.requireNonNull(Endpoints.instant(row, "received_at")),
                        Endpoints.instant(row, "due_at"),
                        Endpoints.instant(row, "archived_at"),
                        null)));
    }
}
