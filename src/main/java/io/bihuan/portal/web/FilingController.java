package io.bihuan.portal.web;

import io.bihuan.capture.Outlet;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.Submission;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.portal.Filings;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.TooOften;
import io.bihuan.portal.Uploads;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** A customer files a complaint: the form, and taking it in. */
@Controller
class FilingController {
    private static final String OCCURRED_ON = "occurredOn";
    private static final String CONTENT = "content";

    private final BusinessLines lines;
    private final FilingForms forms;
    private final Filings filings;
    private final Intake intake;
    private final Uploads uploads;
    private final TrackingLinks links;
    private final InstantSource time;

    FilingController(
            BusinessLines lines,
            FilingForms forms,
            Filings filings,
            Intake intake,
            Uploads uploads,
            TrackingLinks links,
            InstantSource time) {
        this.lines = lines;
        this.forms = forms;
        this.filings = filings;
        this.intake = intake;
        this.uploads = uploads;
        this.links = links;
        this.time = time;
    }

    @GetMapping("/complain")
    Page create(
            @RequestParam(defaultValue = "") String line, @RequestParam(defaultValue = "") String category, Texts t) {
        return lines.chosen(line)
                .map(chosen -> Page.of(
                        "portal/filing",
                        forms.page(FilingForm.empty(chosen, category), Map.of(), FilesPart.EMPTY, FieldErrors.NONE, t)))
                .orElseGet(() -> Page.of("portal/lines", new LinesPage(lines.options(t))));
    }

    /**
     * How a form came, and what its sender sees next.
     *
     * @param isProven whether the form was shown here; another is shown again
     * @param outlet where its poster hangs; null for none
     */
    record Way(
            String template,
            Function<FormToken, FilingPage.Door> door,
            Predicate<FormToken> isProven,
            Function<ComplaintNumber, String> receipt,
            @Nullable Outlet outlet) {
        /** Not at an outlet. */
        Way(
                String template,
                Function<FormToken, FilingPage.Door> door,
                Predicate<FormToken> isProven,
                Function<ComplaintNumber, String> receipt) {
            this(template, door, isProven, receipt, null);
        }
    }

    private Way own() {
        return new Way(
                "portal/filing",
                token -> FilingPage.Door.OWN,
                token -> true,
                number -> ReceiptController.path(links, number));
    }

    @PostMapping("/complain")
    Page create(
            @ModelAttribute FilingForm sent,
            BindingResult binding,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<String> kept,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        Optional<String> line = lines.chosen(sent.line());
        if (line.isEmpty()) {
            return create("", "", t);
        }
        return file(own(), sent, line.get(), binding, files, kept, request, response, t);
    }

