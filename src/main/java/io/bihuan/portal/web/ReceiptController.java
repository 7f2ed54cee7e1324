package io.bihuan.portal.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.pack.Packs;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.QrCode;
import io.bihuan.web.Texts;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The receipt of a filed complaint: its number, what is promised and how to follow it. */
@Controller
class ReceiptController {
    private static final String PATH = "/complain/receipts/";
    private static final int NO_EVENTS = 1;

    private final Complaints complaints;
    private final TrackingLinks links;
    private final Promises promises;
    private final Packs packs;

    ReceiptController(Complaints complaints, TrackingLinks links, Promises promises, Packs packs) {
        this.complaints = complaints;
        this.links = links;
        this.promises = promises;
        this.packs = packs;
    }

    /** The address of the receipt of a complaint. */
    static String path(TrackingLinks links, ComplaintNumber number) {
        return PATH + Followed.token(links, number);
    }

    @GetMapping(PATH + "{token}")
    Page show(@PathVariable String token, Texts t) {
        return show("portal/receipt", token, t);
    }

    Page show(String template, String token, Texts t) {
        return links.verify(token)
                .flatMap(number -> complaints.dossier(number, Integer.MAX_VALUE, NO_EVENTS))
                .map(dossier -> Page.of(template, receipt(dossier, token, t)))
                .orElseGet(Followed::brokenLink);
    }

    @GetMapping(PATH + "{token}/code.svg")
    ResponseEntity<byte[]> code(@PathVariable String token) {
        Optional<ComplaintNumber> number = links.verify(token);
        if (number.isEmpty()) {
            throw new NotFound("no such receipt");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("image/svg+xml"))
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(QrCode.svg(links.url(number.get())));
    }

    private ReceiptPage receipt(Dossier dossier, String token, Texts t) {
        Complaint complaint = dossier.complaint();
        var pack = packs.get(complaint.pack(), complaint.packVersion());
        return new ReceiptPage(
                complaint.businessLine(),
                complaint.kind(),
                complaint.number().readable(),
                token,
                links.url(complaint.number()),
                Masks.phone(Personal.valueOf(complaint.customer().phone())),
                complaint.registeredAt(),
                promises.of(complaint, dossier.clocks(), Set.of(), dossier.events(), t).stream()
                        .filter(Promises.Kept::isOpen)
                        .map(promise -> new ReceiptPage.Promised(promise.until(), promise.label()))
                        .toList(),
                promises.later(complaint, dossier.clocks(), t),
                pack.texts().hotline().number(),
                pack.texts().hotline().hours().in(t.locale()));
    }
}
