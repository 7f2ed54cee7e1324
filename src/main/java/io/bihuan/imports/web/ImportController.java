package io.bihuan.imports.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.imports.ImportColumn;
import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection;
import io.bihuan.imports.ImportRun;
import io.bihuan.imports.Imports;
import io.bihuan.imports.Mappings;
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
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
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
    private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final char MARK = '\uFEFF';

    private final Imports imports;
    private final Mappings mappings;
    private final Packs packs;
    private final Staff staff;

    ImportController(Imports imports, Mappings mappings, Packs packs, Staff staff) {
        this.imports = imports;
        this.mappings = mappings;
        this.packs = packs;
        this.staff = staff;
    }

    @GetMapping
    Page list(@RequestParam(required = false) @Nullable String cursor, Texts t) {
        return Page.of("imports/imports", runs(cursor, FieldErrors.NONE, t));
    }

    private ImportsPage runs(@Nullable String cursor, FieldErrors errors, Texts t) {
        Cursor from = Cursor.read(cursor, 2);
        List<ImportRun> found =
                from == null ? imports.list(null, null, RUNS + 1) : imports.list(from.instant(0), from.id(1), RUNS + 1);
        List<ImportRun> shown = found.subList(0, Math.min(RUNS, found.size()));
        String next = found.size() <= RUNS
                ? null
                : PATH + "?cursor="
                        + Cursor.after(
                                shown.getLast().createdAt(), shown.getLast().id());
        return new ImportsPage(shown, kinds(t), from == null ? null : PATH, next, errors);
    }

    @PostMapping
    Page create(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "COMPLAINTS") ImportRun.Kind kind,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(t.of("imports.refused.no-file"), t);
        }
        try {
            String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
            return Page.to(PATH + "/" + imports.create(file, name, kind, who.id()));
        } catch (Refused refused) {
            return refused(t.of(refused), t);
        }
    }

    private List<Option> kinds(Texts t) {
        return imports.kinds().stream()
                .map(kind -> new Option(kind.name(), t.of(kind)))
                .toList();
    }

    private Page refused(String reason, Texts t) {
        return Page.invalid("imports/imports", runs(null, FieldErrors.NONE.with("file", reason), t));
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
        if (!errors.any() && form.isOtherTableThan(before)) {
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
        download(response, "text/csv;charset=UTF-8", t.of("imports.rejections.file", run(id).source()) + ".csv");
        Writer out = response.getWriter();
        out.write(MARK); // without it Excel reads the file in the charset of its country
        var csv = new CSVPrinter(out, CSVFormat.EXCEL);
        csv.printRecord(t.of("imports.line"), t.of("imports.reasons"), t.of("imports.excerpt"));
        for (var page = rejected(id, 0);
                !page.isEmpty();
                page = rejected(id, page.getLast().number())) {
            for (var each : page) {
                ImportRejection rejection = each.rejection();
                csv.printRecord(
                        rejection.line(), String.join("; ", reasons(rejection, t)), harmless(rejection.excerpt()));
            }
        }
        csv.flush();
    }

    /** The same as a workbook, whose cells of text are never taken for formulas. */
    @GetMapping("/{id}/rejections.xlsx")
    void workbook(@PathVariable UUID id, HttpServletResponse response, Texts t) throws IOException {
        download(response, WORKBOOK, t.of("imports.rejections.file", run(id).source()) + ".xlsx");
        try (var book = new Workbook(response.getOutputStream(), "Bihuan", null)) {
            Worksheet sheet = book.newWorksheet(t.of("imports.rejections.sheet"));
            sheet.value(0, 0, t.of("imports.line"));
            sheet.value(0, 1, t.of("imports.reasons"));
            sheet.value(0, 2, t.of("imports.excerpt"));
            sheet.width(1, 60);
            sheet.width(2, 80);
            int row = 1;
            for (var page = rejected(id, 0);
                    !page.isEmpty();
                    page = rejected(id, page.getLast().number())) {
                for (var each : page) {
                    ImportRejection rejection = each.rejection();
                    sheet.value(row, 0, rejection.line());
                    sheet.value(row, 1, String.join("; ", reasons(rejection, t)));
                    sheet.value(row, 2, writable(rejection.excerpt()));
                    row++;
                }
                sheet.flush();
            }
        }
    }

    private List<Imports.NumberedRejection> rejected(UUID id, int after) {
        return imports.rejections(id, after, REJECTIONS_AT_ONCE);
    }

    private static void download(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }

    /** Without the characters that XML does not know. */
    private static String writable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t\\r\\n]]", " ");
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
            imports.change(id, form.change());
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
            case "imports.refused.twice",
                    "imports.refused.no-content",
                    "imports.refused.meanings",
                    "imports.refused.no-customer",
                    "imports.refused.no-thing" -> "columns";
            case "imports.refused.sheet" -> "sheet";
            case "imports.refused.kind" -> "kind";
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
                kinds(t),
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
                        .map(each -> new Option(String.valueOf((int) each), t.of("imports.delimiter." + (int) each)))
                        .toList(),
                preview.sheets().stream().map(sheet -> new Option(sheet, sheet)).toList(),
                meanings(run, t),
                columns,
                preview.rows().stream()
                        .map(row -> row.stream()
                                .limit(columns.size())
                                .map(ImportController::shortened)
                                .toList())
                        .toList(),
                remembered(run, t),
                errors);
        return errors.any() ? Page.invalid("imports/importpreview", page) : Page.of("imports/importpreview", page);
    }

    /** From what the settings were proposed; null when they follow from the names of the columns. */
    private @Nullable String remembered(ImportRun run, Texts t) {
        UUID id = run.mapping();
        return id == null
                ? null
                : mappings.find(id)
                        .map(mapping -> {
                            String name = mapping.name();
                            return name == null ? mapping.fileName() : name;
                        })
                        .map(name -> t.of("imports.remembered", name))
                        .orElse(null);
    }

    private List<Option> meanings(ImportRun run, Texts t) {
        var options = new ArrayList<Option>();
        for (Target target : imports.meanings(run.settings().kind())) {
            if (target == Target.PRODUCT) {
                Pack pack = packs.of(run.settings().businessLine());
                for (FormField field : pack.form().all()) {
                    options.add(new Option(
                            Target.PRODUCT.name() + ":" + field.key(),
                            field.label().in(t.locale())));
                }
            } else {
                options.add(new Option(target.name(), t.of(target)));
            }
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
