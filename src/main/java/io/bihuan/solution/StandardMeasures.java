package io.bihuan.solution;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.complaint.Complaint;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Ids;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Measure;
import io.bihuan.standard.Standard;
import io.bihuan.standard.Within;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the standard of a category says is due, as the first draft of a proposal. */
@Component
public class StandardMeasures {
    private static final String WORKING_DAYS = "workdays-cn";
    /** What is done inside, and none of the customer's business in detail. */
    private static final Set<Measure> INTERNAL = Set.of(Measure.TRAINING);

    private final Calendars calendars;

    StandardMeasures(Calendars calendars) {
        this.calendars = calendars;
    }

    /**
     * The measures of the standard, each due from now on.
     *
     * @param pack the version that the complaint is pinned to
     */
    public List<PlannedMeasure> of(Complaint complaint, Pack pack, Instant now, Locale language) {
        Standard standard = Guidance.of(pack, complaint.category()).standard();
        var measures = new ArrayList<PlannedMeasure>();
        if (standard != null) {
            for (Standard.Step step : standard.steps()) {
                measures.add(new PlannedMeasure(
                        Ids.next(),
                        measures.size() + 1,
                        step.measure(),
                        step.by(),
                        null,
                        due(now.truncatedTo(ChronoUnit.MINUTES), step.within()),
                        null,
                        null,
                        INTERNAL.contains(step.measure()),
                        Personal.of(step.text().in(language))));
            }
        }
        return measures;
    }

    private Instant due(Instant from, Within within) {
        return switch (within.unit()) {
            case MINUTE -> from.plus(Duration.ofMinutes(within.amount()));
            case HOUR -> from.plus(Duration.ofHours(within.amount()));
            case DAY -> from.plus(Duration.ofDays(within.amount()));
            case WORKING_DAY ->
                calendars
                        .find(WORKING_DAYS)
                        .map(calendar -> workingDay(calendar, from, within.amount()))
                        .orElseGet(() -> from.plus(Duration.ofDays(within.amount())));
        };
    }

    /** The same time of the day so many working days later. */
    private static Instant workingDay(WorkCalendar calendar, Instant from, int days) {
        ZonedDateTime at = from.atZone(calendar.zone());
        LocalDate day = at.toLocalDate();
        int left = days;
        while (left > 0) {
            day = day.plusDays(1);
            if (calendar.isWorking(day)) {
                left--;
            }
        }
        return at.with(day).toInstant();
    }
}
