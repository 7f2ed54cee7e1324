package io.bihuan.intake;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.identity.Absences;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.DutyRoster.Present;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean
    DutyRoster dutyRoster(
            Staff staff, Duty duty, Absences absences, Calendars calendars, ChannelDuties duties, InstantSource time) {
        return new DutyRoster(() -> present(staff, duty, absences, calendars, time.instant()), duties::of, time);
    }

    private static Present present(Staff staff, Duty duty, Absences absences, Calendars calendars, Instant now) {
        Set<UUID> away = absences.at(now).keySet();
        List<UUID> shift =
                duty.at(now).stream().filter(person -> !away.contains(person)).toList();
        List<UUID> agents = agents(staff);
        List<UUID> there =
                agents.stream().filter(person -> !away.contains(person)).toList();
        return new Present(
                person -> !away.contains(person) && isOnDuty(staff.find(person), shift, calendars, now),
                shift,
                there.isEmpty() ? agents : there);
    }

    private static boolean isOnDuty(Optional<StaffMember> person, List<UUID> shift, Calendars calendars, Instant now) {
        return person.filter(StaffMember::active)
                .filter(member -> shift.contains(member.id()) || isInHours(member, calendars, now))
                .isPresent();
    }

    private static boolean isInHours(StaffMember member, Calendars calendars, Instant now) {
        String name = member.dutyCalendar();
        Optional<WorkCalendar> hours = name == null ? Optional.empty() : calendars.find(name);
        long moment = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return hours.map(calendar -> calendar.worked(moment, moment + 1) > 0).orElse(true);
    }

    /** Agents; a system that has none yet gives its complaints to the administrators, for they must not be lost. */
    private static List<UUID> agents(Staff staff) {
        List<StaffMember> agents = staff.withRole(Role.AGENT, null);
        return (agents.isEmpty() ? staff.withRole(Role.ADMINISTRATOR, null) : agents)
                .stream().map(StaffMember::id).toList();
    }
}
