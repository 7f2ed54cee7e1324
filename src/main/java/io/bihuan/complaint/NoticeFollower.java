package io.bihuan.complaint;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.Grade;
import io.bihuan.clock.WarnPoint;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Staff;
import io.bihuan.message.Bundles;
import io.bihuan.message.Notices;
import io.bihuan.message.RobotNotice;
import io.bihuan.message.Robots;
import io.bihuan.message.StaffNotice;
import io.bihuan.message.WaitingNotice;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
            "Escalated",
            "TaskOpened",
            "DeadlineCorrected",
            "InformationAdded",
            "ResultRefused",
            "Confirmed",
            "Reopened",
            "JoinedBy",
            "SeparatedFrom",
            "Separated",
            "Verified",
            "Solved",
            "ResultTold",
            "Returned",
            "Withdrawn",
            "Noted",
            "CustomerAsked",
            "WorkResumed",
            "FactsAdded",
            "ClockExtended",
            "ClocksPaused",
            "ClocksResumed",
            "KindConverted");

    /** What many escalations are told as, and the list of them. */
    private static final String MANY = "complaint.notice.many";

    private static final String ESCALATIONS = "/desk/escalations";

    private record Happened(
            UUID complaint,
            ComplaintNumber number,
            Severity severity,
            @Nullable String department,
            UUID owner,
            @Nullable UUID handler,
            HistoryEvent event) {}

    private final JdbcClient jdbc;
    private final History history;
    private final Notices notices;
    private final Bundles bundles;
    private final Robots robots;
    private final Staff staff;
    private final Duty duty;
    private final Calendars calendars;
    private final InstantSource time;
    /** The types of events of other modules. */
    private final Set<String> neighbours;

    NoticeFollower(
            JdbcClient jdbc,
            History history,
            Notices notices,
            Bundles bundles,
            Robots robots,
            Staff staff,
            Duty duty,
            Calendars calendars,
            InstantSource time,
            ObjectProvider<CaseEvents> neighbours) {
        this.jdbc = jdbc;
        this.history = history;
        this.notices = notices;
        this.bundles = bundles;
        this.robots = robots;
        this.staff = staff;
        this.duty = duty;
        this.calendars = calendars;
        this.time = time;
        this.neighbours = neighbours.stream()
                .flatMap(each -> each.types().stream())
                .map(Class::getSimpleName)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String name() {
        return "staff-notices";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        UUID[] events = page.stream()
                .filter(entry -> TOLD.contains(entry.type()) || neighbours.contains(entry.type()))
                .map(entry -> entry.position().id())
                .toArray(UUID[]::new);
        UUID[] complaints = page.stream().map(Feed.Entry::subjectId).distinct().toArray(UUID[]::new);
        if (events.length == 0) {
            return;
        }
        // What a case brought with it when it came here closed is no news to anybody.
        List<Happened> happened = jdbc.sql("""
            select c.id as complaint, c.number, c.severity, c.department, c.owner, c.handler, e.id, e.seq, e.at, e.actor, e.type, e.data
            from complaint.event e join complaint.complaint c on c.id = e.complaint_id
            where e.complaint_id = any(:complaints) and e.id = any(:events)
            and (c.archived_at is null or c.archived_at >= c.registered_at)
            """)
                .param("complaints", complaints)
                .param("events", events)
                .query(this::happened)
                .list();
        notices.tell(happened.stream().flatMap(NoticeFollower::notices).toList());
        var quiet = new QuietHours(staff, duty, calendars, time.instant());
        bundles.add(happened.stream().flatMap(each -> waiting(each, quiet)).toList());
        robots.add(happened.stream().flatMap(NoticeFollower::toGroups).toList());
    }

    /** What a whole group should know: that there is a case, that a promise is in danger, that the customer is not content. */
    private static Stream<RobotNotice> toGroups(Happened happened) {
        HistoryEvent event = happened.event();
        return switch (event.event()) {
            case ComplaintEvent.Registered e ->
                e.channel() == Channel.IMPORT ? Stream.empty() : group(happened, "complaint.notice.arrived", null);
            case ComplaintEvent.ClockWarned e ->
                e.plan() != null
                        ? Stream.empty()
                        : group(
                                happened,
                                clockKey(e.level(), e.point()),
                                e.point() == null ? Integer.toString(e.level()) : null);
            case ComplaintEvent.Escalated e -> {
                WarnPoint point = WarnPoint.parse(e.point());
                boolean isShare = point.kind() == WarnPoint.Kind.PERCENT;
                yield group(
                        happened,
                        clockKey(isShare ? point.value() : point.isPastDue() ? 100 : 0, isShare ? null : e.point()),
                        isShare ? Integer.toString(point.value()) : null);
            }
            case ComplaintEvent.ResultRefused e -> group(happened, "complaint.notice.refused", null);
            case ComplaintEvent.Reopened e -> group(happened, "complaint.notice.reopened", null);
            default -> Stream.empty(); // the others are for owner and handler
        };
    }

    private static Stream<RobotNotice> group(Happened happened, String key, @Nullable String detail) {
        String number = happened.number().readable();
        return Stream.of(new RobotNotice(
                happened.event().id(),
                key,
                detail == null ? List.of(number) : List.of(number, detail),
                "/desk/complaints/" + happened.number(),
                happened.severity(),
                happened.department(),
                happened.event().at()));
    }

    private Happened happened(ResultSet row, int index) throws SQLException {
        return new Happened(
                Objects.requireNonNull(row.getObject("complaint", UUID.class)),
                new ComplaintNumber(Objects.requireNonNull(row.getString("number"))),
                Severity.valueOf(row.getString("severity")),
                row.getString("department"),
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
            case ComplaintEvent.OwnershipTransferred e ->
                event.actor().equals(Actor.SYSTEM) ? Stream.empty() : to(happened, "complaint.notice.owner", e.to());
            case ComplaintEvent.Assessed e ->
                Stream.concat(
                        to(happened, "complaint.notice.handler", e.handler()),
                        happened.owner().equals(e.handler())
                                ? Stream.empty()
                                : to(happened, "complaint.notice.acted.Assessed", happened.owner()));
            // Whoever had the first contact answers for it to the end, and hears whatever others do.
            case ComplaintEvent.Verified e -> acted(happened);
            case ComplaintEvent.Solved e -> acted(happened);
            case ComplaintEvent.ResultTold e -> acted(happened);
            case ComplaintEvent.Returned e -> acted(happened);
            case ComplaintEvent.Withdrawn e -> acted(happened);
            case ComplaintEvent.Noted e -> acted(happened);
            case ComplaintEvent.CustomerAsked e -> acted(happened);
            case ComplaintEvent.WorkResumed e -> acted(happened);
            case ComplaintEvent.FactsAdded e -> acted(happened);
            case ComplaintEvent.ClockExtended e -> acted(happened);
            case ComplaintEvent.ClocksPaused e -> acted(happened);
            case ComplaintEvent.ClocksResumed e -> acted(happened);
            case ComplaintEvent.KindConverted e -> acted(happened);
            case ComplaintEvent.CaseEvent e ->
                e.milestone() == null ? Stream.empty() : to(happened, "complaint.notice.acted", happened.owner());
            case ComplaintEvent.DeadlineCorrected e ->
                event.clocks().isEmpty()
                        ? Stream.empty()
                        : to(happened, "complaint.notice.corrected", happened.owner());
            case ComplaintEvent.InformationAdded e -> to(happened, "complaint.notice.information", happened.owner());
            case ComplaintEvent.ResultRefused e ->
                to(happened, "complaint.notice.refused", happened.owner(), happened.handler());
            case ComplaintEvent.Confirmed e -> to(happened, "complaint.notice.confirmed", happened.owner());
            case ComplaintEvent.Reopened e ->
                to(happened, "complaint.notice.reopened", happened.owner(), happened.handler());
            case ComplaintEvent.JoinedBy e ->
                to(happened, "complaint.notice.joined", happened.owner(), happened.handler());
            case ComplaintEvent.SeparatedFrom e ->
                to(happened, "complaint.notice.separatedFrom", happened.owner(), happened.handler());
            case ComplaintEvent.Separated e ->
                to(happened, "complaint.notice.separated", happened.owner(), happened.handler());
            default -> Stream.empty(); // the others are not asked for, or may wait
        };
    }

    /** What the system itself does comes by the hundred: it is told together, and to nobody in his sleep. */
    private static Stream<WaitingNotice> waiting(Happened happened, QuietHours quiet) {
        HistoryEvent event = happened.event();
        boolean isMajor = happened.severity() == Severity.MAJOR;
        return switch (event.event()) {
            case ComplaintEvent.ClockWarned e ->
                e.plan() != null
                        ? Stream.empty()
                        : waiting(
                                happened,
                                quiet,
                                clockKey(e.level(), e.point()),
                                e.point() == null ? Integer.toString(e.level()) : null,
                                weight(happened.severity(), Grade.INTERNAL, e.level() >= 100),
                                isMajor,
                                "/desk/complaints?mine=owner",
                                Stream.of(happened.owner(), happened.handler()).filter(Objects::nonNull));
            case ComplaintEvent.Escalated e -> escalated(happened, e, quiet);
            case ComplaintEvent.OwnershipTransferred e ->
                event.actor().equals(Actor.SYSTEM)
                        ? waiting(
                                happened,
                                quiet,
                                "complaint.notice.owner",
                                null,
                                weight(happened.severity(), Grade.INTERNAL, true),
                                isMajor,
                                "/desk/complaints?mine=owner",
                                Stream.of(e.to()))
                        : Stream.empty();
            case ComplaintEvent.TaskOpened e ->
                waiting(
                        happened,
                        quiet,
                        "complaint.notice.task",
                        null,
                        weight(happened.severity(), Grade.INTERNAL, false),
                        isMajor,
                        ESCALATIONS,
                        Stream.of(e.assignee()));
            default -> Stream.empty(); // the others are told at once
        };
    }

    private static Stream<WaitingNotice> escalated(Happened happened, ComplaintEvent.Escalated e, QuietHours quiet) {
        WarnPoint point = WarnPoint.parse(e.point());
        boolean isShare = point.kind() == WarnPoint.Kind.PERCENT;
        return waiting(
                happened,
                quiet,
                clockKey(isShare ? point.value() : point.isPastDue() ? 100 : 0, isShare ? null : e.point()),
                isShare ? Integer.toString(point.value()) : null,
                weight(happened.severity(), e.grade(), point.isPastDue()),
                happened.severity() == Severity.MAJOR || e.grade() == Grade.LEGAL,
                ESCALATIONS,
                e.told().stream());
    }

    private static String clockKey(int level, @Nullable String point) {
        if (point == null) {
            return level < 100 ? "complaint.notice.clockNear" : "complaint.notice.clockPast";
        }
        return level < 100 ? "complaint.notice.clockSoon" : "complaint.notice.clockLate";
    }

    /** What is named first among many: the gravest, of the weightiest grade, that is late. */
    private static int weight(Severity severity, Grade grade, boolean isLate) {
        int gravity =
                switch (severity) {
                    case MAJOR -> 300;
                    case URGENT -> 200;
                    case GENERAL -> 100;
                };
        int owed =
                switch (grade) {
                    case LEGAL -> 30;
                    case CONTRACT -> 20;
                    case INTERNAL -> 10;
                };
        return gravity + owed + (isLate ? 1 : 0);
    }

    private static Stream<WaitingNotice> waiting(
            Happened happened,
            QuietHours quiet,
            String key,
            @Nullable String detail,
            int weight,
            boolean cannotWait,
            String manyHref,
            Stream<UUID> recipients) {
        HistoryEvent event = happened.event();
        String number = happened.number().readable();
        List<String> arguments = detail == null ? List.of(number) : List.of(number, detail);
        var told = new HashMap<UUID, Instant>();
        recipients.forEach(recipient -> quiet.tell(recipient, cannotWait, happened.department())
                .forEach((person, from) -> told.merge(person, from, (a, b) -> a.isBefore(b) ? a : b)));
        return told.entrySet().stream()
                .map(entry -> new WaitingNotice(
                        new StaffNotice(
                                entry.getKey(),
                                event.id(),
                                key,
                                arguments,
                                "/desk/complaints/" + happened.number(),
                                event.at()),
                        happened.complaint(),
                        weight,
                        MANY,
                        manyHref,
                        entry.getValue()));
    }

    private static Stream<StaffNotice> acted(Happened happened) {
        return to(happened, "complaint.notice.acted." + happened.event().type(), happened.owner());
    }

    /** Nobody is told of what he did himself. */
    private static Stream<StaffNotice> to(Happened happened, String key, @Nullable UUID... recipients) {
        HistoryEvent event = happened.event();
        return Stream.of(recipients)
                .filter(Objects::nonNull)
                .distinct()
                .filter(recipient -> !event.actor().equals(Actor.staff(recipient)))
                .map(recipient -> new StaffNotice(
                        recipient,
                        event.id(),
                        key,
                        List.of(happened.number().readable()),
                        "/desk/complaints/" + happened.number(),
                        event.at()));
    }
}
