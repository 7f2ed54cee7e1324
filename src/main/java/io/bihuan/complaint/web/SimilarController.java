package io.bihuan.complaint.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Complaints that may be about the same matter: a part of the complaint page, and a page by itself where there is no script. */
@Controller
class SimilarController {
    private final CasePages cases;
    private final Ties ties;

    SimilarController(CasePages cases, Ties ties) {
        this.cases = cases;
        this.ties = ties;
    }

    @GetMapping("/desk/complaints/{number}/similar")
    Page show(
            @PathVariable String number,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = cases.complaint(number, who);
        return Page.of(part == null ? "complaint/similarpage" : "complaint/similar", ties.similar(complaint, who, t));
    }
}
