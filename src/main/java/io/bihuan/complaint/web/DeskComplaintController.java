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
     * @param letter the letter to show, filled
     * @param in its language, {@code zh} or {@code en}
     * @param use the form into which it goes
     */
    @GetMapping("/desk/complaints/{number}")
    Page show(
            @PathVariable String number,
            @RequestParam(defaultValue = "2147483647") int before,
            @RequestParam(defaultValue = "") String events,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String letter,
            @RequestParam(defaultValue = "") String in,
            @RequestParam(defaultValue = "") String use,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return desk.show(number, who, before, events.equals("all"), done, new LetterWish(letter, in, use), t);
    }
}
