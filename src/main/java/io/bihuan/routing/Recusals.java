package io.bihuan.routing;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Profiles;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.routing.RoutingEvent.ComplainedAbout;
import io.bihuan.routing.RoutingEvent.RecusalLifted;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who must keep out of a complaint: the person, place or department complained about, and who decided it before. */
@Component
public class Recusals {
    /** Somebody or something that a complaint is about; one of person and code is not null. */
    public record Named(
            UUID id,
            About about,
            @Nullable UUID staff,
            @Nullable String code,
            Instant since) {
        boolean isSame(About other, @Nullable UUID person, @Nullable String otherCode) {
            return about == other && Objects.equals(staff, person) && Objects.equals(code, otherCode);
        }
    }

    private final RecusalRows rows;
    private final Complaints complaints;
    private final Routing routing;
    private final Staff staff;
    private final Profiles profiles;
    private final InstantSource time;

    Recusals(
            RecusalRows rows,
            Complaints complaints,
            Routing routing,
            Staff staff,
            Profiles profiles,
            InstantSource time) {
        this.rows = rows;
        this.complaints = complaints;
        this.routing = routing;
        this.staff = staff;
        this.profiles = profiles;
        this.time = time;
    }

    /** Whom and what the complaint is about, so far as it is written down. */
    @Transactional(readOnly = true)
    public List<Named> of(UUID complaint) {
        return rows.of(complaint);
    }

    /** Who must keep out of it now. */
    @Transactional(readOnly = true)
    public Recusal recusal(Complaint complaint) {
        return rows.recusal(complaint);
    }

    /** Whether somebody must not have this seat of the complaint. */
    @Transactional(readOnly = true)
    public boolean isRecused(Complaint complaint, UUID person, Seat seat) {
        return isRecused(rows.recusal(complaint), person, seat);
    }

    private boolean isRecused(Recusal recusal, UUID person, Seat seat) {
        return recusal.against(
                        person,
                        profiles.of(person).outlet(),
                        staff.find(person).map(StaffMember::department).orElse(null),
                        seat)
                .isPresent();
    }

    /**
     * Writes down whom or what it is about. An owner or handler who must keep out of it gives it away at once: it goes to the best of the
     * others, with the same reason.
     *
     * @throws Refused when nobody would be left to own it
     */
    @Transactional
    public void name(
            ComplaintNumber number,
            @Nullable Integer version,
            About about,
            @Nullable UUID person,
            @Nullable String code,
            String reason,
            Actor actor) {
        if (reason.isBlank()) {
            throw new Refused("complaint.refused.reason");
        }
        if ((about == About.PERSON) != (person != null) || (about != About.PERSON) != (code != null)) {
            throw new Refused("routing.refused.nobody-named");
        }
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        Complaint complaint = complaints.record(number, version, actor, (locked, writes) -> {
            List<Named> named = rows.of(locked.id());
            if (named.stream().anyMatch(each -> each.isSame(about, person, code))) {
                throw new Refused("routing.refused.named-already");
            }
            if (named.size() >= RecusalRows.MOST) {
                throw new Refused("routing.refused.named-many", RecusalRows.MOST);
            }
            var event = new ComplainedAbout(Ids.next(), about, person, code, Personal.of(reason));
            RecusalRows.insert(writes, locked.id(), event, now);
            return List.of(event);
        });
        if (complaint.isOpen()) {
            giveAway(complaint, reason, actor);
        }
    }

    /** It goes from those who must keep out of it to others. */
    private void giveAway(Complaint complaint, String reason, Actor actor) {
        Recusal recusal = rows.recusal(complaint);
        UUID handler = complaint.handler();
        // The owner has to be confirmed for an assessment, so the handler changes first.
        if (handler != null
                && isRecused(recusal, handler, Seat.HANDLER)
                && mayBeAssessed(complaint)
                && !recusal.isAgainstDepartment(complaint.department())) {
            complaints.perform(
                    complaint.number(),
                    null,
                    assigned(complaint, best(complaint), reason),
                    actor,
                    (after, writes) -> {});
        }
        if (isRecused(recusal, complaint.owner(), Seat.OWNER)) {
            UUID next = routing.owner(complaint, Set.of(complaint.owner()))
                    .orElseThrow(() -> new Refused("routing.refused.no-other-owner"));
            complaints.perform(
                    complaint.number(),
                    null,
                    new Command.TransferOwnership(next, reason),
                    actor,
                    (after, writes) -> {});
        }
    }

    private @Nullable UUID best(Complaint complaint) {
        return routing.rank(complaint, Seat.HANDLER).best().map(Candidate::id).orElse(null);
    }

    /** The same assessment with another handler. */
    static Command.Assess assigned(Complaint complaint, @Nullable UUID handler, @Nullable String note) {
        return new Command.Assess(
                complaint.kind(),
                complaint.category(),
                complaint.severity(),
                complaint.priority(),
                complaint.department(),
                handler,
                note);
    }

    /** Whether another handler can be named now. */
    public static boolean mayBeAssessed(Complaint complaint) {
        return complaint.isOpen()
                && !complaint.isJoined()
                && complaint.ownerConfirmedAt() != null
                && complaint.category() != null
                && complaint.department() != null
                && (complaint.stage() == Stage.VERIFY || complaint.stage() == Stage.HANDLE);
    }

    /** It is not about that one after all. */
    @Transactional
    public void lift(ComplaintNumber number, @Nullable Integer version, UUID id, String reason, Actor actor) {
        if (reason.isBlank()) {
            throw new Refused("complaint.refused.reason");
        }
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        complaints.record(number, version, actor, (locked, writes) -> {
            if (rows.of(locked.id()).stream().noneMatch(each -> each.id().equals(id))) {
                throw new Refused("routing.refused.not-named");
            }
            RecusalRows.lift(writes, locked.id(), id, now);
            return List.of(new RecusalLifted(id, Personal.of(reason)));
        });
    }
}
