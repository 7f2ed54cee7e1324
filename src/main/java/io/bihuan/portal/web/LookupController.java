package io.bihuan.portal.web;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.portal.Lookups;
import io.bihuan.portal.TooOften;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** A customer opens a complaint by its number and the end of the phone number; from there on the signed link does. */
@Controller
class LookupController {
    private final Lookups lookups;
    private final TrackingLinks links;

    LookupController(Lookups lookups, TrackingLinks links) {
        this.lookups = lookups;
        this.links = links;
    }

    @GetMapping("/track")
    Page show() {
        return Page.of("portal/lookup", new LookupPage("", null));
    }

    @PostMapping("/track")
    Page create(
            @ModelAttribute LookupForm form,
            BindingResult binding,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        try {
            Optional<ComplaintNumber> found = lookups.find(form.number(), form.digits(), request.getRemoteAddr());
            return found.map(number -> Page.to(links.path(number)))
                    .orElseGet(() -> Page.invalid(
                            "portal/lookup", new LookupPage(form.number(), t.of("portal.lookup.wrong"))));
        } catch (TooOften often) {
            response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
            return Page.of("portal/lookup", new LookupPage(form.number(), t.of("portal.lookup.wait", t.duration(often.remaining().plusSeconds(1)))))
                    .status(HttpStatus.TOO_MANY_REQUESTS);
        }
    }
}