    Page file(
            Way way,
            FilingForm sent,
            String line,
            BindingResult binding,
            @Nullable List<MultipartFile> files,
            @Nullable List<String> kept,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        FormToken token = FormToken.read(sent.form()).orElseGet(FormToken::next);
        FilingForm form = sent.with(token, line);
        Map<String, String> product = product(lines.pack(line), request);
        String written = form.written() + product;
        Optional<Filings.Filed> earlier = filings.earlier(token, written);
        if (earlier.isPresent()) {
            return receipt(way, earlier.get());
        }
        String address = request.getRemoteAddr();
        var entry = new Entry(way, form, product, token, t);
        try {
            entry.look(FieldErrors.of(binding, t));
            if (!way.isProven().test(token)) {
                entry.wrong("", t.of("portal.filing.stale"));
            }
            entry.take(uploads.take(
                    token,
                    Objects.requireNonNullElse(kept, List.of()),
                    Objects.requireNonNullElse(files, List.of()),
                    address));
            if (entry.isWrong()) {
                intake.read(entry.submission());
                return entry.again(HttpStatus.UNPROCESSABLE_CONTENT);
            }
            return receipt(way, filings.file(token, written, entry.submission(), address));
        } catch (InvalidSubmission invalid) {
            entry.look(invalid);
            return entry.again(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (TooOften often) {
            response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
            entry.errors = entry.errors.with("", t.of(often) + t.of("portal.filing.kept"));
            return entry.again(HttpStatus.TOO_MANY_REQUESTS);
        }
    }

    /** The questions that are to be asked after the answers given so far. */
    @PostMapping("/complain/questions")
    Page questions(@ModelAttribute FilingForm sent, HttpServletRequest request, Texts t) {
        FilingForm form = onLine(sent);
        Map<String, String> product = product(lines.pack(form.line()), request);
        return Page.of("portal/questions", forms.page(form, product, FilesPart.EMPTY, FieldErrors.NONE, t));
    }

    /** What is to be said about one answer as soon as it is written. */
    @PostMapping("/complain/note")
    Page note(@ModelAttribute FilingForm sent, @RequestParam String question, HttpServletRequest request, Texts t) {
        FilingForm form = onLine(sent);
        Map<String, String> product = product(lines.pack(form.line()), request);
        return Page.of("intake/note", forms.asked(form, product, t).note(question));
    }

    /** What the text may be about. */
    @PostMapping("/complain/suggestions")
    Page suggestions(@ModelAttribute FilingForm sent, Texts t) {
        return Page.of("portal/suggestions", forms.page(onLine(sent), Map.of(), FilesPart.EMPTY, FieldErrors.NONE, t));
    }

    private FilingForm onLine(FilingForm sent) {
        String line = lines.chosen(sent.line()).orElseThrow(() -> new NotFound("business line"));
        return sent.with(FormToken.read(sent.form()).orElseGet(FormToken::next), line);
    }

    private static Page receipt(Way way, Filings.Filed filed) {
        String path = way.receipt().apply(filed.number());
        return filed.isChanged()
                ? Page.to(
                        path,
                        Notice.of(
                                Notice.Tone.WARNING,
                                "portal.filing.sent-before",
                                filed.number().readable()))
                : Page.to(path);
    }

    /** The answers to the questions of the pack; whatever else is sent under such a name is nobody's. */
    static Map<String, String> product(Pack pack, HttpServletRequest request) {
        var product = new LinkedHashMap<String, String>();
        for (FormField field : pack.form().all()) {
            String value = Typed.line(request.getParameter(FilingForms.PRODUCT + field.key()));
            if (!value.isEmpty()) {
                product.put(field.key(), value);
            }
        }
        return product;
    }

    /** One form on its way in, with everything that turns out to be wrong with it. */
    private final class Entry {
        private final Way way;
        private final FilingForm form;
        private final Map<String, String> product;
        private final FormToken token;
        private final Texts t;
        private FieldErrors errors = FieldErrors.NONE;
        private final List<String> refusals = new ArrayList<>();
        private List<Attachment> attachments = List.of();
        private @Nullable Instant occurredAt;

        Entry(Way way, FilingForm form, Map<String, String> product, FormToken token, Texts t) {
            this.way = way;
            this.form = form;
            this.product = product;
            this.token = token;
            this.t = t;
        }

        void look(FieldErrors binding) {
            errors = binding;
            int length = Typed.length(form.content());
            if (length > 0 && length < FilingForm.SHORTEST_CONTENT) {
                wrong(CONTENT, t.of("web.field.short", FilingForm.SHORTEST_CONTENT));
            }
            if (length > FilingForm.LONGEST_CONTENT) {
                wrong(CONTENT, t.of("portal.filing.content.long", FilingForm.LONGEST_CONTENT, length));
            }
            if (!form.occurredOn().isEmpty()) {
                readOccurredOn();
            }
        }

        private void readOccurredOn() {
            try {
                LocalDate day = LocalDate.parse(form.occurredOn());
                if (day.isAfter(today())) {
                    wrong(OCCURRED_ON, t.of("intake.field.future"));
                } else if (day.getYear() < 1900) {
                    wrong(OCCURRED_ON, t.of("intake.field.too-early"));
                } else {
                    occurredAt = day.atStartOfDay(t.zone()).toInstant();
                }
            } catch (DateTimeException e) {
                wrong(OCCURRED_ON, t.of("pack.field.notADate"));
            }
        }

        private LocalDate today() {
            return LocalDate.ofInstant(time.instant(), t.zone());
        }

        void take(Uploads.Taken taken) {
            attachments = taken.attachments();
            taken.refusals().forEach(refused -> refusals.add(t.of(refused)));
        }

        void look(InvalidSubmission invalid) {
            for (InvalidSubmission.Problem problem : invalid.problems()) {
                wrong(
                        FilingForms.field(problem.pointer()),
                        t.of(problem.messageKey(), problem.arguments().toArray()));
            }
        }

        private void wrong(String field, String text) {
            errors = errors.with(field, text);
        }

        boolean isWrong() {
            return errors.any() || !refusals.isEmpty();
        }

        Submission submission() {
            Outlet outlet = way.outlet();
            return Submission.through(
                            Submission.Door.PORTAL, form.line(), outlet == null ? Channel.WEB : outlet.channel())
                    .kind(form.chosenKind())
                    .category(form.category())
                    .title(form.title())
                    .content(
                            outlet == null || form.content().isBlank()
                                    ? form.content()
                                    : form.content() + "\n\n" + t.of("portal.outlet.fact", outlet.name()))
                    .customer(form.name(), form.phone(), form.email())
                    .product(product)
                    .remedySought(form.remedy())
                    .occurredAt(occurredAt)
                    .attachments(attachments)
                    .build();
        }

        Page again(HttpStatus status) {
            var page = forms.page(form, product, FilesPart.of(uploads, token, attachments, refusals), errors, t);
            return Page.of(way.template(), page.through(way.door().apply(token)))
                    .status(status);
        }
    }
}
