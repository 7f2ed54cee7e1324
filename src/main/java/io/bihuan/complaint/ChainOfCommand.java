package io.bihuan.complaint;

import io.bihuan.clock.Recipient;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Post;
import io.bihuan.identity.Reach;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a position for a complaint. Nothing goes into the void: where nobody does, the next level up stands in, at last the
 * administrators. Made for one round of alarms, so that a hundred of them ask once.
 */
final class ChainOfCommand {
    /** Told of one escalation by one position. */
    static final int MOST = 20;

    private static final int LONGEST_LINE = 10;
    private static final List<Role> WORKING = List.of(Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR);

    private final Staff staff;
    private final Duty duty;
    private final Instant now;
    private final Map<UUID, Optional<StaffMember>> people = new HashMap<>();
    private final Map<String, List<StaffMember>> groups = new HashMap<>();

    ChainOfCommand(Staff staff, Duty duty, Instant now) {
        this.staff = staff;
        this.duty = duty;
        this.now = now;
    }

    /** Active people who may see the complaint; empty only where there is not even an administrator. */
    List<StaffMember> of(Recipient recipient, Complaint complaint) {
        Recipient asked = recipient;
        while (true) {
            List<StaffMember> found = holding(asked, complaint).stream()
                    .filter(member -> sees(member, complaint))
                    .limit(MOST)
                    .toList();
            // Above somebody is always somebody else.
            List<StaffMember> others = isAbove(asked) ? without(complaint.owner(), found) : found;
            if (!others.isEmpty()) {
                return others;
            }
            Recipient next = above(asked);
            if (next == null) {
                return administrators();
            }
            asked = next;
        }
    }

    /** Somebody of them who can work on it and is not its owner already. */
    Optional<StaffMember> newOwner(Recipient recipient, Complaint complaint) {
        List<StaffMember> able = without(complaint.owner(), of(recipient, complaint)).stream()
                .filter(member -> member.roles().stream().anyMatch(WORKING::contains))
                .toList();
        // Spread over those on duty, and the same one whenever it is asked again.
        return able.isEmpty()
                ? Optional.empty()
                : Optional.of(able.get(
                        recipient == Recipient.DUTY
                                ? Math.floorMod(complaint.id().hashCode(), able.size())
                                : 0));
    }

    private static @Nullable Recipient above(Recipient recipient) {
        return switch (recipient) {
            case HANDLER -> Recipient.OWNER;
            case OWNER, DUTY -> Recipient.LEAD;
            case LEAD -> Recipient.DEPARTMENT_HEAD;
            case DEPARTMENT_HEAD, CARE_GROUP -> Recipient.DECISION_LEVEL;
            case DECISION_LEVEL -> null;
        };
    }

    private static boolean isAbove(Recipient recipient) {
        return switch (recipient) {
            case OWNER, HANDLER, DUTY, CARE_GROUP -> false;
            case LEAD, DEPARTMENT_HEAD, DECISION_LEVEL -> true;
        };
    }

    private List<StaffMember> holding(Recipient recipient, Complaint complaint) {
        return switch (recipient) {
            case OWNER -> person(complaint.owner());
            case HANDLER -> complaint.handler() == null ? List.of() : person(complaint.handler());
            case LEAD -> lead(complaint.owner());
            case DEPARTMENT_HEAD -> heads(complaint);
            case CARE_GROUP -> group("care", () -> staff.holding(Post.CARE_GROUP, null));
            case DECISION_LEVEL -> group("decision", () -> staff.holding(Post.DECISION_LEVEL, null));
            case DUTY -> onDuty();
        };
    }

    /** The first active one on the way up. */
    private List<StaffMember> lead(UUID owner) {
        UUID at = owner;
        for (int i = 0; i < LONGEST_LINE; i++) {
            UUID above = known(at).map(StaffMember::lead).orElse(null);
            if (above == null || above.equals(owner)) {
                return List.of();
            }
            List<StaffMember> found = person(above);
            if (!found.isEmpty()) {
                return found;
            }
            at = above;
        }
        return List.of();
    }

    /** Those of the department that handles it, else of the owner's. */
    private List<StaffMember> heads(Complaint complaint) {
        List<StaffMember> found = heads(complaint.department());
        return found.isEmpty()
                ? heads(known(complaint.owner()).map(StaffMember::department).orElse(null))
                : found;
    }

    private List<StaffMember> heads(@Nullable String department) {
        return department == null
                ? List.of()
                : group("head " + department, () -> staff.holding(Post.DEPARTMENT_HEAD, department));
    }

    private List<StaffMember> onDuty() {
        List<StaffMember> shift = group("shift", () -> {
            List<UUID> ids = duty.at(now);
            var found = new LinkedHashMap<UUID, StaffMember>(staff.names(ids));
            found.keySet().retainAll(ids);
            return found.values().stream().filter(StaffMember::active).toList();
        });
        return shift.isEmpty() ? group("agents", () -> staff.withRole(Role.AGENT, null)) : shift;
    }

    private List<StaffMember> administrators() {
        return group("administrators", () -> staff.withRole(Role.ADMINISTRATOR, null)).stream()
                .limit(MOST)
                .toList();
    }

    private List<StaffMember> person(UUID id) {
        return known(id).filter(StaffMember::active).stream().toList();
    }

    private Optional<StaffMember> known(UUID id) {
        return people.computeIfAbsent(id, staff::find);
    }

    private List<StaffMember> group(String name, Supplier<List<StaffMember>> read) {
        return groups.computeIfAbsent(name, absent -> read.get());
    }

    private static List<StaffMember> without(UUID person, List<StaffMember> all) {
        return all.stream()
                .filter(Predicate.not(member -> member.id().equals(person)))
                .toList();
    }

    private static boolean sees(StaffMember member, Complaint complaint) {
        Reach reach = member.reach();
        return reach.all()
                || (complaint.department() != null && complaint.department().equals(reach.department()));
    }
}
