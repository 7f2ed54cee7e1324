package io.bihuan.complaint;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When people are told: not outside of their hours of duty, unless it cannot wait. Made for one page of events. */
final class QuietHours {
    private final Staff staff;
    private final Duty duty;
    private final Calendars calendars;
    private final Instant now;
    private @Nullable List<StaffMember> shift;

    QuietHours(Staff staff, Duty duty, Calendars calendars, Instant now) {
        this.staff = staff;
        this.duty = duty;
        this.calendars = calendars;
        this.now = now;
    }

    /**
     * Who is told instead of, or beside, that person, and when at the earliest.
     *
     * @param department that handles the complaint: who may not see it does not stand in for anybody
     */
    Map<UUID, Instant> tell(UUID person, boolean cannotWait, @Nullable String department) {
        List<StaffMember> shift = shift();
        if (shift.stream().anyMatch(member -> member.id().equals(person))) {
            return Map.of(person, now);
        }
        List<UUID> night = shift.stream()
                .filter(member -> member.reach().all()
                        || (department != null
                                && department.equals(member.reach().department())))
                .map(StaffMember::id)
                .toList();
        return decide(person, nextDuty(person), cannotWait, night, now);
    }

    /**
     * The rule: who is on duty is told now. Who is not is told now as well when it cannot wait, and with him who has the night; else only
     * who has the night, and where nobody has it the person himself when he is on duty again.
     *
     * @param nextDuty when the person is on duty again; now or earlier when he is
     */
    static Map<UUID, Instant> decide(UUID person, Instant nextDuty, boolean cannotWait, List<UUID> night, Instant now) {
        if (!nextDuty.isAfter(now)) {
            return Map.of(person, now);
        }
        var told = new LinkedHashMap<UUID, Instant>();
        night.forEach(each -> told.put(each, now));
        if (cannotWait) {
            told.put(person, now);
        } else if (told.isEmpty()) {
            told.put(person, nextDuty);
        }
        return told;
    }

    private Instant nextDuty(UUID person) {
        Optional<WorkCalendar> hours =
                staff.find(person).map(StaffMember::dutyCalendar).flatMap(calendars::find);
        return hours.map(calendar -> nextWorking(calendar, now)).orElse(now);
    }

    private List<StaffMember> shift() {
        List<StaffMember> known = shift;
        if (known == null) {
            known = List.copyOf(staff.names(duty.at(now)).values());
            shift = known;
        }
        return known;
    }

    static boolean isWorking(WorkCalendar calendar, Instant at) {
        long moment = micros(at);
        return calendar.worked(moment, moment + 1) > 0;
    }

    private static Instant nextWorking(WorkCalendar calendar, Instant at) {
        return isWorking(calendar, at) ? at : Instant.EPOCH.plus(calendar.reach(micros(at), 1) - 1, ChronoUnit.MICROS);
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
