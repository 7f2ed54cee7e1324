package io.bihuan.screening;

import io.bihuan.complaint.Channel;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.DutyRoster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may screen messages, and who stands where on the way up. */
@Component
public class Screeners {
    /** Who may decide what becomes of a message. */
    public static final List<Role> ROLES = List.of(Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR);

    private static final int MOST_TOLD = 20;
    private static final int LONGEST_LINE = 10;

    private final Staff staff;
    private final Duty duty;
    private final ChannelDuties duties;
    private final DutyRoster roster;

    Screeners(Staff staff, Duty duty, ChannelDuties duties, DutyRoster roster) {
        this.staff = staff;
        this.duty = duty;
        this.duties = duties;
        this.roster = roster;
    }

    /** Everybody who may screen, by name, as far as there is to choose from. */
    public List<StaffMember> all() {
        return staff.withAnyRole(ROLES);
    }

    /** Whether somebody is active and may screen. */
    public boolean may(UUID person) {
        return staff.find(person)
                .filter(StaffMember::active)
                .filter(Screeners::may)
                .isPresent();
    }

    private static boolean may(StaffMember member) {
        return member.roles().stream().anyMatch(ROLES::contains);
    }

    /** Who takes the next message of a channel, but not that person. */
    public UUID next(Channel channel, @Nullable UUID but) {
        return roster.next(channel, person -> !person.equals(but) && may(person));
    }

    /** Whether a person is there to screen. */
    boolean isHere(UUID person) {
        return roster.isHere(person);
    }

    /**
     * Who stands on a rung above a message's screener: the first is the one who is to take it. Where nobody does, whoever stands on the
     * next one; empty only where there is nobody but the screener.
     */
    List<UUID> on(Ladder rung, Channel channel, @Nullable UUID screener, Instant now) {
        for (Ladder each : rung.andAbove()) {
            List<UUID> found = standing(each, channel, screener, now);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return others(staff.withRole(Role.ADMINISTRATOR, null), screener);
    }

    private List<UUID> standing(Ladder rung, Channel channel, @Nullable UUID screener, Instant now) {
        return switch (rung) {
            case DEPUTY -> deputy(channel, screener);
            case LEAD -> lead(screener);
            case DUTY -> {
                var people = new LinkedHashSet<UUID>();
                List<UUID> shift = duty.at(now);
                Map<UUID, StaffMember> known = staff.names(shift);
                shift.stream()
                        .filter(person -> roster.isHere(person) && may(person))
                        .forEach(person -> {
                            if (known.containsKey(person) && !person.equals(screener)) {
                                people.add(person);
                            }
                        });
                people.addAll(others(staff.withRole(Role.MANAGER, null), screener));
                yield people.stream().limit(MOST_TOLD).toList();
            }
        };
    }

    /** Of the two that the channel names, the one who is there and has it not already; else whoever the roster gives. */
    private List<UUID> deputy(Channel channel, @Nullable UUID screener) {
        ChannelDuties.ChannelDuty named = duties.of(channel);
        for (UUID person : new UUID[] {named.deputy(), named.screener()}) {
            if (person != null && !person.equals(screener) && roster.isHere(person) && may(person)) {
                return List.of(person);
            }
        }
        UUID next = next(channel, screener);
        return next.equals(screener) ? List.of() : List.of(next);
    }

    /** The first on the way up who is there. */
    private List<UUID> lead(@Nullable UUID screener) {
        UUID at = screener;
        for (int i = 0; i < LONGEST_LINE && at != null; i++) {
            UUID above = staff.find(at).map(StaffMember::lead).orElse(null);
            if (above == null || above.equals(screener)) {
                return List.of();
            }
            if (roster.isHere(above) && may(above)) {
                return List.of(above);
            }
            at = above;
        }
        return List.of();
    }

    private List<UUID> others(List<StaffMember> members, @Nullable UUID screener) {
        var found = new ArrayList<UUID>();
        for (StaffMember member : members) {
            if (!member.id().equals(screener) && found.size() < MOST_TOLD) {
                found.add(member.id());
            }
        }
        // Who is there comes first: the first is the one who is to take it.
        found.sort((one, other) -> Boolean.compare(roster.isHere(other), roster.isHere(one)));
        return found;
    }

    /** Names for a page. */
    public Map<UUID, String> names(Collection<@Nullable UUID> people) {
        var ids = new LinkedHashSet<UUID>();
        for (UUID person : people) {
            if (person != null) {
                ids.add(person);
            }
        }
        var names = new LinkedHashMap<UUID, String>();
        staff.names(ids).forEach((id, member) -> names.put(id, member.name()));
        return names;
    }
}
