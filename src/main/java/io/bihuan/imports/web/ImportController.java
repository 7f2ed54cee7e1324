package io.bihuan.imports.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.imports.ImportColumn;
import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection;
import io.bihuan.imports.ImportRun;
import io.bihuan.imports.Imports;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.Cursor;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Imports of tables, from the upload to the report. */
@Controller
@RequestMapping("/desk/imports")
class ImportController {
    private static final String PATH = "/desk/imports";
    private static final int RUNS = 20;
    private static final int REJECTIONS = 50;
    private static final int REJECTIONS_AT_ONCE = 500;
    private static final int SHOWN_CELL = 120;
    private static final char MARK = '\uFEFF';

    private final Imports imports;
    private final Packs packs;
    private final Staff staff;

    ImportController(Imports imports, Packs packs, Staff staff) {
        this.imports = imports;
        this.packs = packs;
        this.staff = staff;
    }

    @GetMapping
    Page list(@RequestParam(required = false) @Nullable String cursor) {
        return Page.of("imports/imports", runs(cursor, FieldErrors.NONE));
    }

    private ImportsPage runs(@Nullable String cursor, FieldErrors errors) {
        Cursor from = Cursor.read(cursor, 2);
        List<ImportRun> found =
                from == null ? imports.list(null, null, RUNS + 1) : imports.list(from.instant(0), from.id(1), RUNS + 1);
        List<ImportRun> shown = found.subList(0, Math.min(RUNS, found.size()));
        String next = found.size() <= RUNS
                ? null
                : PATH + "?cursor="
                        + Cursor.after(
                                shown.getLast().createdAt(), shown.getLast().id());
        return new ImportsPage(shown, from == null ? null : PATH, next, errors);
    }

