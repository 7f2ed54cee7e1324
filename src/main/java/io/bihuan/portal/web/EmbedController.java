package io.bihuan.portal.web;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.FrameSeals;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The complaint form in a frame of the company's own site: the same form, without cookies. */
@Controller
@RequestMapping("/embed/{line}")
class EmbedController {
    private final BusinessLines lines;
    private final FilingForms forms;
    private final FilingController filing;
    private final ReceiptController receipts;
    private final FrameSeals seals;
    private final TrackingLinks links;

    EmbedController(
            BusinessLines lines,
            FilingForms forms,
            FilingController filing,
            ReceiptController receipts,
            FrameSeals seals,
            TrackingLinks links) {
        this.lines = lines;
        this.forms = forms;
        this.filing = filing;
        this.receipts = receipts;
        this.seals = seals;
        this.links = links;
    }

    @GetMapping
    Page create(@PathVariable String line, @RequestParam(defaultValue = "") String category, Texts t) {
        FilingForm form = FilingForm.empty(open(line), category);
        FormToken token = FormToken.read(form.form()).orElseThrow();
        return Page.of(
                "portal/embed",
                forms.page(form, Map.of(), FilesPart.EMPTY, FieldErrors.NONE, t).through(door(token, line, t)));
    }

    @PostMapping
    Page create(
            @PathVariable String line,
            @ModelAttribute FilingForm sent,
            BindingResult binding,
            @RequestParam(defaultValue = "") String seal,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<String> kept,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        var way = new FilingController.Way(
                "portal/embed",
                token -> door(token, line, t),
                token -> seals.isGood(seal, token, line),
                number -> receipt(line, number, t));
        return filing.file(way, sent, open(line), binding, files, kept, request, response, t);
    }

    /** The questions that are to be asked after the answers given so far. */
    @PostMapping("/questions")
    Page questions(@PathVariable String line, @ModelAttribute FilingForm sent, HttpServletRequest request, Texts t) {
        FilingForm form = onLine(sent, line);
        Map<String, String> product = FilingController.product(lines.pack(line), request);
        return Page.of(
                "portal/questions",
                forms.page(form, product, FilesPart.EMPTY, FieldErrors.NONE, t)
                        .through(new FilingPage.Door(path(line), query(t), null)));
    }

    /** What is to be said about one answer as soon as it is written. */
    @PostMapping("/note")
    Page note(
            @PathVariable String line,
            @ModelAttribute FilingForm sent,
            @RequestParam String question,
            HttpServletRequest request,
            Texts t) {
        FilingForm form = onLine(sent, line);
        Map<String, String> product = FilingController.product(lines.pack(line), request);
        return Page.of("intake/note", forms.asked(form, product, t).note(question));
    }

    /** What the text may be about. */
    @PostMapping("/suggestions")
    Page suggestions(@PathVariable String line, @ModelAttribute FilingForm sent, Texts t) {
        return Page.of(
                "portal/suggestions", forms.page(onLine(sent, line), Map.of(), FilesPart.EMPTY, FieldErrors.NONE, t));
    }

    @GetMapping("/receipts/{token}")
    Page receipt(@PathVariable String line, @PathVariable String token, Texts t) {
        open(line);
        return receipts.show("portal/embedreceipt", token, t);
    }

    private FilingForm onLine(FilingForm sent, String line) {
        return sent.with(FormToken.read(sent.form()).orElseGet(FormToken::next), open(line));
    }

    private String open(String line) {
        return lines.chosen(line).filter(line::equals).orElseThrow(() -> new NotFound("business line"));
    }

    private FilingPage.Door door(FormToken token, String line, Texts t) {
        return new FilingPage.Door(path(line), query(t), seals.seal(token, line));
    }

    private String receipt(String line, ComplaintNumber number, Texts t) {
        return path(line) + "/receipts/" + Followed.token(links, number) + query(t);
    }

    private static String path(String line) {
        return "/embed/" + line;
    }

    private static String query(Texts t) {
        return "?lang=" + t.language();
    }
}
