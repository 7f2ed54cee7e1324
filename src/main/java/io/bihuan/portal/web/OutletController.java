package io.bihuan.portal.web;

import io.bihuan.capture.Outlet;
import io.bihuan.capture.Outlets;
import io.bihuan.complaint.TrackingLinks;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The form of an outlet: on the customer's own phone, by the code of the poster, and on a screen on site, which keeps nothing of whoever
 * used it before.
 */
@Controller
class OutletController {
    /** Seconds until the screen on site forgets a receipt. */
    private static final int FORGETS_AFTER = 60;

    private final Outlets outlets;
    private final BusinessLines lines;
    private final FilingForms forms;
    private final FilingController filing;
    private final ReceiptController receipts;
    private final TrackingLinks links;

    OutletController(
            Outlets outlets,
            BusinessLines lines,
            FilingForms forms,
            FilingController filing,
            ReceiptController receipts,
            TrackingLinks links) {
        this.outlets = outlets;
        this.lines = lines;
        this.forms = forms;
        this.filing = filing;
        this.receipts = receipts;
        this.links = links;
    }

    @GetMapping("/at/{code}")
    Page poster(@PathVariable String code, Texts t) {
        return form("/at/", outlet(code), t);
    }

    @PostMapping("/at/{code}")
    Page poster(
            @PathVariable String code,
            @ModelAttribute FilingForm sent,
            BindingResult binding,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<String> kept,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        Outlet outlet = outlet(code);
        var way = new FilingController.Way(
                "portal/outlet",
                token -> door("/at/", outlet),
                token -> true,
                number -> ReceiptController.path(links, number),
                outlet);
        return filing.file(way, sent, line(outlet), binding, files, kept, request, response, t);
    }

    @GetMapping({"/kiosk/{code}", "/kiosk/{code}/"})
    Page kiosk(@PathVariable String code, Texts t) {
        return form("/kiosk/", outlet(code), t);
    }

    @PostMapping("/kiosk/{code}")
    Page kiosk(
            @PathVariable String code,
            @ModelAttribute FilingForm sent,
            BindingResult binding,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<String> kept,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        Outlet outlet = outlet(code);
        var way = new FilingController.Way(
                "portal/outlet",
                token -> door("/kiosk/", outlet),
                token -> true,
                number -> "/kiosk/" + code + "/receipts/" + Followed.token(links, number),
                outlet);
        return filing.file(way, sent, line(outlet), binding, files, kept, request, response, t);
    }

    /** The number, and a code by which the customer takes it along; after a minute the form for the next one. */
    @GetMapping("/kiosk/{code}/receipts/{token}")
    Page receipt(@PathVariable String code, @PathVariable String token, HttpServletResponse response, Texts t) {
        Outlet outlet = outlet(code);
        response.setHeader("Refresh", FORGETS_AFTER + ";url=/kiosk/" + outlet.code());
        return receipts.show("portal/kioskreceipt", token, t);
    }

    private Page form(String path, Outlet outlet, Texts t) {
        FilingForm form = FilingForm.empty(line(outlet), "");
        return Page.of(
                "portal/outlet",
                forms.page(form, Map.of(), FilesPart.EMPTY, FieldErrors.NONE, t).through(door(path, outlet)));
    }

    private Outlet outlet(String code) {
        return outlets.find(code).filter(Outlet::active).orElseThrow(() -> new NotFound("outlet"));
    }

    private String line(Outlet outlet) {
        return lines.chosen(outlet.businessLine()).orElseThrow(() -> new NotFound("business line"));
    }

    private static FilingPage.Door door(String path, Outlet outlet) {
        return new FilingPage.Door(path + outlet.code(), "", null);
    }
}
