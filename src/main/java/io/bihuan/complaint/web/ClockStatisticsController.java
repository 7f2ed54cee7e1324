package io.bihuan.complaint.web;

import io.bihuan.clock.Attainment;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.complaint.ClockFigures;
import io.bihuan.complaint.ClockStatistics;
import io.bihuan.complaint.ClockStatistics.Division;
import io.bihuan.complaint.ClockStatistics.Question;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** How clocks fared, as a page and as a table for a spreadsheet. */
@Controller
class ClockStatisticsController {
    private static final int USUAL_DAYS = 30;
    private static final List<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Severity::name).toList();
    private static final char MARK = '\uFEFF';
    /** Below, an attainment is shown in red; from the second on in green. */
    private static final double POOR = 0.9;

    private static final double GOOD = 0.95;

    private final ClockStatistics statistics;
    private final Packs packs;
    private final InstantSource time;

    ClockStatisticsController(ClockStatistics statistics, Packs packs, InstantSource time) {
        this.statistics = statistics;
        this.packs = packs;
        this.time = time;
    }

    /** What was asked, with the usual where nothing was, and what is wrong in it. */
    private record Read(
            ClockStatisticsQuery query, @Nullable Question question, FieldErrors errors) {}

    @GetMapping("/desk/clocks")
    Page home() {
        return Page.to("/desk/clocks/statistics");
    }

    @GetMapping("/desk/clocks/statistics")
    Page show(@ModelAttribute ClockStatisticsQuery query, @AuthenticationPrincipal SignedIn who, Texts t) {
        Read read = read(query, t);
        Question question = read.question();
        var page = new ClockStatisticsPage(
                read.query(),
                Arrays.stream(Division.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                who.reach().all() ? departments(t) : List.of(),
                question == null || question.by() == Division.NONE ? null : t.of(question.by()),
                question == null ? List.of() : lines(question, who, t),
                question == null ? List.of() : pauses(question, who, t),
                question == null ? null : repeats(question, who, t),
                read.errors());
        return question == null
                ? Page.invalid("complaint/clockstatistics", page)
                : Page.of("complaint/clockstatistics", page);
    }

    @GetMapping("/desk/clocks/statistics.csv")
    void table(
            @ModelAttribute ClockStatisticsQuery query,
            @AuthenticationPrincipal SignedIn who,
            HttpServletResponse response,
            Texts t)
            throws IOException {
        Read read = read(query, t);
        Question question = read.question();
        if (question == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(
                                t.of("complaint.statistics.file", question.from(), question.until()) + ".csv",
                                StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(IntStream.rangeClosed(1, 17)
                .mapToObj(column -> t.of("complaint.statistics.csv." + column))
                .toList());
        for (ClockFigures each : sorted(question, who, t)) {
            Attainment attainment = each.attainment();
            boolean hasAny = each.due() > 0;
            csv.printRecord(
                    clock(each.pack(), each.name(), t),
                    each.part() == null ? "" : part(question.by(), each.part(), t),
                    each.due(),
                    each.met(),
                    each.missed(),
                    each.missedOpen(),
                    each.cancelled(),
                    each.standing(),
                    hasAny ? number(100 * attainment.share()) : "",
                    hasAny ? number(100 * attainment.low()) : "",
                    hasAny ? number(100 * attainment.high()) : "",
                    each.median(),
                    each.ninth(),
                    number(each.pausedShare()),
                    each.extensions(),
                    each.late(),
                    question.from() + "/" + question.until());
        }
        csv.flush();
    }

    private Read read(ClockStatisticsQuery query, Texts t) {
        LocalDate today = LocalDate.ofInstant(time.instant(), t.zone());
        FieldErrors errors = FieldErrors.NONE;
        LocalDate until = date(Objects.requireNonNull(query.until()), today);
        LocalDate from =
                date(Objects.requireNonNull(query.from()), (until == null ? today : until).minusDays(USUAL_DAYS - 1L));
        Division by = Arrays.stream(Division.values())
                .filter(each -> each.name().equals(query.by()))
                .findFirst()
                .orElse(null);
        if (from == null) {
            errors = errors.with("from", t.of("complaint.statistics.field.date"));
        }
        if (until == null) {
            errors = errors.with("until", t.of("complaint.statistics.field.date"));
        }
        if (by == null) {
            errors = errors.with("by", t.of("web.field.unreadable"));
        }
        if (from != null && until != null && until.isBefore(from)) {
            errors = errors.with("until", t.of("complaint.statistics.field.order"));
        } else if (from != null && until != null && !until.isBefore(from.plusDays(ClockStatistics.MOST_DAYS))) {
            errors = errors.with("until", t.of("complaint.statistics.field.days", ClockStatistics.MOST_DAYS));
        }
        if (from == null || until == null || by == null || errors.any()) {
            return new Read(query, null, errors);
        }
        String department = Objects.requireNonNull(query.department());
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.name().equals(query.kind()))
                .findFirst()
                .orElse(null);
        return new Read(
                new ClockStatisticsQuery(
                        from.toString(), until.toString(), by.name(), department, kind == null ? "" : kind.name()),
                new Question(from, until, by, department.isEmpty() ? null : department, kind),
                errors);
    }

    private @Nullable String repeats(Question question, SignedIn who, Texts t) {
        ClockStatistics.Repeats repeats = statistics.repeats(question, who.reach());
        return repeats.received() == 0
                ? null
                : t.of("complaint.statistics.repeats", repeats.received(), repeats.repeated(), number(repeats.rate()));
    }

    private static @Nullable LocalDate date(String typed, LocalDate usual) {
        try {
            LocalDate date = typed.isEmpty() ? usual : LocalDate.parse(typed);
            return date.getYear() < 2000 || date.getYear() > 2100 ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private List<ClockFigures> sorted(Question question, SignedIn who, Texts t) {
        return statistics.figures(question, who.reach()).stream()
                .sorted(Comparator.comparing(ClockFigures::pack)
                        .thenComparingInt(each -> order(each.pack(), each.name()))
                        .thenComparing(each -> order(question.by(), each.part(), t)))
                .toList();
    }

    private List<ClockStatisticsPage.Line> lines(Question question, SignedIn who, Texts t) {
        return sorted(question, who, t).stream()
                .map(each -> line(each, question.by(), t))
                .toList();
    }

    private ClockStatisticsPage.Line line(ClockFigures each, Division by, Texts t) {
        Attainment attainment = each.attainment();
        boolean hasAny = each.due() > 0;
        return new ClockStatisticsPage.Line(
                clock(each.pack(), each.name(), t),
                each.part() == null ? null : part(by, each.part(), t),
                each.due(),
                each.met(),
                each.missed(),
                each.missedOpen(),
                each.cancelled(),
                each.standing(),
                hasAny ? number(100 * attainment.share()) + "%" : "—",
                hasAny ? number(100 * attainment.low()) + "–" + number(100 * attainment.high()) + "%" : "",
                !hasAny
                        ? "secondary"
                        : attainment.share() < POOR ? "red" : attainment.share() < GOOD ? "yellow" : "green",
                each.median() == null ? "—" : each.median() + "%",
                each.ninth() == null ? "—" : each.ninth() + "%",
                number(each.pausedShare()) + "%",
                each.extensions(),
                each.late());
    }

    private List<ClockStatisticsPage.Pause> pauses(Question question, SignedIn who, Texts t) {
        return statistics.pauses(question, who.reach()).stream()
                .map(each -> new ClockStatisticsPage.Pause(
                        clock(each.pack(), each.name(), t),
                        t.has("clock.pauseFor." + each.reason())
                                ? t.of("clock.pauseFor." + each.reason())
                                : each.reason(),
                        each.clocks(),
                        t.duration(each.length())))
                .toList();
    }

    /** With the pack's name where there are several. */
    private String clock(String pack, String name, Texts t) {
        String label = pack(pack)
                .map(known -> new Terms(known, t.locale()).clock(name))
                .orElse(name);
        return packs.all().size() < 2
                ? label
                : pack(pack).map(known -> known.name().in(t.locale())).orElse(pack) + " · " + label;
    }

    private int order(String pack, String name) {
        return pack(pack)
                .map(known -> known.part(ClockPolicies.class).clocks().stream()
                        .map(policy -> policy.name())
                        .toList()
                        .indexOf(name))
                .orElse(-1);
    }

    private String order(Division by, @Nullable String part, Texts t) {
        return switch (by) {
            case NONE -> "";
            case SEVERITY -> String.valueOf(SEVERITIES.indexOf(part));
            case DEPARTMENT, MONTH -> part(by, String.valueOf(part), t);
        };
    }

    private String part(Division by, String part, Texts t) {
        return switch (by) {
            case NONE, MONTH -> part;
            case SEVERITY -> t.of(Severity.valueOf(part));
            case DEPARTMENT ->
                part.isEmpty()
                        ? t.of("complaint.statistics.no-department")
                        : departments(t).stream()
                                .filter(option -> option.value().equals(part))
                                .findFirst()
                                .map(Option::label)
                                .orElse(part);
        };
    }

    private Optional<Pack> pack(String id) {
        return packs.present(id).map(present -> packs.get(id, present.version()));
    }

    private List<Option> departments(Texts t) {
        return packs.all().stream()
                .flatMap(pack -> new Terms(pack, t.locale()).departments().stream())
                .collect(Collectors.toMap(Option::value, each -> each, (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
