package io.bihuan.compensation.web;

import io.bihuan.compensation.CompensationFigures;
import io.bihuan.compensation.Grant;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.privacy.Personal;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What compensation came to: acceptance and cost, as a page and as a table. */
@Controller
class CompensationFiguresController {
    private static final String TEMPLATE = "compensation/figures";
    private static final int USUAL_DAYS = 30;
    private static final int LONGEST_DAYS = 1_100;
    private static final int SHOWN = 100;
    private static final char MARK = '\uFEFF';

    private final CompensationFigures figures;
    private final Packs packs;
    private final ActorNames names;
    private final InstantSource time;

    CompensationFiguresController(CompensationFigures figures, Packs packs, ActorNames names, InstantSource time) {
        this.figures = figures;
        this.packs = packs;
        this.names = names;
        this.time = time;
    }

    private record Period(LocalDate from, LocalDate until) {
        Instant begin(Texts t) {
            return from.atStartOfDay(t.zone()).toInstant();
        }

        Instant end(Texts t) {
            return until.plusDays(1).atStartOfDay(t.zone()).toInstant();
        }
    }

    @GetMapping("/desk/compensation")
    Page show(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String line,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Period period = period(from, until, t);
        List<Option> lines = packs.businessLines().stream()
                .map(code -> new Option(code, line(code, t)))
                .toList();
        String query = "?from=" + encoded(from) + "&until=" + encoded(until) + "&line=" + encoded(line);
        List<FiguresPage.ToApprove> toApprove = toApprove(t);
        if (period == null) {
            return Page.invalid(
                    TEMPLATE,
                    new FiguresPage(
                            from,
                            until,
                            line,
                            query,
                            lines,
                            null,
                            List.of(),
                            List.of(),
                            toApprove,
                            FieldErrors.NONE.with("from", t.of("compensation.form.period", LONGEST_DAYS))));
        }
        CompensationFigures.Total total = figures.total(period.begin(t), period.end(t), line);
        return Page.of(
                TEMPLATE,
                new FiguresPage(
                        period.from().toString(),
                        period.until().toString(),
                        line,
                        query,
                        lines,
                        new FiguresPage.Total(
                                total.offered(),
                                total.accepted(),
                                percent(total.acceptance(), t),
                                total.complaints(),
                                Looks.money(total.cost(), t),
                                Looks.money(total.average(), t),
                                Looks.money(total.reserved(), t),
                                Looks.money(total.expired(), t)),
                        figures.items(period.begin(t), period.end(t), line).stream()
                                .map(each -> new FiguresPage.Row(
                                        line(each.businessLine(), t),
                                        item(each.businessLine(), each.item(), t),
                                        each.offered(),
                                        each.accepted(),
                                        percent(
                                                each.offered() == 0 ? null : 100.0 * each.accepted() / each.offered(),
                                                t),
                                        Looks.money(each.cost(), t)))
                                .toList(),
                        figures.complaints(period.begin(t), period.end(t), line, SHOWN).stream()
                                .map(each -> new FiguresPage.Case(
                                        each.number().readable(),
                                        href(each.number().digits()),
                                        each.offered(),
                                        each.accepted(),
                                        Looks.money(each.cost(), t)))
                                .toList(),
                        toApprove,
                        FieldErrors.NONE));
    }

    @GetMapping("/desk/compensation.csv")
    void table(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String line,
            Texts t,
            HttpServletResponse response)
            throws IOException {
        Period period = period(from, until, t);
        if (period == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(
                                t.of("compensation.figures.file", period.from(), period.until()) + ".csv",
                                StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(Stream.of("complaint", "line", "offered", "accepted", "cost")
                .map(column -> t.of("compensation.column." + column))
                .toList());
        for (CompensationFigures.CaseCost each :
                figures.complaints(period.begin(t), period.end(t), line, CompensationFigures.MOST_EXPORTED)) {
            csv.printRecord(
                    each.number().readable(),
                    line(each.businessLine(), t),
                    each.offered(),
                    each.accepted(),
                    BigDecimal.valueOf(each.cost().fen(), 2).toPlainString());
        }
        csv.flush();
    }

    private List<FiguresPage.ToApprove> toApprove(Texts t) {
        List<Grant> waiting = figures.toApprove();
        ActorNames.Names called = names.of(
                waiting.stream().map(each -> each.grantedBy().toString()).toList(), t);
        return waiting.stream()
                .map(each -> new FiguresPage.ToApprove(
                        each.number().readable(),
                        href(each.number().digits()),
                        item(each.item(), t),
                        Looks.money(each.amount(), t),
                        called.of(each.grantedBy().toString()),
                        each.grantedAt(),
                        Personal.text(each.reason())))
                .toList();
    }

    private static String href(String number) {
        return "/desk/complaints/" + number + "/" + CompensationParts.PATH;
    }

    private @Nullable Period period(String from, String until, Texts t) {
        LocalDate today = LocalDate.ofInstant(time.instant(), t.zone());
        try {
            var period = new Period(
                    from.isBlank() ? today.minusDays(USUAL_DAYS) : LocalDate.parse(from.strip()),
                    until.isBlank() ? today : LocalDate.parse(until.strip()));
            boolean isSensible = !period.until().isBefore(period.from())
                    && !period.from().plusDays(LONGEST_DAYS).isBefore(period.until());
            return isSensible ? period : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String line(String code, Texts t) {
        return packs.businessLines().contains(code) ? packs.line(code).name().in(t.locale()) : code;
    }

    private String item(String businessLine, String name, Texts t) {
        return packs.businessLines().contains(businessLine) ? Looks.item(packs.of(businessLine), name, t) : name;
    }

    /** Named by the first pack that knows it: a list of all lines has no pack of its own. */
    private String item(String name, Texts t) {
        return packs.businessLines().stream()
                .map(code -> Looks.item(packs.of(code), name, t))
                .filter(label -> !label.equals(name))
                .findFirst()
                .orElse(name);
    }

    private static String percent(@Nullable Double share, Texts t) {
        return share == null
                ? t.of("compensation.none")
                : t.of(
                        "compensation.percent",
                        BigDecimal.valueOf(share)
                                .setScale(1, RoundingMode.HALF_UP)
                                .toPlainString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
