package io.bihuan.calendar.web;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.HolidayFile;
import io.bihuan.calendar.HolidayImports;
import io.bihuan.calendar.Holidays;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Holiday sets: their years, and new notices from a file, looked at before they count. */
@Controller
@RequestMapping("/desk/holidays/{set}")
class HolidayController {
    private static final int LONGEST_REASON = 500;
    private static final int SHOWN_LEFT_OUT = 20;
    private static final int LONGEST_FILE_NAME = 120;

    private final Calendars calendars;
    private final HolidayImports imports;
    private final Lines lines;
    private final InstantSource time;

    HolidayController(Calendars calendars, HolidayImports imports, Lines lines, InstantSource time) {
        this.calendars = calendars;
        this.imports = imports;
        this.lines = lines;
        this.time = time;
    }

    @GetMapping
    Page show(
            @PathVariable String set,
            @RequestParam(required = false) @Nullable Integer year,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("calendar/holidays", page(set, year, null, List.of(), FieldErrors.NONE, who, t));
    }

    @PostMapping("/imports")
    Page create(
            @PathVariable String set,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        present(set, who);
        if (file == null || file.isEmpty()) {
            return refused(set, null, List.of(), t.of("calendar.file.missing"), who, t);
        }
        String name = shortened(Objects.requireNonNullElse(file.getOriginalFilename(), ""));
        if (file.getSize() > HolidayFile.LONGEST) {
            String text = t.of("calendar.file.tooLarge", file.getSize() / 1024, HolidayFile.LONGEST / 1024);
            return refused(set, name, List.of(), text, who, t);
        }
        try {
            UUID id = imports.read(set, name, file.getBytes(), who.id());
            return Page.to(path(set, id));
        } catch (HolidayFile.Unusable unusable) {
            List<HolidaysPage.ProblemLine> problems = unusable.problems().stream()
                    .map(problem -> new HolidaysPage.ProblemLine(
                            t.of("calendar.file.at", name, problem.line()),
                            t.of(problem.key(), problem.arguments().toArray())))
                    .toList();
            return refused(set, name, problems, t.of("calendar.file.unusable", name), who, t);
        }
    }

    /** What the file changes if the years that look announced are. */
    @GetMapping("/imports/{id}")
    Page preview(@PathVariable String set, @PathVariable UUID id, Texts t) {
        HolidayImports.Draft draft = draft(set, id);
        return Page.of("calendar/holidayimport", page(draft, draft.found().announced(), "", FieldErrors.NONE, t));
    }

    /** Publishes, or shows what other ticks would change. */
    @PostMapping("/imports/{id}/publication")
    Page publish(
            @PathVariable String set,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Set<Integer> years,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable String look,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        HolidayImports.Draft draft = draft(set, id);
        Set<Integer> ticked = years == null ? Set.of() : years;
        FieldErrors errors = FieldErrors.NONE;
        if (look != null) {
            return Page.of("calendar/holidayimport", page(draft, ticked, reason, errors, t));
        }
        if (reason.isBlank()) {
            errors = errors.with("reason", t.of("web.field.missing"));
        } else if (reason.length() > LONGEST_REASON) {
            errors = errors.with("reason", t.of("web.field.long", LONGEST_REASON));
        }
        if (!errors.any()) {
            try {
                imports.publish(draft, ticked, who.actor(), reason.strip());
                return Page.done("/desk/holidays/" + set, "calendar.import.done", lines.label(set, t));
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        return Page.invalid("calendar/holidayimport", page(draft, ticked, reason, errors, t));
    }

    @PostMapping("/imports/{id}/cancellation")
    Page cancel(@PathVariable String set, @PathVariable UUID id) {
        draft(set, id);
        imports.discard(id);
        return Page.done("/desk/holidays/" + set, "calendar.import.discarded");
    }

    private static String path(String set, UUID id) {
        return "/desk/holidays/" + set + "/imports/" + id;
    }

    private HolidayImports.Draft draft(String set, UUID id) {
        return imports.find(set, id).orElseThrow(() -> new NotFound("draft " + id));
    }

    /** The set; one that is not there yet is empty, for those who may fill it. */
    private Holidays present(String set, SignedIn who) {
        if (calendars.holidaysVersion(set) > 0) {
            return calendars.holidays(set);
        }
        if (!HolidayImports.isName(set) || !who.is(Role.ADMINISTRATOR)) {
            throw new NotFound("holidays " + set);
        }
        return new Holidays(set, Map.of(), Map.of(), Set.of());
    }

    private Page refused(
            String set,
            @Nullable String file,
            List<HolidaysPage.ProblemLine> problems,
            String text,
            SignedIn who,
            Texts t) {
        return Page.invalid(
                "calendar/holidays", page(set, null, file, problems, FieldErrors.NONE.with("file", text), who, t));
    }

    private HolidaysPage page(
            String set,
            @Nullable Integer year,
            @Nullable String file,
            List<HolidaysPage.ProblemLine> problems,
            FieldErrors errors,
            SignedIn who,
            Texts t) {
        Holidays present = present(set, who);
        int thisYear = LocalDate.ofInstant(time.instant(), t.zone()).getYear();
        var years = new TreeSet<>(present.years());
        if (!years.isEmpty()) {
            years.add(thisYear);
            years.add(thisYear + 1);
        }
        int shown = year != null && years.contains(year) ? year : thisYear;
        Holidays ofYear = present.of(shown);
        return new HolidaysPage(
                set,
                lines.label(set, t),
                calendars.holidaysVersion(set),
                years.descendingSet().stream()
                        .map(each -> new HolidaysPage.YearLine(
                                each, present.announced().contains(each), each == shown))
                        .toList(),
                shown,
                present.announced().contains(shown),
                Lines.runs(ofYear.daysOff(), ofYear.makeUpDays(), t),
                calendars.all().stream()
                        .filter(calendar -> set.equals(calendar.definition().holidays()))
                        .map(calendar -> new CalendarPage.Link(
                                calendar.label().in(t.locale()), "/desk/calendars/" + calendar.name(), ""))
                        .toList(),
                lines.holidayVersions(set, t),
                lines.tasks(set, t),
                who.is(Role.ADMINISTRATOR),
                file,
                problems,
                errors);
    }

    private HolidayImportPage page(
            HolidayImports.Draft draft, Set<Integer> ticked, String reason, FieldErrors errors, Texts t) {
        List<String> leftOut = draft.found().leftOut();
        return new HolidayImportPage(
                draft.id(),
                draft.holidays(),
                lines.label(draft.holidays(), t),
                draft.file(),
                imports.changes(draft, ticked).stream()
                        .map(change -> new HolidayImportPage.YearChange(
                                change.year(),
                                change.wasAnnounced(),
                                ticked.contains(change.year()),
                                change.looksAnnounced(),
                                change.after().daysOff().size(),
                                change.after().makeUpDays().size(),
                                Lines.runs(
                                        change.after().daysOff(), change.after().makeUpDays(), t),
                                Lines.runs(
                                        change.added().daysOff(), change.added().makeUpDays(), t),
                                Lines.runs(
                                        change.removed().daysOff(),
                                        change.removed().makeUpDays(),
                                        t)))
                        .toList(),
                leftOut.stream().distinct().limit(SHOWN_LEFT_OUT).toList(),
                leftOut.size(),
                reason,
                errors);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_FILE_NAME ? name : name.substring(0, LONGEST_FILE_NAME);
    }
}
