package io.bihuan.teamwork;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells people what concerns them: a task, a place in a team, a note that calls them, an answer they wait for, a complaint they follow.
 * Also remembers who was called, and forgets the texts of a complaint that was erased.
 */
@Component
class TeamworkFollower implements Follower {
    /** What is read whoever follows the complaint. */
    private static final Set<String> OWN = Set.of(
            "TaskGiven",
            "TaskHandedOver",
            "TaskReturned",
            "TaskCompleted",
            "TaskReopened",
            "TaskWithdrawn",
            "TaskMoved",
            "TeamMemberJoined",
            "TeamStarted",
            "TeamPlanned",
            "TeamStepSet",
            "TeamDecided",
            "SharedSaid",
            "Noted");

    /** What those who follow it are told of, beside notes and what the customer says. */
    private static final Set<String> WATCHED =
            Set.of("InformationAdded", "Solved", "ResultTold", "ResultRefused", "Confirmed", "Reopened", "Archived");

    private static final String ANSWER = "InformationAdded";
    private static final String ERASED = "Erased";
    private static final int AT_ONCE = 500;

    private final Complaints complaints;
    private final Notices notices;
    private final Staff staff;
    private final TextKeys keys;
    private final JdbcClient jdbc;

    TeamworkFollower(Complaints complaints, Notices notices, Staff staff, TextKeys keys, JdbcClient jdbc) {
        this.complaints = complaints;
        this.notices = notices;
        this.staff = staff;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "teamwork";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        page.stream().filter(entry -> entry.type().equals(ERASED)).forEach(entry -> keys.destroy(entry.subjectId()));
        Set<UUID> subjects = new HashSet<>();
        for (Feed.Entry entry : page) {
            if (OWN.contains(entry.type()) || WATCHED.contains(entry.type())) {
                subjects.add(entry.subjectId());
            }
        }
        if (subjects.isEmpty()) {
            return;
        }
        Map<UUID, Set<UUID>> watchers = watchers(subjects);
        Map<UUID, Set<UUID>> waiting = waiting(subjects);
        var wanted = new LinkedHashMap<UUID, SortedSet<Integer>>();
        for (Feed.Entry entry : page) {
            boolean isFollowed = WATCHED.contains(entry.type()) && watchers.containsKey(entry.subjectId());
            boolean isAnswer = entry.type().equals(ANSWER) && waiting.containsKey(entry.subjectId());
            if (OWN.contains(entry.type()) || isFollowed || isAnswer) {
                wanted.computeIfAbsent(entry.subjectId(), id -> new TreeSet<>()).add(entry.sequence());
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        var all = new ArrayList<StaffNotice>();
        for (Complaint complaint : complaints.find(List.copyOf(wanted.keySet()))) {
            var concerned = new Concerned(
                    complaint,
                    watchers.getOrDefault(complaint.id(), Set.of()),
                    waiting.getOrDefault(complaint.id(), Set.of()));
            for (HistoryEvent event : events(complaint, Objects.requireNonNull(wanted.get(complaint.id())))) {
                remember(complaint, event);
                all.addAll(notices(concerned, event));
            }
        }
        notices.tell(all);
    }

    private List<HistoryEvent> events(Complaint complaint, SortedSet<Integer> sequences) {
        var events = new ArrayList<HistoryEvent>();
        int after = sequences.first() - 1;
        while (after < sequences.last()) {
            List<HistoryEvent> next =
                    complaints.history(complaint.number(), after, Math.min(AT_ONCE, sequences.last() - after));
            if (next.isEmpty()) {
                break;
            }
            next.stream().filter(event -> sequences.contains(event.sequence())).forEach(events::add);
            after = next.getLast().sequence();
        }
        return events;
    }

    private Map<UUID, Set<UUID>> watchers(Collection<UUID> complaintIds) {
        return pairs("select complaint_id, person from teamwork.watch where complaint_id = any(:ids)", complaintIds);
    }

    /** Who waits for an answer of the customer. */
    private Map<UUID, Set<UUID>> waiting(Collection<UUID> complaintIds) {
        return pairs("""
                select complaint_id, coalesce(assignee, given_by) as person from teamwork.task
                where complaint_id = any(:ids) and ended_at is null and kind = 'QUESTION'
                """, complaintIds);
    }

    private Map<UUID, Set<UUID>> pairs(String sql, Collection<UUID> complaintIds) {
        var pairs = new HashMap<UUID, Set<UUID>>();
        jdbc.sql(sql).param("ids", complaintIds.toArray(UUID[]::new)).query(row -> {
            pairs.computeIfAbsent(Rows.id(row, "complaint_id"), id -> new HashSet<>())
                    .add(Rows.id(row, "person"));
        });
        return pairs;
    }

    /** Who was called sees the complaint from then on. */
    private void remember(Complaint complaint, HistoryEvent event) {
        if (event.event() instanceof ComplaintEvent.Noted noted && noted.mentions() != null) {
            for (UUID person : noted.mentions()) {
                jdbc.sql(
                                "insert into teamwork.mention (complaint_id, person, seq) values (?, ?, ?) on conflict do nothing")
                        .param(complaint.id())
                        .param(person)
                        .param(event.sequence())
                        .update();
            }
        }
    }

    private record Concerned(Complaint complaint, Set<UUID> watchers, Set<UUID> waiting) {}

    private List<StaffNotice> notices(Concerned concerned, HistoryEvent event) {
        var told = new Told(concerned.complaint(), event);
        if (event.event() instanceof TaskEvent task) {
            tell(told, task);
        } else if (event.event() instanceof TeamEvent team) {
            tell(told, team);
        } else if (event.event() instanceof SharedEvent.SharedSaid
                && event.actor().kind() == Actor.Kind.CUSTOMER) {
            told.add("teamwork.notice.shared", "thread", owners(concerned.complaint()));
            told.add("teamwork.notice.shared", "thread", concerned.watchers());
        } else if (event.event() instanceof ComplaintEvent.Noted noted) {
            told.add(
                    "teamwork.notice.mentioned", "discussion", noted.mentions() == null ? List.of() : noted.mentions());
            told.add("teamwork.notice.noted", "discussion", concerned.watchers());
        } else {
            if (event.type().equals(ANSWER)) {
                told.add("teamwork.notice.answered", "tasks", concerned.waiting());
            }
            told.add("teamwork.notice.watched", "", concerned.watchers());
        }
        return told.notices;
    }

    private void tell(Told told, TaskEvent event) {
        switch (event) {
            case TaskEvent.TaskGiven e ->
                told.add("teamwork.notice.given", "tasks", holders(staff, e.department(), e.assignee()));
            case TaskEvent.TaskHandedOver e -> {
                told.add("teamwork.notice.handedOver", "tasks", holders(staff, e.department(), e.assignee()));
                told.add("teamwork.notice.handed", "tasks", List.of(told.complaint.owner()));
            }
            case TaskEvent.TaskReturned e -> {
                told.add("teamwork.notice.returned", "tasks", List.of(e.to()));
                told.add("teamwork.notice.handed", "tasks", List.of(told.complaint.owner()));
            }
            case TaskEvent.TaskCompleted e -> {
                told.add("teamwork.notice.completed", "tasks", giver(told.complaint, e.task()));
                told.add("teamwork.notice.completed", "tasks", List.of(told.complaint.owner()));
            }
            case TaskEvent.TaskReopened e ->
                told.add("teamwork.notice.reopened", "tasks", holder(told.complaint, e.task()));
            case TaskEvent.TaskWithdrawn e ->
                told.add("teamwork.notice.withdrawn", "tasks", holder(told.complaint, e.task()));
            case TaskEvent.TaskMoved e -> told.add("teamwork.notice.moved", "tasks", holder(told.complaint, e.task()));
            case TaskEvent.TaskAccepted e -> {}
            case TaskEvent.TaskItemTicked e -> {}
        }
    }

    private void tell(Told told, TeamEvent event) {
        if (event instanceof TeamEvent.TeamMemberJoined e) {
            told.add("teamwork.notice.team", "team", List.of(e.person()));
        } else if (event instanceof TeamEvent.TeamStepSet e) {
            told.add("teamwork.notice.step", "team", List.of(e.owner()));
        } else if (event instanceof TeamEvent.TeamDecided) {
            told.add(
                    "teamwork.notice.decided",
                    "team",
                    people(
                            "select person from teamwork.member where complaint_id = ? and left_at is null limit 50",
                            told.complaint.id()));
        } else if (event instanceof TeamEvent.TeamStarted || event instanceof TeamEvent.TeamPlanned) {
            // The owner stays the owner, whoever acts.
            told.add("teamwork.notice.teamNews", "team", List.of(told.complaint.owner()));
        }
    }

    private List<UUID> giver(Complaint complaint, UUID task) {
        return people(
                "select given_by from teamwork.task where complaint_id = ? and id = ? limit 1", complaint.id(), task);
    }

    private List<UUID> holder(Complaint complaint, UUID task) {
        return people(
                "select assignee from teamwork.task where complaint_id = ? and id = ? and assignee is not null limit 1",
                complaint.id(),
                task);
    }

    private List<UUID> people(String sql, UUID... ids) {
        return jdbc.sql(sql).params((Object[]) ids).query(UUID.class).list(); // bounded: every caller limits it
    }

    /** Who is to do a task; for a department that is to find somebody its heads, or else all who work there. */
    static List<UUID> holders(Staff staff, @Nullable String department, @Nullable UUID person) {
        if (person != null) {
            return List.of(person);
        }
        if (department == null) {
            return List.of();
        }
        List<StaffMember> heads = staff.holding(Post.DEPARTMENT_HEAD, department);
        return (heads.isEmpty() ? staff.withRole(Role.HANDLER, department) : heads)
                .stream().map(StaffMember::id).toList();
    }

    private static List<UUID> owners(Complaint complaint) {
        var owners = new ArrayList<UUID>();
        owners.add(complaint.owner());
        if (complaint.handler() != null) {
            owners.add(complaint.handler());
        }
        return owners;
    }

    /** The notices of one event: nobody is told twice of it, nor of what he did himself. */
    private static final class Told {
        private final Complaint complaint;
        private final HistoryEvent event;
        private final List<StaffNotice> notices = new ArrayList<>();
        private final Set<UUID> people = new HashSet<>();

        Told(Complaint complaint, HistoryEvent event) {
            this.complaint = complaint;
            this.event = event;
        }

        void add(String key, String tab, Collection<UUID> recipients) {
            for (UUID recipient : recipients) {
                if (!event.actor().equals(Actor.staff(recipient)) && people.add(recipient)) {
                    notices.add(new StaffNotice(
                            recipient,
                            event.id(),
                            key,
                            List.of(complaint.number().readable()),
                            "/desk/complaints/" + complaint.number().digits() + (tab.isEmpty() ? "" : "/" + tab),
                            event.at()));
                }
            }
        }
    }
}
