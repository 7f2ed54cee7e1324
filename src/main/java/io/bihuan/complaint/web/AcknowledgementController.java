package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Somebody knows of an escalation and takes care of it. */
@Controller
class AcknowledgementController {
    private final Desk desk;

    AcknowledgementController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/clocks/{clock}/acknowledgement")
    Page create(
            @PathVariable String number, @PathVariable String clock, @AuthenticationPrincipal SignedIn who, Texts t) {
        return desk.add(
                number,
                who,
                new Typed("acknowledgement", Map.of(), FieldErrors.NONE),
                t,
                List.of(),
                () -> new Command.AcknowledgeEscalation(clock));
    }
}
