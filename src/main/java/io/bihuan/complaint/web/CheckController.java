package io.bihuan.complaint.web;

import io.bihuan.complaint.DailyCheck;
import io.bihuan.web.Page;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What the nightly checks found. */
@Controller
class CheckController {
    private final ObjectProvider<DailyCheck> check;

    CheckController(ObjectProvider<DailyCheck> check) {
        this.check = check;
    }

    @GetMapping("/desk/checks")
    Page show() {
        return Page.of("complaint/checks", new CheckPage(check.getObject().runs()));
    }
}
