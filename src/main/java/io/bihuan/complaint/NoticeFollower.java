package io.bihuan.complaint;

import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells owner and handler what happened to their complaints: given to them, a deadline near or past, the customer answered. */
@Component
class NoticeFollower implements Follower {
    private static final Set<String> TOLD = Set.of(
            "Registered",
            "OwnershipTransferred",
            "Assessed",
            "ClockWarned",
            "InformationAdded",
            "ResultRefused",
            "Confirmed",
            "Reopened");

    private record Happened(
            ComplaintNumber number, UUID owner, @Nullable UUID handler, HistoryEvent event) {}

    private final JdbcClient jdbc;
    private final History history;
    private final Notices notices;

    NoticeFollower(JdbcClient jdbc, History history, Notices notices) {
        this.jdbc = jdbc;
        this.history = history;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "staff-notices";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        UUID[] events = page.stream()
                .filter(entry -> TOLD.contains(entry.type()))
                .map(entry -> entry.position().id())
                .toArray(UUID[]::new);
        UUID[] complaints = page.stream().map(Feed.Entry::subjectId).distinct().toArray(UUID[]::new);
        if (events.length == 0) {
            return;
        }
        // What a case brought with it when it came here closed is no news to anybody.
        List<StaffNotice> told =
                jdbc
                        .sql("""
                        select c.number, c.owner, c.handler, e.id, e.seq, e.at, e.actor, e.type, e.data
                        from complaint.event e join complaint.complaint c on c.id = e.complaint_id
                        where e.complaint_id = any(:complaints) and e.id = any(:events)
                        and (c.archived_at is null or c.archived_at >= c.registered_at)
                        """)
                        .param("complaints", complaints)
                        .param("events", events)
                        .query(this::happened)
                        .list()
                        .stream()
                        .flatMap(NoticeFollower::notices)
                        .toList();
        notices.tell(told);
    }

    private Happened happened(ResultSet row, int index) throws SQLException {
        return new Happened(
                new ComplaintNumber(Objects.requireNonNull(row.getString("number"))),
                row.getObject("owner", UUID.class),
                row.getObject("handler", UUID.class),
                history.event(row, null));
    }

    private static Stream<StaffNotice> notices(Happened happened) {
        HistoryEvent event = happened.event();
        return switch (event.event()) {
            case ComplaintEvent.Registered e ->
                // An import tells each owner once of all it brought.
                e.channel() == Channel.IMPORT ? Stream.empty() : to(happened, "complaint.notice.registered", e.owner());
            case ComplaintEvent.OwnershipTransferred e -> to(happened, "complaint.notice.owner", e.to());
            case ComplaintEvent.Assessed e -> to(happened, "complaint.notice.handler", e.handler());
            case ComplaintEvent.ClockWarned e ->
                e.level() < 100
                        ? to(happened, "complaint.notice.clockNear", e.level(), happened.owner(), happened.handler())
                        : to(happened, "complaint.notice.clockPast", e.level(), happened.owner(), happened.handler());
            case ComplaintEvent.InformationAdded e -> to(happened, "complaint.notice.information", happened.owner());
            case ComplaintEvent.ResultRefused e ->
                to(happened, "complaint.notice.refused", null, happened.owner(), happened.handler());
            case ComplaintEvent.Confirmed e -> to(happened, "complaint.notice.confirmed", happened.owner());
            case ComplaintEvent.Reopened e ->
                to(happened, "complaint.notice.reopened", null, happened.owner(), happened.handler());
            default -> Stream.empty(); // the others are not asked for
        };
    }

    private static Stream<StaffNotice> to(Happened happened, String key, @Nullable UUID recipient) {
        return to(happened, key, null, recipient);
    }

    /** Nobody is told of what he did himself. */
    private static Stream<StaffNotice> to(
            Happened happened, String key, @Nullable Integer level, @Nullable UUID... recipients) {
        var arguments = new ArrayList<>(List.of(happened.number().readable()));
        if (level != null) {
            arguments.add(level.toString());
        }
        HistoryEvent event = happened.event();
        return Stream.of(recipients)
                .filter(Objects::nonNull)
                .distinct()
                .filter(recipient -> !event.actor().equals(Actor.staff(recipient)))
                .map(recipient -> new StaffNotice(
                        recipient, event.id(), key, arguments, "/desk/complaints/" + happened.number(), event.at()));
    }
}
