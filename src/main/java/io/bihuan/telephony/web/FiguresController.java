package io.bihuan.telephony.web;

import io.bihuan.telephony.CallFigures;
import io.bihuan.telephony.CallFigures.Interval;
import io.bihuan.telephony.CallFigures.Line;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** How reachable the hotline was, as a page and as a table to take along. */
@Controller
class FiguresController {
    private static final char MARK = '\ufeff';
    private static final double GOOD = 0.95;
    private static final double POOR = 0.80;

    /** What somebody asks for, as it was typed. */
    record Query(
            @Nullable String from,
            @Nullable String until,
            @Nullable String interval,
            @Nullable String queue) {
        Query {
            from = from == null ? "" : from.strip();
            until = until == null ? "" : until.strip();
            interval = interval == null || interval.isEmpty() ? Interval.HOUR.name() : interval;
            queue = queue == null ? "" : queue.strip();
        }
    }

    private record Question(
            LocalDate from,
            LocalDate until,
            Instant begin,
            Instant end,
            Interval interval,
            @Nullable String queue) {}

    private record Read(@Nullable Question question, FieldErrors errors) {}

    private final CallFigures figures;
    private final InstantSource time;

    FiguresController(CallFigures figures, InstantSource time) {
        this.figures = figures;
        this.time = time;
    }

    @GetMapping("/desk/calls/figures")
    Page show(@ModelAttribute Query query, Texts t) {
        Read read = read(query, t);
        Question question = read.question();
        if (question == null) {
            return Page.invalid(
                    "telephony/figures",
                    new FiguresPage(
                            String.valueOf(query.from()),
                            String.valueOf(query.until()),
                            String.valueOf(query.interval()),
                            String.valueOf(query.queue()),
                            intervals(t),
                            List.of(),
                            List.of(),
                            null,
                            "",
                            read.errors()));
        }
        List<Line> lines = lines(question, t);
        Line sum = CallFigures.sum(lines);
        return Page.of(
                "telephony/figures",
                new FiguresPage(
                        question.from().toString(),
                        question.until().toString(),
                        question.interval().name(),
                        String.valueOf(query.queue()),
                        intervals(t),
                        figures.queues(question.begin(), question.end()).stream()
                                .map(queue -> new Option(queue, queue))
                                .toList(),
                        lines.stream()
                                .map(line -> row(line, label(line, question, t)))
                                .toList(),
                        sum == null ? null : row(sum, t.of("telephony.figures.sum")),
                        "/desk/calls/figures.csv?from=" + question.from() + "&until=" + question.until() + "&interval="
                                + question.interval() + "&queue="
                                + URLEncoder.encode(String.valueOf(query.queue()), StandardCharsets.UTF_8),
                        read.errors()));
    }

    @GetMapping("/desk/calls/figures.csv")
    void table(@ModelAttribute Query query, HttpServletResponse response, Texts t) throws IOException {
        Question question = read(query, t).question();
        if (question == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(
                                t.of("telephony.figures.file", question.from(), question.until()) + ".csv",
                                StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(IntStream.rangeClosed(1, 11)
                .mapToObj(column -> t.of("telephony.figures.csv." + column))
                .toList());
        for (Line line : lines(question, t)) {
            csv.printRecord(
                    label(line, question, t),
                    line.offered(),
                    line.answered(),
                    line.inTime(),
                    line.abandoned(),
                    line.shortAbandoned(),
                    percent(line.connectRate(), ""),
                    percent(line.answerRate(), ""),
                    percent(line.abandonmentRate(), ""),
                    seconds(line.speedOfAnswer()),
                    seconds(line.talk()));
        }
        csv.flush();
    }

    private List<Line> lines(Question question, Texts t) {
        return figures.lines(
                question.begin(), question.end(), question.interval(), t.zone().getId(), question.queue());
    }

    private static String label(Line line, Question question, Texts t) {
        return question.interval() == Interval.DAY ? t.date(line.from()) : t.dateTime(line.from());
    }

    private static FiguresPage.Row row(Line line, String label) {
        Double connect = line.connectRate();
        Double inTime = line.answerRate();
        return new FiguresPage.Row(
                label,
                line.offered(),
                line.answered(),
                line.abandoned(),
                line.shortAbandoned(),
                line.waiting(),
                percent(connect, "%"),
                tone(connect),
                percent(inTime, "%"),
                tone(inTime),
                percent(line.abandonmentRate(), "%"),
                CallLine.clock(line.speedOfAnswer()),
                CallLine.clock(line.talk()));
    }

    private static String tone(@Nullable Double share) {
        return share == null ? "secondary" : share < POOR ? "red" : share < GOOD ? "yellow" : "green";
    }

    private static String percent(@Nullable Double share, String unit) {
        return share == null ? unit.isEmpty() ? "" : "—" : String.format(Locale.ROOT, "%.1f", 100 * share) + unit;
    }

    private static String seconds(@Nullable Duration length) {
        return length == null ? "" : String.format(Locale.ROOT, "%.1f", length.toMillis() / 1000.0);
    }

    private static List<Option> intervals(Texts t) {
        return Arrays.stream(Interval.values())
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
    }

    private Read read(Query query, Texts t) {
        LocalDate today = LocalDate.ofInstant(time.instant(), t.zone());
        FieldErrors errors = FieldErrors.NONE;
        LocalDate until = date(String.valueOf(query.until()), today);
        LocalDate from = date(String.valueOf(query.from()), until == null ? today : until);
        Interval interval = Arrays.stream(Interval.values())
                .filter(each -> each.name().equals(query.interval()))
                .findFirst()
                .orElse(null);
        if (from == null) {
            errors = errors.with("from", t.of("telephony.field.day"));
        }
        if (until == null) {
            errors = errors.with("until", t.of("telephony.field.day"));
        }
        if (interval == null) {
            errors = errors.with("interval", t.of("web.field.unreadable"));
        }
        if (from != null && until != null && until.isBefore(from)) {
            errors = errors.with("until", t.of("telephony.field.order"));
        } else if (from != null && until != null && !until.isBefore(from.plusDays(CallFigures.MOST_DAYS))) {
            errors = errors.with("until", t.of("telephony.field.days", CallFigures.MOST_DAYS));
        }
        if (from == null || until == null || interval == null || errors.any()) {
            return new Read(null, errors);
        }
        String queue = String.valueOf(query.queue());
        return new Read(
                new Question(
                        from,
                        until,
                        from.atStartOfDay(t.zone()).toInstant(),
                        until.plusDays(1).atStartOfDay(t.zone()).toInstant(),
                        interval,
                        queue.isEmpty() ? null : queue),
                errors);
    }

    private static @Nullable LocalDate date(String typed, LocalDate usual) {
        try {
            LocalDate date = typed.isEmpty() ? usual : LocalDate.parse(typed);
            return date.getYear() < 2000 || date.getYear() > 2100 ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
