package io.bihuan.calendar.web;

import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Limit;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Calendars: all of them, one with the picture of a year, and its next version. */
@Controller
@RequestMapping("/desk/calendars")
class CalendarController {
    private static final String PATH = "/desk/calendars";
    private static final String TEMPLATE = "calendar/calendar";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Calendars calendars;
    private final Lines lines;
    private final InstantSource time;

    CalendarController(Calendars calendars, Lines lines, InstantSource time) {
        this.calendars = calendars;
        this.lines = lines;
        this.time = time;
    }

    @GetMapping
    Page list(@AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of(
                "calendar/calendars",
                new CalendarsPage(
                        calendars.all().stream().map(each -> row(each, t)).toList(),
                        calendars.holidays().stream().map(each -> row(each, t)).toList(),
                        lines.tasks(null, t),
                        who.is(Role.ADMINISTRATOR)));
    }

    private CalendarsPage.Row row(WorkCalendar calendar, Texts t) {
        CalendarDefinition definition = calendar.definition();
        String holidays = definition.holidays();
        String over = definition.over();
        return new CalendarsPage.Row(
                calendar.name(),
                calendar.label().in(t.locale()),
                calendar.zone().getId(),
                holidays == null ? null : lines.label(holidays, t),
                calendar.version(),
                over == null ? null : calendars.current(over).label().in(t.locale()),
                appliesTo(definition.appliesTo(), t));
    }

    private CalendarsPage.SetRow row(Holidays set, Texts t) {
        return new CalendarsPage.SetRow(
                set.name(),
                lines.label(set.name(), t),
                calendars.holidaysVersion(set.name()),
                set.announced().isEmpty()
                        ? t.of("calendar.none")
                        : set.announced().first() + "–" + set.announced().last());
    }

    private static String appliesTo(Set<String> keys, Texts t) {
        return keys.stream()
                .sorted()
                .map(key ->
                        t.of("calendar.for." + key.substring(0, key.indexOf(':')), key.substring(key.indexOf(':') + 1)))
                .collect(Collectors.joining(t.of("calendar.comma")));
    }