    @PostMapping
    Page create(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(t.of("imports.refused.no-file"));
        }
        try {
            String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
            return Page.to(PATH + "/" + imports.create(file, name, who.id()));
        } catch (Refused refused) {
            return refused(t.of(refused));
        }
    }

    private Page refused(String reason) {
        return Page.invalid("imports/imports", runs(null, FieldErrors.NONE.with("file", reason)));
    }

    @GetMapping("/{id}")
    Page show(@PathVariable UUID id, @RequestParam(required = false) @Nullable String cursor, Texts t) {
        ImportRun run = run(id);
        return run.state() == ImportRun.State.PREVIEW
                ? preview(run, ImportForm.of(run), FieldErrors.NONE, t)
                : Page.of("imports/import", report(run, cursor, t));
    }

    /** The part of the page that changes while the work goes on; at its end the whole page is loaded anew. */
    @GetMapping("/{id}/progress")
    Page progress(@PathVariable UUID id, HttpServletResponse response) {
        ImportRun run = run(id);
        if (!run.isRunning()) {
            response.setHeader("HX-Refresh", "true");
        }
        return Page.of("imports/importprogress", run);
    }

    /** Keeps how the table is to be read and shows it again. */
    @PostMapping("/{id}/mapping")
    Page map(@PathVariable UUID id, @Valid @ModelAttribute ImportForm form, BindingResult binding, Texts t) {
        FieldErrors errors = changed(id, form, binding, t);
        return errors.any() ? preview(run(id), form, errors, t) : Page.to(PATH + "/" + id);
    }

    @PostMapping("/{id}/run")
    Page start(@PathVariable UUID id, @Valid @ModelAttribute ImportForm form, BindingResult binding, Texts t) {
        ImportForm before = ImportForm.of(run(id));
        FieldErrors errors = changed(id, form, binding, t);
        boolean isOtherTable = !Objects.equals(before.charset(), form.charset())
                || !Objects.equals(before.delimiter(), form.delimiter());
        if (!errors.any() && isOtherTable) {
            // Nobody has seen the table as it is read now.
            return Page.to(PATH + "/" + id, Notice.of(Notice.Tone.INFORMATION, "imports.look-again"));
        }
        if (!errors.any()) {
            try {
                imports.start(id);
                return Page.to(PATH + "/" + id);
            } catch (Refused refused) {
                errors = errors.with(field(refused), t.of(refused));
            }
        }
        return preview(run(id), form, errors, t);
    }

    @PostMapping("/{id}/cancellation")
    Page cancel(@PathVariable UUID id) {
        ImportRun run = run(id);
        imports.cancel(id);
        return Page.done(PATH, "imports.cancelled", run.source());
    }

    /** Every row that was not taken in, with its line and reasons, for a spreadsheet. */
    @GetMapping("/{id}/rejections.csv")
    void rejections(@PathVariable UUID id, HttpServletResponse response, Texts t) throws IOException {
        ImportRun run = run(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(t.of("imports.rejections.file", run.source()) + ".csv", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(t.of("imports.line"), t.of("imports.reasons"), t.of("imports.excerpt"));
        int last = 0;
        List<Imports.NumberedRejection> found;
        do {
            found = imports.rejections(id, last, REJECTIONS_AT_ONCE);
            for (var each : found) {
                ImportRejection rejection = each.rejection();
                csv.printRecord(
                        rejection.line(), String.join("; ", reasons(rejection, t)), harmless(rejection.excerpt()));
                last = each.number();
            }
        } while (!found.isEmpty());
        csv.flush();
    }

    /** A cell that a spreadsheet does not take for a formula. */
    private static String harmless(String cell) {
        return cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }

    private ImportRun run(UUID id) {
        return imports.find(id).orElseThrow(() -> new NotFound("import " + id));
    }

    private FieldErrors changed(UUID id, ImportForm form, BindingResult binding, Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        if (errors.any()) {
            return errors;
        }
        try {
            imports.change(
                    id,
                    String.valueOf(form.source()),
                    Objects.requireNonNull(form.mode()),
                    String.valueOf(form.businessLine()),
                    String.valueOf(form.charset()),
                    form.delimiterText(),
                    Objects.requireNonNull(form.columns()));
            return errors;
        } catch (Refused refused) {
            return errors.with(field(refused), t.of(refused));
        }
    }

    private static String field(Refused refused) {
        return switch (refused.key()) {
            case "imports.refused.source", "imports.refused.source-running" -> "source";
            case "imports.refused.charset" -> "charset";
            case "imports.refused.delimiter" -> "delimiter";
            case "intake.field.business-line" -> "businessLine";
            case "imports.refused.twice", "imports.refused.no-content" -> "columns";
            default -> "";
        };
    }

    private Page preview(ImportRun run, ImportForm form, FieldErrors errors, Texts t) {
        Imports.Preview preview = imports.preview(run);
        List<String> meant = Objects.requireNonNull(form.columns());
        var columns = new ArrayList<ImportPreviewPage.Column>();
        for (int i = 0; i < preview.columns().size(); i++) {
            ImportColumn column = preview.columns().get(i);
            int place = i;
            String example = preview.rows().stream()
                    .filter(row -> row.size() > place && !row.get(place).isBlank())
                    .map(row -> shortened(row.get(place)))
                    .findFirst()
                    .orElse("");
            columns.add(new ImportPreviewPage.Column(
                    column.header().isBlank() ? t.of("imports.column", i + 1) : column.header(),
                    meant.size() == preview.columns().size() ? meant.get(i) : column.value(),
                    example));
        }
        var page = new ImportPreviewPage(
                run,
                form,
                Stream.of(ImportRun.Mode.values())
                        .map(mode -> new Option(mode.name(), t.of(mode)))
                        .toList(),
                packs.businessLines().stream()
                        .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                        .toList(),
                Imports.charsets(run.settings().charset()).stream()
                        .map(name -> new Option(name, name))
                        .toList(),
                Imports.delimiters().stream()
                        .map(each ->
                                new Option(String.valueOf((int) each), t.of("imports.delimiter." + (int) each)))
                        .toList(),
                meanings(run, t),
                columns,
                preview.rows().stream()
                        .map(row -> row.stream()
                                .limit(columns.size())
                                .map(ImportController::shortened)
                                .toList())
                        .toList(),
                errors);
        return errors.any() ? Page.invalid("imports/importpreview", page) : Page.of("imports/importpreview", page);
    }

    private List<Option> meanings(ImportRun run, Texts t) {
        Pack pack = packs.of(run.settings().businessLine());
        var options = new ArrayList<Option>();
        for (Target target : Target.values()) {
            if (target != Target.PRODUCT) {
                options.add(new Option(target.name(), t.of(target)));
            }
        }
        for (FormField field : pack.form().all()) {
            options.add(new Option(
                    Target.PRODUCT.name() + ":" + field.key(), field.label().in(t.locale())));
        }
        return options;
    }

    private ImportReportPage report(ImportRun run, @Nullable String cursor, Texts t) {
        Cursor from = Cursor.read(cursor, 1);
        int after = from == null ? 0 : Math.toIntExact(Math.clamp(from.number(0), 0, Integer.MAX_VALUE));
        List<Imports.NumberedRejection> found = imports.rejections(run.id(), after, REJECTIONS + 1);
        List<Imports.NumberedRejection> shown = found.subList(0, Math.min(REJECTIONS, found.size()));
        List<Imports.Warning> warnings = imports.warnings(run.id());
        Map<UUID, String> names =
                names(Stream.concat(warnings.stream().map(Imports.Warning::owner), Stream.of(run.startedBy()))
                        .distinct()
                        .toList());
        String path = PATH + "/" + run.id();
        String error = run.error();
        return new ImportReportPage(
                run,
                names.getOrDefault(run.startedBy(), "—"),
                error == null ? null : t.of(error),
                run.flags().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(flag -> new Option(String.valueOf(flag.getValue()), t.of(flag.getKey())))
                        .toList(),
                warnings.stream()
                        .map(warning -> new ImportReportPage.OwnerLine(
                                names.getOrDefault(warning.owner(), "—"), warning.dueSoon(), warning.overdue()))
                        .toList(),
                warnings.stream().mapToInt(Imports.Warning::dueSoon).sum(),
                warnings.stream().mapToInt(Imports.Warning::overdue).sum(),
                shown.stream()
                        .map(each -> new ImportReportPage.RejectionLine(
                                each.rejection().line(),
                                reasons(each.rejection(), t),
                                shortened(each.rejection().excerpt())))
                        .toList(),
                from == null ? null : path,
                found.size() <= REJECTIONS
                        ? null
                        : path + "?cursor=" + Cursor.after(shown.getLast().number()));
    }

    private Map<UUID, String> names(List<UUID> people) {
        return staff.names(people).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> nameOf(entry.getValue())));
    }

    private static String nameOf(StaffMember member) {
        return member.name();
    }

    private static List<String> reasons(ImportRejection rejection, Texts t) {
        return rejection.reasons().stream()
                .map(reason -> {
                    String text = t.of(reason.messageKey(), reason.arguments().toArray());
                    String column = reason.column();
                    return column == null || column.isEmpty() ? text : t.of("imports.reason.at", column, text);
                })
                .toList();
    }

    private static String shortened(String cell) {
        String line = cell.replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= SHOWN_CELL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN_CELL)) + "…";
    }
}
