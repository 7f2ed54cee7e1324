package io.bihuan.routing;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.Absences;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Profile;
import io.bihuan.identity.Profiles;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.routing.Workload.Load;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** To whom a complaint goes best. */
@Component
public class Routing {
    private final Staff staff;
    private final Profiles profiles;
    private final Absences absences;
    private final Duty duty;
    private final Calendars calendars;
    private final Packs packs;
    private final Workload workload;
    private final RecusalRows recusals;
    private final InstantSource time;
    private final ZoneId zone;

    Routing(
            Staff staff,
            Profiles profiles,
            Absences absences,
            Duty duty,
            Calendars calendars,
            Packs packs,
            Workload workload,
            RecusalRows recusals,
            InstantSource time,
            Environment environment) {
        this.staff = staff;
        this.profiles = profiles;
        this.absences = absences;
        this.duty = duty;
        this.calendars = calendars;
        this.packs = packs;
        this.workload = workload;
        this.recusals = recusals;
        this.time = time;
        this.zone = ZoneId.of(environment.getProperty("bihuan.zone", "Asia/Shanghai"));
    }

    /** A stretch of time in which somebody has to be there. */
    record Stretch(Instant from, Instant to) {}

    /** Who may handle it in its department, or own it: all that the pack's table says, the best first. */
    @Transactional(readOnly = true)
    public Ranking rank(Complaint complaint, Seat seat) {
        return rank(complaint, seat, complaint.department(), Set.of(), null);
    }

    /** The same for a department that it is to be given to. */
    @Transactional(readOnly = true)
    public Ranking rank(Complaint complaint, Seat seat, @Nullable String department) {
        return rank(complaint, seat, department, Set.of(), null);
    }

    /** The same without some people, and without who is away in that stretch of time too. */
    Ranking rank(
            Complaint complaint, Seat seat, @Nullable String department, Set<UUID> without, @Nullable Stretch stretch) {
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        RoutingRules rules = pack.part(RoutingRules.class, RoutingRules.PLAIN);
        Instant now = time.instant();
        List<StaffMember> people =
                switch (seat) {
                    case HANDLER -> staff.withRole(Role.HANDLER, department);
                    case OWNER -> owners();
                };
        List<StaffMember> members =
                people.stream().filter(each -> !without.contains(each.id())).toList();
        return Ranking.of(
                rules,
                RoutedCase.of(complaint, pack),
                recusals.recusal(complaint),
                seat,
                candidates(members, seat, now, now.minus(Duration.ofDays(rules.fairnessDays())), stretch),
                LocalDate.ofInstant(now, zone));
    }

    /**
     * Who can own it beside those named: the best; else whoever leads or administers and need not keep out of it, away or not, for a
     * complaint must not be without an owner.
     */
    Optional<UUID> owner(Complaint complaint, Set<UUID> without) {
        Optional<UUID> best =
                rank(complaint, Seat.OWNER, null, without, null).best().map(Candidate::id);
        if (best.isPresent()) {
            return best;
        }
        Recusal recusal = recusals.recusal(complaint);
        List<StaffMember> last = new ArrayList<>(owners());
        last.addAll(staff.withRole(Role.MANAGER, null));
        last.addAll(staff.withRole(Role.ADMINISTRATOR, null));
        return last.stream()
                .filter(each -> !without.contains(each.id()))
                .filter(each -> recusal.against(
                                each.id(), profiles.of(each.id()).outlet(), each.department(), Seat.OWNER)
                        .isEmpty())
                .map(StaffMember::id)
                .findFirst();
    }

    /** Agents; managers, who have fewer cases and would come first, only where there is no agent. */
    private List<StaffMember> owners() {
        List<StaffMember> agents = staff.withRole(Role.AGENT, null);
        return agents.isEmpty() ? staff.withRole(Role.MANAGER, null) : agents;
    }

    private List<Candidate> candidates(
            List<StaffMember> members, Seat seat, Instant now, Instant since, @Nullable Stretch stretch) {
        List<UUID> ids = members.stream().map(StaffMember::id).toList();
        Map<UUID, Profile> known = profiles.of(ids);
        Map<UUID, Load> loads = workload.of(ids, seat, since);
        Set<UUID> away = away(now, stretch);
        Set<UUID> shift = Set.copyOf(duty.at(now));
        return members.stream()
                .map(member -> {
                    Load load = loads.getOrDefault(member.id(), Load.NONE);
                    return new Candidate(
                            member.id(),
                            member.name(),
                            member.department(),
                            known.getOrDefault(member.id(), Profile.NONE),
                            away.contains(member.id()),
                            shift.contains(member.id()) || isInHours(member, now),
                            load.open(),
                            load.recent());
                })
                .toList();
    }

    private Set<UUID> away(Instant now, @Nullable Stretch stretch) {
        Set<UUID> away = new HashSet<>(absences.at(now).keySet());
        if (stretch != null) {
            absences.coming().stream()
                    .filter(each ->
                            each.from().isBefore(stretch.to()) && each.to().isAfter(stretch.from()))
                    .forEach(each -> away.add(each.staff()));
        }
        return away;
    }

    private boolean isInHours(StaffMember member, Instant now) {
        String name = member.dutyCalendar();
        Optional<WorkCalendar> hours = name == null ? Optional.empty() : calendars.find(name);
        long moment = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return hours.map(calendar -> calendar.worked(moment, moment + 1) > 0).orElse(true);
    }
}
