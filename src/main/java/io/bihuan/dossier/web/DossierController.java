package io.bihuan.dossier.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Reveals;
import io.bihuan.dossier.DossierZip;
import io.bihuan.dossier.Dossiers;
import io.bihuan.dossier.Qualities;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The file of a complaint: what it has, and the whole of it as a ZIP. */
@Controller
class DossierController {
    /** What is revealed with the whole file. */
    private static final String FIELDS = "dossier";

    private final CasePages pages;
    private final Dossiers dossiers;
    private final DossierZip zip;
    private final Reveals reveals;
    private final Qualities qualities;

    DossierController(CasePages pages, Dossiers dossiers, DossierZip zip, Reveals reveals, Qualities qualities) {
        this.pages = pages;
        this.dossiers = dossiers;
        this.zip = zip;
        this.reveals = reveals;
        this.qualities = qualities;
    }

    @GetMapping("/desk/complaints/{number}/dossier")
    Page show(@PathVariable String number, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of("dossier/dossier", page(pages.complaint(number, who), who, "", FieldErrors.NONE, t));
    }

    @GetMapping("/desk/complaints/{number}/dossier.zip")
    void download(
            @PathVariable String number, @AuthenticationPrincipal SignedIn who, HttpServletResponse response, Texts t)
            throws IOException {
        send(pages.complaint(number, who), false, response, t);
    }

    /** With the customer's data: for a reason, which is recorded before. */
    @PostMapping("/desk/complaints/{number}/dossier/exports")
    @Nullable
    Page create(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            HttpServletResponse response,
            Texts t)
            throws IOException {
        Complaint complaint = pages.complaint(number, who);
        String given = reason.strip();
        if (given.isEmpty() || given.codePointCount(0, given.length()) > Reveals.LONGEST_REASON) {
            String problem =
                    given.isEmpty() ? t.of("web.field.missing") : t.of("web.field.long", Reveals.LONGEST_REASON);
            return Page.invalid(
                    "dossier/dossier", page(complaint, who, reason, FieldErrors.NONE.with("reason", problem), t));
        }
        reveals.record(complaint, who.id(), FIELDS, given);
        send(complaint, true, response, t);
        // The answer is on its way already.
        return null;
    }

    private DossierPage page(Complaint complaint, SignedIn who, String reason, FieldErrors errors, Texts t) {
        var content = dossiers.of(complaint, false, t);
        return new DossierPage(
                pages.head(complaint, DossierParts.PATH, who, t),
                Dossiers.completeness(complaint),
                content,
                qualities.of(complaint.id()),
                DossierRoutes.mayReveal(who),
                reason,
                errors);
    }

    private void send(Complaint complaint, boolean isRevealed, HttpServletResponse response, Texts t)
            throws IOException {
        var content = dossiers.of(complaint, isRevealed, t);
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(complaint.number().digits() + ".zip", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        zip.write(content, t, response.getOutputStream());
    }
}
