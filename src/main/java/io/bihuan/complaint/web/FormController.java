package io.bihuan.complaint.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Forms of the complaint's page that are read when they are opened; without script, pages of their own. */
@Controller
class FormController {
    private final Desk desk;

    FormController(Desk desk) {
        this.desk = desk;
    }

    @GetMapping("/desk/complaints/{number}/forms/{deed}")
    Page show(
            @PathVariable String number,
            @PathVariable String deed,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of(part == null ? "complaint/formpage" : "complaint/form", desk.form(number, who, deed, t));
    }
}
