package io.bihuan.routing;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Absences;
import io.bihuan.identity.Absences.Absence;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.routing.Routing.Stretch;
import io.bihuan.routing.Workload.Load;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who will be away gives the open cases to others before, each with a note. */
@Component
public class HandOvers {
    /** Cases shown at once: each of them is ranked. */
    public static final int PAGE = 10;

    /** Somebody who is or will be away, and how much is still open. */
    public record Planned(Absence absence, StaffMember person, int owned, int handled) {
        public boolean isDone() {
            return owned + handled == 0;
        }
    }

    /**
     * A case to be given away.
     *
     * @param owners who can own it meanwhile; null when he does not own it
     * @param handlers who can handle it; null when he does not handle it, or no other can be named now
     */
    public record Item(
            Worklist.Row row,
            boolean isOwner,
            boolean isHandler,
            @Nullable Ranking owners,
            @Nullable Ranking handlers) {}

    private final Absences absences;
    private final Staff staff;
    private final Worklist worklist;
    private final Workload workload;
    private final Complaints complaints;
    private final Routing routing;
    private final InstantSource time;

    HandOvers(
            Absences absences,
            Staff staff,
            Worklist worklist,
            Workload workload,
            Complaints complaints,
            Routing routing,
            InstantSource time) {
        this.absences = absences;
        this.staff = staff;
        this.worklist = worklist;
        this.workload = workload;
        this.complaints = complaints;
        this.routing = routing;
        this.time = time;
    }

    /** The absences that this person may prepare: the own, those of whom he leads, for managers all; the next to begin first. */
    @Transactional(readOnly = true)
    public List<Planned> planned(SignedIn who) {
        List<Absence> coming = absences.coming();
        Map<UUID, StaffMember> people =
                staff.names(coming.stream().map(Absence::staff).collect(Collectors.toSet()));
        List<Absence> his = coming.stream()
                .filter(each -> may(who, people.get(each.staff())))
                .sorted((one, other) -> one.from().compareTo(other.from()))
                .toList();
        List<UUID> ids = his.stream().map(Absence::staff).distinct().toList();
        Map<UUID, Load> owned = workload.of(ids, Seat.OWNER, time.instant());
        Map<UUID, Load> handled = workload.of(ids, Seat.HANDLER, time.instant());
        return his.stream()
                .map(each -> new Planned(
                        each,
                        Objects.requireNonNull(people.get(each.staff())),
                        owned.getOrDefault(each.staff(), Load.NONE).open(),
                        handled.getOrDefault(each.staff(), Load.NONE).open()))
                .toList();
    }

    @Transactional(readOnly = true)
    public Optional<Planned> find(UUID absence, SignedIn who) {
        return planned(who).stream()
                .filter(each -> each.absence().id().equals(absence))
                .findFirst();
    }

    private static boolean may(SignedIn who, @Nullable StaffMember person) {
        return person != null
                && (person.id().equals(who.id())
                        || who.id().equals(person.lead())
                        || who.is(Role.MANAGER)
                        || who.is(Role.ADMINISTRATOR));
    }

    /** His open cases, those due next first, with whom they can be given to. */
    @Transactional(readOnly = true)
    public List<Item> items(Planned planned) {
        UUID person = planned.person().id();
        var rows = new LinkedHashMap<UUID, Worklist.Row>();
        for (Worklist.Filter filter : List.of(filter(person, null), filter(null, person))) {
            worklist.page(filter, null, PAGE).rows().forEach(row -> rows.putIfAbsent(row.id(), row));
        }
        List<Worklist.Row> shown = rows.values().stream().limit(PAGE).toList();
        Map<UUID, Complaint> whole = complaints
                .find(shown.stream().map(Worklist.Row::id).toList())
                .stream()
                .collect(Collectors.toMap(Complaint::id, each -> each));
        var stretch = new Stretch(planned.absence().from(), planned.absence().to());
        var items = new ArrayList<Item>();
        for (Worklist.Row row : shown) {
            Complaint complaint = whole.get(row.id());
            if (complaint != null) {
                items.add(item(row, complaint, person, stretch));
            }
        }
        return items;
    }

    private Item item(Worklist.Row row, Complaint complaint, UUID person, Stretch stretch) {
        boolean isOwner = person.equals(complaint.owner());
        boolean isHandler = person.equals(complaint.handler());
        return new Item(
                row,
                isOwner,
                isHandler,
                isOwner ? routing.rank(complaint, Seat.OWNER, null, Set.of(person), stretch) : null,
                isHandler && Recusals.mayBeAssessed(complaint)
                        ? routing.rank(complaint, Seat.HANDLER, complaint.department(), Set.of(person), stretch)
                        : null);
    }

    private static Worklist.Filter filter(@Nullable UUID owner, @Nullable UUID handler) {
        return new Worklist.Filter(
                Worklist.State.OPEN, null, null, null, null, null, null, null, owner, handler, false);
    }

    /**
     * Gives one case away.
     *
     * @param owner the new one; null: it stays
     * @param handler the new one; null: it stays
     * @throws Refused when one of them must keep out of it, or will be away too
     */
    @Transactional
    public void handOver(
            Planned planned,
            ComplaintNumber number,
            @Nullable UUID owner,
            @Nullable UUID handler,
            String note,
            Actor actor) {
        if (note.isBlank()) {
            throw new Refused("complaint.refused.reason");
        }
        if (owner == null && handler == null) {
            throw new Refused("routing.refused.nobody-chosen");
        }
        Complaint complaint = complaints.find(number).orElseThrow(() -> new Complaints.Unknown(number));
        UUID person = planned.person().id();
        if (handler != null) {
            if (!person.equals(complaint.handler()) || !Recusals.mayBeAssessed(complaint)) {
                throw new Refused("routing.refused.handed-over");
            }
            refuseAway(planned, handler);
            complaints.perform(number, complaint.version(), Recusals.assigned(complaint, handler, note), actor);
        }
        if (owner != null) {
            if (!person.equals(complaint.owner())) {
                throw new Refused("routing.refused.handed-over");
            }
            refuseAway(planned, owner);
            complaints.perform(number, null, new Command.TransferOwnership(owner, note), actor);
        }
    }

    private void refuseAway(Planned planned, UUID successor) {
        Absence absence = planned.absence();
        boolean isAway = absences.coming().stream()
                .filter(each -> each.staff().equals(successor))
                .anyMatch(
                        each -> each.from().isBefore(absence.to()) && each.to().isAfter(absence.from()));
        if (isAway || staff.find(successor).filter(StaffMember::active).isEmpty()) {
            throw new Refused(
                    "routing.refused.AWAY",
                    staff.find(successor).map(StaffMember::name).orElse("?"));
        }
    }
}
