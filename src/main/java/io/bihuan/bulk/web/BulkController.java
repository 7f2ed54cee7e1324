package io.bihuan.bulk.web;

import io.bihuan.bulk.Item;
import io.bihuan.bulk.Macros;
import io.bihuan.bulk.Run;
import io.bihuan.bulk.Runs;
import io.bihuan.bulk.ViewQuery;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Something that is done to many complaints: chosen, shown, confirmed, followed, taken back. */
@Controller
class BulkController {
    private static final char MARK = '\uFEFF';

    private final Runs runs;
    private final Macros macros;
    private final CasePages pages;
    private final Worklist worklist;
    private final Choices choices;
    private final RunWords words;
    private final InstantSource time;

    BulkController(
            Runs runs,
            Macros macros,
            CasePages pages,
            Worklist worklist,
            Choices choices,
            RunWords words,
            InstantSource time) {
        this.runs = runs;
        this.macros = macros;
        this.pages = pages;
        this.worklist = worklist;
        this.choices = choices;
        this.words = words;
        this.time = time;
    }

    @GetMapping("/desk/bulk")
    Page list(@AuthenticationPrincipal SignedIn who, Texts t) {
        List<RunsPage.Row> rows = runs.list(who).stream()
                .map(run -> new RunsPage.Row(
                        "/desk/bulk/" + run.id(),
                        words.title(run.wish(), t),
                        choices.name(run.madeBy(), t),
                        run.state(),
                        RunWords.tone(run.state()),
                        run.madeAt(),
                        run.undoneBy() != null))
                .toList();
        return Page.of("bulk/runs", new RunsPage(rows, who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR)));
    }

    @GetMapping("/desk/bulk/new")
    Page form(
            @ModelAttribute WishForm form,
            @RequestParam(name = "complaint", required = false) @Nullable List<String> complaint,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "") String query,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        ViewQuery asked = ViewQuery.read(query);
        List<String> numbers = all ? runs.numbers(asked, who) : complaint == null ? List.of() : complaint;
        if (numbers.isEmpty()) {
            return Page.to(
                    "/desk/complaints" + (asked.toString().isEmpty() ? "" : "?" + asked),
                    Notice.of(Notice.Tone.WARNING, "bulk.refused.none"));
        }
        return Page.of("bulk/form", page(form, numbers, FieldErrors.NONE, who, t));
    }

    @PostMapping("/desk/bulk")
    Page create(
            @Valid @ModelAttribute WishForm form,
            BindingResult binding,
            @RequestParam(name = "complaint", required = false) @Nullable List<String> complaint,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        List<String> numbers = complaint == null ? List.of() : complaint;
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                return Page.to("/desk/bulk/" + runs.prepare(form.wish(macros, pages, who), numbers, who, t));
            } catch (WishForm.Misfilled misfilled) {
                errors = misfilled.errors(t);
            } catch (Refused refused) {
                errors = WishForm.errors(refused, t);
            }
        }
        List<String> shown = numbers.subList(0, Math.min(numbers.size(), Run.MOST));
        return Page.invalid("bulk/form", page(form, shown, errors, who, t));
    }

    private BulkPage page(WishForm form, List<String> numbers, FieldErrors errors, SignedIn who, Texts t) {
        List<ComplaintNumber> chosen =
                runs.chosen(numbers, who).stream().map(Complaint::number).toList();
        return new BulkPage(
                form.chosen(),
                chosen.stream().map(ComplaintNumber::digits).toList(),
                chosen.stream().map(ComplaintNumber::readable).toList(),
                form,
                errors,
                choices.owners(),
                choices.workers(t),
                choices.minutes(t),
                Choices.macros(macros.of(who)),
                choices.kinds(t));
    }

    @GetMapping("/desk/bulk/{id}")
    Page show(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of("bulk/run", page(runs.find(id, who), who, t));
    }

    /** How far it is; at the end the whole page is read again. */
    @GetMapping("/desk/bulk/{id}/progress")
    Page progress(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t, HttpServletResponse response) {
        Run run = runs.find(id, who);
        if (!run.isRunning()) {
            response.setHeader("HX-Refresh", "true");
        }
        return Page.of("bulk/progress", page(run, who, t));
    }

    @PostMapping("/desk/bulk/{id}/confirmation")
    Page confirm(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        runs.confirm(id, who);
        return Page.to("/desk/bulk/" + id);
    }

    @PostMapping("/desk/bulk/{id}/reversal")
    Page undo(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        runs.undo(id, who);
        return Page.to("/desk/bulk/" + id);
    }

    @GetMapping("/desk/bulk/{id}/results.csv")
    void table(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, HttpServletResponse response, Texts t)
            throws IOException {
        Run run = runs.find(id, who);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(t.of("bulk.file", t.date(run.madeAt())) + ".csv", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(t.of("bulk.csv.number"), t.of("bulk.csv.deed"), t.of("bulk.csv.state"), t.of("bulk.csv.why"));
        for (Item item : runs.items(id)) {
            csv.printRecord(
                    readable(item),
                    words.title(run.wish(), t),
                    t.of("bulk.state." + item.state().name()),
                    item.problems().stream()
                            .map(problem -> problem.in(t.locale()))
                            .collect(Collectors.joining(" ")));
        }
        csv.flush();
    }

    private static String readable(Item item) {
        return ComplaintNumber.read(item.number())
                .map(ComplaintNumber::readable)
                .orElse(item.number());
    }

    private RunPage page(Run run, SignedIn who, Texts t) {
        List<Item> items = runs.items(run.id());
        Map<UUID, Worklist.Row> rows = worklist
                .rows(items.stream().map(Item::complaint).toList())
                .stream()
                .collect(Collectors.toMap(Worklist.Row::id, Function.identity()));
        Map<Item.State, Long> counts =
                items.stream().collect(Collectors.groupingBy(Item::state, Collectors.counting()));
        long unable = counts.getOrDefault(Item.State.UNABLE, 0L);
        long able = items.size() - unable;
        long left = run.undoneBy() == null
                ? counts.getOrDefault(Item.State.READY, 0L)
                : counts.getOrDefault(Item.State.DONE, 0L);
        return new RunPage(
                run,
                words.title(run.wish(), t),
                choices.name(run.madeBy(), t),
                words.steps(run.wish(), t),
                items.stream()
                        .map(item -> row(run, item, rows.get(item.complaint()), t))
                        .toList(),
                able,
                unable,
                able == 0 ? 100 : Math.toIntExact(100 * (able - left) / able),
                run.madeBy().equals(who.id()),
                run.canBeUndone(time.instant()) ? run.undoUntil() : null,
                choices.name(run.undoneBy(), t),
                run.undoneBy() != null && !counts.containsKey(Item.State.KEPT));
    }

    private RunPage.Row row(Run run, Item item, Worklist.@Nullable Row row, Texts t) {
        String title = row == null ? "" : row.headline(t);
        List<String> more = run.isDraft() && item.state() == Item.State.READY
                ? ComplaintNumber.read(item.number())
                        .map(number -> words.before(run.wish(), row, number, t))
                        .orElse(List.of())
                : item.parts().stream()
                        .map(part -> t.of(
                                "bulk.part",
                                t.of(part.step()),
                                t.of("bulk.part." + part.state().name())))
                        .toList();
        return new RunPage.Row(
                item.number(),
                readable(item),
                title,
                t.of("bulk.state." + item.state().name()),
                RunWords.tone(item.state()),
                more,
                item.problems().stream().map(problem -> problem.in(t.locale())).toList());
    }
}