    @GetMapping("/{name}")
    Page show(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer year,
            @RequestParam(defaultValue = "") String start,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "WORKING_DAY") Limit.Unit unit,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        WorkCalendar calendar = calendar(name);
        if (year != null && !YearPicture.hasYear(year)) {
            throw new NotFound("year " + year);
        }
        CalendarPage.Calculator calculator = calculator(calendar, start, amount, unit, t);
        CalendarPage page =
                page(calendar, year, CalendarForm.of(calendar), calculator, false, FieldErrors.NONE, who, t);
        return calculator.errors().any() ? Page.invalid(TEMPLATE, page) : Page.of(TEMPLATE, page);
    }

    /** The next version: shown first if asked so, else published. */
    @PostMapping("/{name}/versions")
    Page create(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer year,
            @RequestParam(required = false) @Nullable String preview,
            @Valid @ModelAttribute CalendarForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        WorkCalendar present = calendar(name);
        boolean isPreview = preview != null;
        FieldErrors found = FieldErrors.of(binding, t);
        // Who only looks need not say why.
        if (isPreview && found.of("reason") != null && form.reason().isEmpty()) {
            found = found.all().size() == 1 ? FieldErrors.NONE : found;
        }
        CalendarForm.Result result = form.over(present.definition(), found, t);
        CalendarDefinition definition = result.definition();
        FieldErrors errors = result.errors();
        if (definition != null && !errors.any()) {
            try {
                if (!isPreview) {
                    WorkCalendar published = calendars.publish(definition, form.seen(), who.actor(), form.reason());
                    return published.version() == form.seen()
                            ? Page.done(PATH + "/" + name, "calendar.form.same")
                            : Page.done(PATH + "/" + name, "calendar.form.done", published.version());
                }
                return Page.of(
                        TEMPLATE,
                        page(
                                calendars.preview(definition),
                                year,
                                form,
                                calculator(present, "", "", Limit.Unit.WORKING_DAY, t),
                                true,
                                FieldErrors.NONE,
                                who,
                                t));
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        CalendarPage.Calculator calculator = calculator(present, "", "", Limit.Unit.WORKING_DAY, t);
        return Page.invalid(TEMPLATE, page(present, year, form, calculator, false, errors, who, t));
    }

    private WorkCalendar calendar(String name) {
        return calendars.find(name).orElseThrow(() -> new NotFound("calendar " + name));
    }

    private CalendarPage page(
            WorkCalendar calendar,
            @Nullable Integer year,
            CalendarForm form,
            CalendarPage.Calculator calculator,
            boolean isPreview,
            FieldErrors errors,
            SignedIn who,
            Texts t) {
        CalendarDefinition definition = calendar.definition();
        String holidays = definition.holidays();
        String over = definition.over();
        int shown = year != null && YearPicture.hasYear(year)
                ? year
                : calendar.dateOf(time.instant()).getYear();
        return new CalendarPage(
                calendar.name(),
                calendar.label().in(t.locale()),
                calendar.zone().getId(),
                calendar.version(),
                holidays == null
                        ? null
                        : new CalendarPage.Link(lines.label(holidays, t), "/desk/holidays/" + holidays, ""),
                over == null
                        ? null
                        : new CalendarPage.Link(calendars.current(over).label().in(t.locale()), PATH + "/" + over, ""),
                appliesTo(definition.appliesTo(), t),
                definition.adds() != null,
                Arrays.stream(DayOfWeek.values())
                        .map(day -> new CalendarPage.WeekLine(day, YearPicture.hours(definition.hours(day), t)))
                        .toList(),
                YearPicture.hours(definition.makeUp(), t),
                YearPicture.hours(definition.onHolidays(), t),
                calendars.all().stream()
                        .filter(each -> calendar.name().equals(each.definition().over()))
                        .map(each -> new CalendarPage.Link(
                                each.label().in(t.locale()),
                                PATH + "/" + each.name(),
                                appliesTo(each.definition().appliesTo(), t)))
                        .toList(),
                YearPicture.of(calendar, shown, t),
                lines.versions(calendar.name(), t),
                form,
                calculator,
                holidays == null ? java.util.List.of() : lines.tasks(holidays, t),
                who.is(Role.ADMINISTRATOR),
                isPreview,
                errors);
    }

    // ---- calculator ----

    private CalendarPage.Calculator calculator(
            WorkCalendar calendar, String start, String amount, Limit.Unit unit, Texts t) {
        var units = Arrays.stream(Limit.Unit.values())
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
        if (start.isEmpty() && amount.isEmpty()) {
            String now = LocalDateTime.ofInstant(time.instant(), calendar.zone())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
            return new CalendarPage.Calculator(now, "7", unit, units, null, null, FieldErrors.NONE);
        }
        FieldErrors errors = FieldErrors.NONE;
        Instant from = start(start, calendar);
        if (from == null) {
            errors = errors.with("start", t.of("calendar.calculator.noStart"));
        }
        int number = amount.matches("\\d{1,4}") ? Integer.parseInt(amount) : 0;
        if (number < 1 || number > Limit.MOST) {
            errors = errors.with("amount", t.of("calendar.calculator.noAmount", Limit.MOST));
        }
        if (errors.any()) {
            return new CalendarPage.Calculator(start, amount, unit, units, null, null, errors);
        }
        Instant begin = Objects.requireNonNull(from);
        Instant due = new Limit(number, unit).end(calendar, begin);
        Integer assumed = calendar.assumedYear(calendar.dateOf(begin), calendar.dateOf(due.minusNanos(1000)));
        return new CalendarPage.Calculator(
                start,
                amount,
                unit,
                units,
                moment(due, calendar, t),
                assumed == null ? null : t.of("calendar.calculator.assumed", assumed),
                errors);
    }

    private static @Nullable Instant start(String text, WorkCalendar calendar) {
        try {
            LocalDateTime start = LocalDateTime.parse(text);
            return YearPicture.hasYear(start.getYear())
                    ? start.atZone(calendar.zone()).toInstant()
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** An end at midnight is written as 24:00 of the day that ends. */
    private static String moment(Instant at, WorkCalendar calendar, Texts t) {
        LocalDateTime local = LocalDateTime.ofInstant(at, calendar.zone());
        boolean isDayEnd = local.toLocalTime().equals(LocalTime.MIDNIGHT);
        LocalDate date = isDayEnd ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        String written = isDayEnd ? date + " 24:00" : MINUTE.format(local);
        return t.of(
                "calendar.calculator.due",
                written,
                t.of("calendar.day." + date.getDayOfWeek().name()));
    }
}
