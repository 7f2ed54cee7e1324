package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.pack.Packs;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a complaint is to be handled, through the API. */
@RestController
@RequestMapping(path = "/api/v1/complaints/{number}/standard", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Complaints")
class ComplaintStandardApi {
    private final ComplaintViews views;
    private final Packs packs;

    ComplaintStandardApi(ComplaintViews views, Packs packs) {
        this.views = views;
        this.packs = packs;
    }

    @GetMapping
    @Operation(
            summary = "Read how a complaint is to be handled",
            description =
                    "What is due to the customer, what to find out and what may be offered in its category, by the version of the pack"
                            + " under which it came in; in the language of `Accept-Language`.")
    GuidanceView show(@AuthenticationPrincipal TokenPrincipal token, @PathVariable String number, Texts t) {
        Complaint complaint = views.complaint(token, number);
        return GuidanceView.of(complaint, packs.get(complaint.pack(), complaint.packVersion()), t);
    }
}
