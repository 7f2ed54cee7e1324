package io.bihuan.clock;

import io.bihuan.calendar.Hours;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who does what when a clock comes near its deadline or passes it: levels, each higher than the one before it. */
public record EscalationPlan(String name, Label label, List<Level> levels) {
    public EscalationPlan {
        levels = List.copyOf(levels);
    }

    /**
     * One step up.
     *
     * @param number from 1
     * @param at the warn point it acts at; a clock that does not warn there passes it by
     */
    public record Level(int number, WarnPoint at, When when, List<Action> actions) {
        public Level {
            actions = List.copyOf(actions);
        }
    }

    /**
     * On which cases, and when, a level acts; what is empty does not matter.
     *
     * @param hours of the day by the wall clock of the clock's calendar
     * @param duringWorkOf the name of a calendar in whose working time it acts only
     * @param outsideWorkOf the name of a calendar in whose working time it does not act
     */
    public record When(
            Set<Severity> severities,
            Set<Grade> grades,
            List<Hours> hours,
            @Nullable String duringWorkOf,
            @Nullable String outsideWorkOf) {
        public static final When ALWAYS = new When(Set.of(), Set.of(), List.of(), null, null);

        public When {
            severities = Set.copyOf(severities);
            grades = Set.copyOf(grades);
            hours = List.copyOf(hours);
        }

        public boolean isAlways() {
            return equals(ALWAYS);
        }

        boolean holds(Escalations.Facts facts) {
            return (severities.isEmpty() || severities.contains(facts.severity()))
                    && (grades.isEmpty() || grades.contains(facts.grade()))
                    && (hours.isEmpty() || hours.stream().anyMatch(each -> contains(each, facts.time())))
                    && (duringWorkOf == null || facts.working().contains(duringWorkOf))
                    && (outsideWorkOf == null || !facts.working().contains(outsideWorkOf));
        }

        private static boolean contains(Hours hours, LocalTime time) {
            int minute = time.getHour() * 60 + time.getMinute();
            return minute >= hours.from() && minute < hours.to();
        }
    }

    /** What a level does. */
    public sealed interface Action {}

    public record Notify(List<Recipient> to) implements Action {
        public Notify {
            to = List.copyOf(to);
        }
    }

    /** Gives the subject another owner. */
    public record Reassign(Recipient to) implements Action {}

    /** Makes the severity one higher, as long as there is a higher one. */
    public record RaiseSeverity() implements Action {}

    public record OpenTask(Recipient assignee, Label text, Duration dueIn) implements Action {}

    /** The names of the calendars that its conditions ask. */
    public Set<String> calendars() {
        return levels.stream()
                .map(Level::when)
                .flatMap(when -> Stream.of(when.duringWorkOf(), when.outsideWorkOf()))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    }
}
