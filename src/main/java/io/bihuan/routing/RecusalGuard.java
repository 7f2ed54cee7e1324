package io.bihuan.routing;

import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.Profiles;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Nobody judges a complaint about himself, his place or his department, or his own decision. */
@Component
class RecusalGuard implements CaseGuard {
    private final RecusalRows rows;
    private final Staff staff;
    private final Profiles profiles;

    RecusalGuard(RecusalRows rows, Staff staff, Profiles profiles) {
        this.rows = rows;
        this.staff = staff;
        this.profiles = profiles;
    }

    @Override
    public void check(Complaint complaint, Command command, Actor actor) {
        if (command instanceof Command.Assess assess) {
            checkAssessment(complaint, assess);
        } else if (command instanceof Command.TransferOwnership transfer) {
            refuse(rows.recusal(complaint), transfer.owner(), Seat.OWNER);
        } else if (command instanceof Command.ConfirmOwnership confirm) {
            refuse(rows.recusal(complaint), confirm.owner(), Seat.OWNER);
        } else if (command instanceof Command.Verify || command instanceof Command.Solve) {
            checkDecision(complaint);
            if (command instanceof Command.Solve) {
                checkReview(complaint, actor);
            }
        }
    }

    /** What was not accepted, or opened again, is decided anew by somebody else, whoever has the case. */
    private void checkReview(Complaint complaint, Actor actor) {
        if (actor.kind() == Actor.Kind.STAFF) {
            UUID person = UUID.fromString(actor.id());
            if (rows.recusal(complaint).deciders().contains(person)) {
                throw new Refused("routing.refused." + Exclusion.DECIDED_BEFORE, name(person));
            }
        }
    }

    private void checkAssessment(Complaint complaint, Command.Assess assess) {
        Recusal recusal = rows.recusal(complaint);
        if (recusal.isAgainstDepartment(assess.department())) {
            throw new Refused("routing.refused.department");
        }
        if (assess.handler() != null) {
            refuse(recusal, assess.handler(), Seat.HANDLER);
        }
    }

    /** Nothing is found or decided while somebody who must keep out of it still has it. */
    private void checkDecision(Complaint complaint) {
        if (rows.of(complaint.id()).isEmpty()) {
            return;
        }
        Recusal recusal = rows.recusal(complaint);
        if (recusal.isAgainstDepartment(complaint.department())) {
            throw new Refused("routing.refused.department-still");
        }
        refuse(recusal, complaint.owner(), Seat.OWNER);
        UUID handler = complaint.handler();
        if (handler != null && !recusal.deciders().contains(handler)) {
            refuse(recusal, handler, Seat.HANDLER);
        }
    }

    private void refuse(Recusal recusal, UUID person, Seat seat) {
        against(recusal, person, seat).ifPresent(why -> {
            throw new Refused("routing.refused." + why, name(person));
        });
    }

    private Optional<Exclusion> against(Recusal recusal, UUID person, Seat seat) {
        if (recusal.equals(Recusal.NONE)) {
            return Optional.empty();
        }
        @Nullable
        String department = staff.find(person).map(StaffMember::department).orElse(null);
        return recusal.against(person, profiles.of(person).outlet(), department, seat);
    }

    private String name(UUID person) {
        return staff.find(person).map(StaffMember::name).orElse("?");
    }
}
