package io.bihuan.complaint.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class DeskComplaintController {
    private final Desk desk;

    DeskComplaintController(Desk desk) {
        this.desk = desk;
    }

    /**
     * @param before shows the events before this one
     * @param events {@code all} for as much of the history as a print needs
     * @param done the form that led here
     */
    @GetMapping("/desk/complaints/{number}")
    Page show(
            @PathVariable String number,
            @RequestParam(defaultValue = "2147483647") int before,
            @RequestParam(defaultValue = "") String events,
            @RequestParam(defaultValue = "") String done,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return desk.show(number, who, before, events.equals("all"), done, t);
    }
}
