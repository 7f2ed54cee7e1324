package io.bihuan.portal.web;

import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileResponses;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A customer follows a complaint by its signed link, and sees the files that the customer sent. */
@Controller
class TrackingController {
    private final Followed followed;
    private final TrackingPages pages;
    private final ComplaintFiles files;
    private final FileResponses responses;
    private final SharedThread thread;

    TrackingController(
            Followed followed,
            TrackingPages pages,
            ComplaintFiles files,
            FileResponses responses,
            SharedThread thread) {
        this.followed = followed;
        this.pages = pages;
        this.files = files;
        this.responses = responses;
        this.thread = thread;
    }

    @GetMapping("/t/{token}")
    Page show(@PathVariable String token, Texts t) {
        return followed.open(token)
                .map(opened -> Page.of(
                        "portal/tracking",
                        pages.page(
                                opened,
                                TrackingPages.Typing.nothing(opened.dossier().complaint()),
                                t)))
                .orElseGet(Followed::brokenLink);
    }

    /** Where a form of the page was shown again with its errors: reloading it leads back to the page. */
    @GetMapping({"/t/{token}/information", "/t/{token}/confirmation"})
    Page back(@PathVariable String token) {
        return followed.open(token).map(opened -> Page.to(opened.path())).orElseGet(Followed::brokenLink);
    }

    @GetMapping("/t/{token}/files/{sha256}")
    ResponseEntity<InputStreamResource> file(@PathVariable String token, @PathVariable String sha256) {
        var opened = followed.open(token).orElseThrow(() -> new NotFound("no such complaint"));
        var shown = FileHash.parse(sha256)
                .filter(hash -> opened.ownFiles().stream()
                                .anyMatch(file -> file.sha256().equals(hash.hex()))
                        || (!opened.isJoined() && thread.holds(opened.own().id(), hash.hex())))
                .flatMap(hash -> files.find(opened.own().id(), hash)
                        .or(() -> files.find(opened.dossier().complaint().id(), hash)))
                .map(responses::show)
                .orElseThrow(() -> new NotFound("no such file of this customer"));
        return ResponseEntity.ok()
                .headers(shown.getHeaders())
                .cacheControl(CacheControl.noStore())
                .body(shown.getBody());
    }
}
