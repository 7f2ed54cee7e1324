package io.bihuan.calendar;

import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.WhenServing;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees in time that a year's holiday notice is missing: this year's at once, the next one's from November on, when it is usually
 * published. Runs on every node; what is raised or told already is not again.
 */
@Component
@WhenServing
class YearCheck {
    private static final Month EXPECTED = Month.NOVEMBER;

    private final Calendars calendars;
    private final YearTasks tasks;
    private final Notices notices;
    private final Staff staff;
    private final TransactionTemplate inOneGo;
    private final InstantSource time;
    private final boolean enabled;

    YearCheck(
            Calendars calendars,
            YearTasks tasks,
            Notices notices,
            Staff staff,
            PlatformTransactionManager transactions,
            InstantSource time,
            @Value("${bihuan.calendars.check:true}") boolean enabled) {
        this.calendars = calendars;
        this.tasks = tasks;
        this.notices = notices;
        this.staff = staff;
        this.inOneGo = new TransactionTemplate(transactions);
        this.time = time;
        this.enabled = enabled;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void run() {
        if (enabled) {
            look();
        }
    }

    void look() {
        for (WorkCalendar calendar : calendars.all()) {
            Holidays holidays = calendar.holidays();
            if (holidays != null) {
                LocalDate today = calendar.dateOf(time.instant());
                look(holidays, today.getYear(), YearTasks.Cause.THIS_YEAR);
                if (today.getMonth().compareTo(EXPECTED) >= 0) {
                    look(holidays, today.getYear() + 1, YearTasks.Cause.NEXT_YEAR);
                }
            }
        }
        inOneGo.executeWithoutResult(status -> tell());
    }

    /** Each node may try, one does it, and the notices know whom they told of what. */
    private void tell() {
        List<YearTasks.Task> untold = tasks.untold();
        if (untold.isEmpty()) {
            return;
        }
        List<StaffMember> administrators = staff.withRole(Role.ADMINISTRATOR, null);
        notices.tell(untold.stream()
                .flatMap(task -> administrators.stream()
                        .map(who -> new StaffNotice(
                                who.id(),
                                task.id(),
                                "calendar.task.notice",
                                List.of(Integer.toString(task.year()), task.holidays()),
                                "/desk/holidays/" + task.holidays(),
                                time.instant())))
                .toList());
        tasks.told(untold);
    }

    private void look(Holidays holidays, int year, YearTasks.Cause cause) {
        if (!holidays.announced().contains(year)) {
            tasks.raise(holidays.name(), year, calendars.holidaysVersion(holidays.name()), cause);
        }
    }
}
