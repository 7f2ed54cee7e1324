package io.bihuan.solution;

import io.bihuan.complaint.Complaint;
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
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells colleagues what is to be decided, what was decided, and what the customer says; forgets what an erased complaint proposed. */
@Component
class SolutionFollower implements Follower {
    private static final Set<String> TYPES = Arrays.stream(SolutionEvent.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toUnmodifiableSet());

    private static final int MOST_TOLD = 20;

    private final SolutionRows rows;
    private final Complaints complaints;
    private final Notices notices;
    private final Staff staff;

    SolutionFollower(SolutionRows rows, Complaints complaints, Notices notices, Staff staff) {
        this.rows = rows;
        this.complaints = complaints;
        this.notices = notices;
        this.staff = staff;
    }

    @Override
    public String name() {
        return "solution-notices";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        List<UUID> erased = page.stream()
                .filter(entry -> entry.type().equals("Erased"))
                .map(Feed.Entry::subjectId)
                .distinct()
                .toList();
        if (!erased.isEmpty()) {
            rows.erase(erased);
        }
        List<Feed.Entry> ours =
                page.stream().filter(entry -> TYPES.contains(entry.type())).toList();
        if (ours.isEmpty()) {
            return;
        }
        Map<UUID, Complaint> cases =
                complaints
                        .find(ours.stream()
                                .map(Feed.Entry::subjectId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Complaint::id, Function.identity()));
        var told = new ArrayList<StaffNotice>();
        for (Feed.Entry entry : ours) {
            Complaint complaint = cases.get(entry.subjectId());
            if (complaint != null && complaint.erasedAt() == null) {
                complaints.history(complaint.number(), entry.sequence() - 1, 1).forEach(event -> {
                    if (event.event() instanceof SolutionEvent happened) {
                        told.addAll(notices(complaint, happened, event));
                    }
                });
            }
        }
        notices.tell(told);
    }

    private List<StaffNotice> notices(Complaint complaint, SolutionEvent event, HistoryEvent recorded) {
        return switch (event) {
            case SolutionEvent.ApprovalAsked e ->
                to(complaint, recorded, "solution.notice.approval", "/desk/approvals", deciders(complaint, e));
            case SolutionEvent.ProposalApproved e ->
                e.last() ? to(complaint, recorded, "solution.notice.approved", authors(complaint, e)) : List.of();
            case SolutionEvent.ProposalSentBack e ->
                to(complaint, recorded, "solution.notice.sentBack", authors(complaint, e));
            case SolutionEvent.ProposalSent e ->
                to(complaint, recorded, "solution.notice.measure", workers(complaint, e));
            case SolutionEvent.ProposalAnswered e ->
                to(
                        complaint,
                        recorded,
                        e.answer() == Answer.ACCEPTED ? "solution.notice.accepted" : "solution.notice.rejected",
                        Stream.concat(authors(complaint, e), Stream.of(complaint.owner())));
            case SolutionEvent.ProposalQuestioned e ->
                to(
                        complaint,
                        recorded,
                        "solution.notice.question",
                        Stream.concat(authors(complaint, e), Stream.of(complaint.owner())));
            case SolutionEvent.RejectionEscalated e ->
                to(complaint, recorded, "solution.notice.escalated", Stream.of(e.to()));
            case SolutionEvent.MeasureMoved e ->
                to(complaint, recorded, "solution.notice.measure", Stream.ofNullable(e.person()));
            case SolutionEvent.MeasureDone e ->
                to(complaint, recorded, "solution.notice.done", Stream.of(complaint.owner()));
            case SolutionEvent.MeasureWaived e ->
                to(complaint, recorded, "solution.notice.waived", Stream.of(complaint.owner()));
            case SolutionEvent.ProposalDrafted e -> List.of();
            case SolutionEvent.ProposalRewritten e -> List.of();
            case SolutionEvent.ProposalQuestionAnswered e -> List.of();
            case SolutionEvent.ProposalWithdrawn e -> List.of();
        };
    }

    /** Those nearest to the case who may decide: the heads of its department, then managers; the others see it in the list. */
    private Stream<UUID> deciders(Complaint complaint, SolutionEvent event) {
        Proposal proposal =
                rows.read(complaint.id()).proposals().find(event.proposal()).orElse(null);
        if (proposal == null) {
            return Stream.empty();
        }
        var people = new LinkedHashSet<UUID>();
        String department = complaint.department();
        if (department != null) {
            staff.holding(Post.DEPARTMENT_HEAD, department).forEach(each -> people.add(each.id()));
        }
        staff.withRole(Role.MANAGER, null).stream().map(StaffMember::id).forEach(people::add);
        return people.stream().filter(proposal::mayApprove).limit(MOST_TOLD);
    }

    private Stream<UUID> authors(Complaint complaint, SolutionEvent event) {
        return rows.read(complaint.id()).proposals().find(event.proposal()).stream()
                .flatMap(proposal -> proposal.authors().stream());
    }

    private Stream<UUID> workers(Complaint complaint, SolutionEvent event) {
        return rows.read(complaint.id()).proposals().find(event.proposal()).stream()
                .flatMap(proposal -> proposal.works().stream())
                .flatMap(work -> Stream.ofNullable(work.plan().person()));
    }

    private static List<StaffNotice> to(Complaint complaint, HistoryEvent recorded, String key, Stream<UUID> people) {
        return to(complaint, recorded, key, "/desk/complaints/" + complaint.number() + "/solution", people);
    }

    /** Nobody is told of what he did himself. */
    private static List<StaffNotice> to(
            Complaint complaint, HistoryEvent recorded, String key, String href, Stream<UUID> people) {
        return people.distinct()
                .filter(person -> !recorded.actor().equals(Actor.staff(person)))
                .map(person -> new StaffNotice(
                        person, recorded.id(), key, List.of(complaint.number().readable()), href, recorded.at()))
                .toList();
    }
}
