package io.bihuan.correspondence;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.message.Messages;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import io.bihuan.standard.Letter.Purpose;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Plans the notices when the time until the solution is known or has become another, and tells the customer of a new owner. */
@Component
class CorrespondenceFollower implements Follower {
    private static final String ASSESSED = "Assessed";
    private static final String TRANSFERRED = "OwnershipTransferred";
    private static final String ERASED = "Erased";
    private static final Set<String> PLANNING = Set.of(
            ASSESSED,
            "ClocksResumed",
            "WorkResumed",
            "InformationAdded",
            "ClockExtended",
            "ClockReplaced",
            "SeverityRaised",
            "DeadlineCorrected",
            "KindConverted");

    /** What there is to tell of by what happened; how a solution is proposed is known to a module above. */
    private static final Map<String, Notice> NEWS =
            Map.of("Verified", Notice.FINDINGS, "ProposalSent", Notice.SOLUTION);

    /** After what happened nobody needs to hear any more of what was about to be said; proposals are known to a module above. */
    private static final Map<String, Set<Purpose>> ENDING = Map.of(
            "InformationAdded", EnumSet.of(Purpose.INFORMATION_REQUEST),
            "WorkResumed", EnumSet.of(Purpose.INFORMATION_REQUEST),
            "ProposalAnswered", EnumSet.of(Purpose.PROPOSAL),
            "ProposalWithdrawn", EnumSet.of(Purpose.PROPOSAL),
            "Archived",
                    EnumSet.of(
                            Purpose.PROGRESS,
                            Purpose.FINDINGS,
                            Purpose.SOLUTION,
                            Purpose.PROPOSAL,
                            Purpose.INFORMATION_REQUEST,
                            Purpose.CONVERSATION,
                            Purpose.DELAY,
                            Purpose.OWNER_CHANGED));

    private final Complaints complaints;
    private final Correspondence correspondence;
    private final CorrespondenceRows rows;
    private final Messages messages;
    private final DataSource database;

    CorrespondenceFollower(
            Complaints complaints,
            Correspondence correspondence,
            CorrespondenceRows rows,
            Messages messages,
            DataSource database) {
        this.complaints = complaints;
        this.correspondence = correspondence;
        this.rows = rows;
        this.messages = messages;
        this.database = database;
    }

    @Override
    public String name() {
        return "correspondence";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        List<Feed.Entry> concerned = page.stream()
                .filter(entry -> PLANNING.contains(entry.type())
                        || NEWS.containsKey(entry.type())
                        || ENDING.containsKey(entry.type())
                        || entry.type().equals(TRANSFERRED)
                        || entry.type().equals(ERASED))
                .toList();
        if (concerned.isEmpty()) {
            return;
        }
        Map<UUID, Complaint> known =
                complaints
                        .find(concerned.stream()
                                .map(Feed.Entry::subjectId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Complaint::id, Function.identity()));
        Set<UUID> waiting = rows.withWaiting(known.keySet());
        // In one order: two who lock several complaints never wait for each other.
        concerned.stream()
                .sorted(Comparator.comparing(Feed.Entry::subjectId).thenComparingInt(Feed.Entry::sequence))
                .collect(Collectors.groupingBy(Feed.Entry::subjectId, java.util.TreeMap::new, Collectors.toList()))
                .forEach((id, entries) -> {
                    Complaint complaint = known.get(id);
                    if (complaint != null) {
                        follow(complaint, entries, waiting.contains(id));
                    }
                });
    }

    private void follow(Complaint complaint, List<Feed.Entry> entries, boolean hasWaiting) {
        if (has(entries, ERASED) || complaint.erasedAt() != null) {
            var writes = new Writes();
            messages.erase(writes, Correspondence.SUBJECT, complaint.id());
            rows.erase(writes, complaint.id());
            writes.send(database);
            return;
        }
        if (hasWaiting) {
            entries.stream()
                    .filter(entry -> ENDING.containsKey(entry.type()))
                    .forEach(entry -> takeBack(complaint, entry));
        }
        if (!complaint.isOpen() || complaint.isJoined()) {
            return;
        }
        boolean isPlanned = complaint.runningClocks().keySet().stream()
                .anyMatch(clock -> Notice.ofClock(clock).isPresent());
        if (isPlanned && complaint.kind() == Kind.COMPLAINT) {
            Map<Notice, Instant> news = news(complaint, entries);
            if (!news.isEmpty() || entries.stream().anyMatch(entry -> PLANNING.contains(entry.type()))) {
                correspondence.planAnew(complaint.number(), news);
            }
            if (has(entries, ASSESSED)
                    && correspondence.noticePlan(complaint).sendsAccepted()
                    && rows.notices(complaint.id()).get(Notice.ACCEPTED) == null
                    && !rows.isUnderWay(complaint.id(), Notice.ACCEPTED)) {
                correspondence.tellIfPossible(
                        complaint.number(),
                        new Saying(Purpose.PROGRESS, Notice.ACCEPTED, complaint.id(), null, null, null, Map.of(), null),
                        Actor.SYSTEM);
            }
        }
        // Of several changes at once the customer hears of the last one.
        entries.stream()
                .filter(entry -> entry.type().equals(TRANSFERRED))
                .reduce((earlier, later) -> later)
                .ifPresent(entry -> ownerChanged(complaint, entry));
    }

    private void takeBack(Complaint complaint, Feed.Entry entry) {
        Set<Purpose> purposes = Objects.requireNonNull(ENDING.get(entry.type()));
        boolean isStillAsked = complaint.isWaiting() && entry.type().equals("InformationAdded");
        if (!isStillAsked) {
            correspondence
                    .event(complaint.number(), entry.sequence())
                    .ifPresent(event -> correspondence.takeBack(complaint.id(), purposes, event.at()));
        }
    }

    private Map<Notice, Instant> news(Complaint complaint, List<Feed.Entry> entries) {
        var news = new EnumMap<Notice, Instant>(Notice.class);
        for (Feed.Entry entry : entries) {
            Notice notice = NEWS.get(entry.type());
            if (notice != null && complaint.runningClocks().containsKey(notice.clock())) {
                correspondence
                        .event(complaint.number(), entry.sequence())
                        .ifPresent(event -> news.putIfAbsent(notice, event.at()));
            }
        }
        return news;
    }

    private void ownerChanged(Complaint complaint, Feed.Entry entry) {
        boolean isStill = correspondence
                .event(complaint.number(), entry.sequence())
                .map(HistoryEvent::event)
                .filter(event -> event instanceof ComplaintEvent.OwnershipTransferred transferred
                        && transferred.to().equals(complaint.owner()))
                .isPresent();
        if (isStill && correspondence.hadOwner(complaint.number(), entry.sequence())) {
            Set<UUID> unsent = correspondence.takeBack(complaint.id(), EnumSet.of(Purpose.OWNER_CHANGED), null);
            // Who never heard that somebody else had it need not hear that nobody else has.
            boolean isKnown = correspondence
                    .ownerBefore(complaint, entry.sequence(), unsent)
                    .filter(complaint.owner()::equals)
                    .isPresent();
            if (!isKnown) {
                correspondence.tellIfPossible(
                        complaint.number(),
                        Correspondence.ownerChange(entry.position().id()),
                        Actor.SYSTEM);
            }
        }
    }

    private static boolean has(List<Feed.Entry> entries, String type) {
        return entries.stream().anyMatch(entry -> entry.type().equals(type));
    }
}
