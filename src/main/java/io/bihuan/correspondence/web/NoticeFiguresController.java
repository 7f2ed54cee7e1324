package io.bihuan.correspondence.web;

import io.bihuan.correspondence.NoticeFigures;
import io.bihuan.correspondence.NoticeFigures.Division;
import io.bihuan.correspondence.NoticeFigures.Part;
import io.bihuan.pack.Packs;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How well the promise of the progress notices is kept, for who answers for it. */
@Controller
class NoticeFiguresController {
    private static final String TEMPLATE = "correspondence/figures";
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 731;
    /** Below, what was kept is shown in red; from the second on in green. */
    private static final double POOR = 90;

    private static final double GOOD = 95;

    private final NoticeFigures figures;
    private final Packs packs;
    private final InstantSource time;

    NoticeFiguresController(NoticeFigures figures, Packs packs, InstantSource time) {
        this.figures = figures;
        this.packs = packs;
        this.time = time;
    }

    @GetMapping("/desk/clocks/notices")
    Page show(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String department,
            Texts t) {
        LocalDate today = LocalDate.ofInstant(time.instant(), t.zone());
        LocalDate last = date(until, today);
        LocalDate first = date(from, (last == null ? today : last).minusDays(USUAL_DAYS - 1L));
        Division division = Arrays.stream(Division.values())
                .filter(each -> each.name().equals(by))
                .findFirst()
                .orElse(Division.DEPARTMENT);
        List<Option> departments = departments(t);
        FieldErrors errors = FieldErrors.NONE;
        if (first == null) {
            errors = errors.with("from", t.of("correspondence.figures.date"));
        }
        if (last == null) {
            errors = errors.with("until", t.of("correspondence.figures.date"));
        }
        if (first != null && last != null && (last.isBefore(first) || last.isAfter(first.plusDays(MOST_DAYS)))) {
            errors = errors.with("until", t.of("correspondence.figures.period", MOST_DAYS));
        }
        if (first == null || last == null || errors.any()) {
            return Page.invalid(
                    TEMPLATE,
                    new NoticeFiguresPage(
                            from,
                            until,
                            division.name(),
                            department,
                            divisions(t),
                            departments,
                            "",
                            List.of(),
                            errors));
        }
        List<NoticeFiguresPage.Line> lines = figures
                .of(
                        first.atStartOfDay(t.zone()).toInstant(),
                        last.plusDays(1).atStartOfDay(t.zone()).toInstant(),
                        division,
                        department.isEmpty() ? null : department)
                .stream()
                .map(each -> line(each, division, departments, t))
                .toList();
        return Page.of(
                TEMPLATE,
                new NoticeFiguresPage(
                        first.toString(),
                        last.toString(),
                        division.name(),
                        department,
                        divisions(t),
                        departments,
                        t.of(division),
                        lines,
                        errors));
    }

    private static NoticeFiguresPage.Line line(Part each, Division by, List<Option> departments, Texts t) {
        String part =
                switch (by) {
                    case NONE -> t.of("correspondence.figures.all");
                    case MONTH -> each.part();
                    case DEPARTMENT ->
                        each.part().isEmpty()
                                ? t.of("correspondence.figures.no-department")
                                : departments.stream()
                                        .filter(option -> option.value().equals(each.part()))
                                        .map(Option::label)
                                        .findFirst()
                                        .orElse(each.part());
                };
        Double kept = each.kept();
        return new NoticeFiguresPage.Line(
                part,
                each,
                kept == null ? "—" : String.format(Locale.ROOT, "%.1f%%", kept),
                kept == null ? "secondary" : kept < POOR ? "red" : kept < GOOD ? "yellow" : "green");
    }

    private static List<Option> divisions(Texts t) {
        return Stream.of(Division.values())
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
    }

    /** Of all packs, each code once. */
    private List<Option> departments(Texts t) {
        return packs.all().stream()
                .flatMap(pack -> pack.departments().all().stream())
                .map(each -> new Option(each.code(), each.label().in(t.locale())))
                .collect(Collectors.toMap(Option::value, each -> each, (one, other) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static @Nullable LocalDate date(String typed, LocalDate usual) {
        try {
            LocalDate date = typed.isBlank() ? usual : LocalDate.parse(typed.strip());
            return date.getYear() < 2000 || date.getYear() > 2100 ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
